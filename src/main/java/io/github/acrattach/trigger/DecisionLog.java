package io.github.acrattach.trigger;

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
import org.jboss.logging.Logger;

/** One log line for each decision, with what it was about and how long it took. */
@Singleton
public record DecisionLog(Settings settings) {

    private static final Logger LOG = Logger.getLogger("io.github.acrattach.decision");

    /** How the lines are written. */
    @ConfigMapping(prefix = "acr-attach")
    interface Settings {

        /** For machines or for people. */
        enum Form {
            JSON,
            TEXT
        }

        /** JSON, unless people read the console. */
        @WithName("decisions")
        @WithDefault("json")
        Form decisions();
    }

    /** Writes the line. */
    public void write(Outcome outcome, Occasion occasion) {
        Logger.Level level = hasTrouble(outcome) ? Logger.Level.WARN : Logger.Level.INFO;
        LOG.log(
                level,
                settings.decisions() == Settings.Form.JSON ? json(outcome, occasion, level) : text(outcome, occasion));
    }

    /** Writes a line for each of several outcomes. */
    public void write(List<Outcome> outcomes, Occasion occasion) {
        outcomes.forEach(outcome -> write(outcome, occasion));
    }

    private static boolean hasTrouble(Outcome outcome) {
        return outcome.trouble().isPresent()
                || outcome.namespaces().stream().anyMatch(each -> each.problem().isPresent());
    }

    private static String json(Outcome outcome, Occasion occasion, Logger.Level level) {
        ObjectNode json = Telling.json(outcome);
        json.put("time", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString())
                .put("level", level.name())
                .put("message", Telling.line(outcome))
                .put("durationMs", occasion.millis());
        occasion.ids().forEach(json::put);
        return OutsideText.inJson(json.toString());
    }

    private static String text(Outcome outcome, Occasion occasion) {
        return Telling.line(outcome) + " [" + occasion.millis() + " ms, " + occasion.ids() + "]";
    }
}
