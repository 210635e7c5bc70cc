package io.github.acrattach.trigger;

import io.github.acrattach.domain.Outcome;
import org.jboss.logging.Logger;

/** One log line for each decision, with what it was about and how long it took. */
public final class DecisionLog {

    private static final Logger LOG = Logger.getLogger("io.github.acrattach");

    private DecisionLog() {}

    /**
     * Writes the line.
     *
     * @param occasion what led to the decision, such as {@code event 5f3a...}
     * @param millis how long it took
     */
    public static void write(Outcome outcome, String occasion, long millis) {
        String line = Telling.line(outcome) + " [" + millis + " ms, " + occasion + "]";
        if (outcome instanceof Outcome.Refused || outcome instanceof Outcome.Postponed) {
            LOG.warn(line);
        } else {
            LOG.info(line);
        }
    }
}
