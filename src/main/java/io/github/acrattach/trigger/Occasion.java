package io.github.acrattach.trigger;

import io.github.acrattach.domain.OutsideText;
import java.util.LinkedHashMap;
import java.util.Map;

/** What led to a decision, and since when it is worked on. */
public final class Occasion {

    private final long start = System.nanoTime();
    private final Map<String, String> ids = new LinkedHashMap<>();

    private Occasion() {}

    /** An event; ids that are not known are empty. */
    public static Occasion event(String invocationId, String eventId, String correlationId) {
        return new Occasion()
                .id("invocationId", invocationId)
                .id("eventId", eventId)
                .id("correlationId", correlationId);
    }

    /** A timer. */
    public static Occasion timer(String invocationId) {
        return new Occasion().id("invocationId", invocationId).id("timer", "RotatePullSecrets");
    }

    /** A call by a person. */
    public static Occasion call(String invocationId, String call) {
        return new Occasion().id("invocationId", invocationId).id("call", call);
    }

    /** Whoever calls through the Functions host can send an invocation id, which the host puts its own behind. */
    private Occasion id(String name, String value) {
        if (!value.isEmpty()) {
            ids.put(name, OutsideText.word(value));
        }
        return this;
    }

    /** The ids by which it can be found in the logs of others. */
    Map<String, String> ids() {
        return ids;
    }

    /** Milliseconds since it began. */
    long millis() {
        return (System.nanoTime() - start) / 1_000_000;
    }
}
