package io.github.acrattach.trigger;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.domain.Outcome;
import io.github.acrattach.domain.OutsideText;
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

    /** Application Insights cuts a line off after 32,768 characters. */
    private static final int LONGEST = 30_000;

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
        String message = "Began: " + occasion.name() + ".";
        occasion.log()
                .write(
                        Severity.INFORMATION,
                        isJson()
                                ? json(JsonNodeFactory.instance.objectNode(), Severity.INFORMATION, message, occasion)
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
        String line = json(json, severity, Telling.line(outcome), occasion);
        return line.length() <= LONGEST
                ? line
                : OutsideText.inJson(ShortJson.of(json).toString());
    }

    private static String json(ObjectNode json, Severity severity, String message, Occasion occasion) {
        json.put("time", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString())
                .put("level", severity.level())
                .put("message", message);
        occasion.ids().forEach(json::put);
        return OutsideText.inJson(json.toString());
    }

    private static String text(Outcome outcome, Occasion occasion) {
        return Telling.line(outcome) + " [" + occasion.millis() + " ms, " + occasion.ids() + "]";
    }
}
