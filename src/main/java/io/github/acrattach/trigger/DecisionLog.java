package io.github.acrattach.trigger;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.domain.Outcome;
import io.github.acrattach.domain.OutsideText;
import io.github.acrattach.log.LogLine;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** One log line for each decision, with what it was about and how long it took. */
@Singleton
public record DecisionLog(Settings settings) {

    /** How the lines are written. */
    @ConfigMapping(prefix = "acr-attach")
    interface Settings {

        /** For machines or for people. */
        enum Form {
            JSON,
            TEXT
        }

        /** JSON, unless people read the console. */
        @WithName("log-format")
        @WithDefault("json")
        Form logFormat();
    }

    /** That work begins which a person or a timer asked for: whoever kills it leaves this line, and no other. */
    public void began(Occasion occasion) {
        note(JsonNodeFactory.instance.objectNode().put("phase", "began"), "Began: " + occasion.name() + ".", occasion);
    }

    /** That work on many pairs is done: there may have been nothing to decide. */
    public void ended(List<Outcome> outcomes, Occasion occasion) {
        long postponed = outcomes.stream()
                .filter(outcome -> outcome.postponed().isPresent())
                .count();
        note(
                JsonNodeFactory.instance
                        .objectNode()
                        .put("phase", "ended")
                        .put("outcomes", outcomes.size())
                        .put("postponed", postponed)
                        .put("durationMs", occasion.millis()),
                "Ended: " + occasion.name() + ", outcomes: " + outcomes.size() + ", of which postponed: " + postponed
                        + ".",
                occasion);
    }

    private void note(ObjectNode json, String message, Occasion occasion) {
        occasion.log()
                .write(
                        Severity.INFORMATION,
                        isJson()
                                ? json(json, Severity.INFORMATION, message, occasion)
                                : message + " [" + occasion.ids() + "]");
    }

    /** Writes the line. */
    public void write(Outcome outcome, Occasion occasion) {
        Severity severity = Severity.of(outcome);
        occasion.log().write(severity, isJson() ? json(outcome, severity, occasion) : text(outcome, occasion));
    }

    /** Writes a line for each of several outcomes. */
    public void write(List<Outcome> outcomes, Occasion occasion) {
        outcomes.forEach(outcome -> write(outcome, occasion));
    }

    private boolean isJson() {
        return settings.logFormat() == Settings.Form.JSON;
    }

    private static String json(Outcome outcome, Severity severity, Occasion occasion) {
        ObjectNode json = Telling.json(outcome).put("durationMs", occasion.millis());
        return json(json, severity, Telling.line(outcome), occasion);
    }

    private static String json(ObjectNode json, Severity severity, String message, Occasion occasion) {
        json.put("time", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString())
                .put("level", severity.level())
                .put("message", message);
        occasion.allIds().forEach(json::put);
        return OutsideText.inJson(ShortJson.text(json, LogLine.LONGEST));
    }

    private static String text(Outcome outcome, Occasion occasion) {
        return Telling.line(outcome) + " [" + occasion.millis() + " ms, " + occasion.ids() + "]";
    }
}
