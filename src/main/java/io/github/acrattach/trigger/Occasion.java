package io.github.acrattach.trigger;

import io.github.acrattach.domain.OutsideText;
import java.util.LinkedHashMap;
import java.util.Map;

/** What led to a decision, and since when it is worked on. */
public final class Occasion {

    private final long start = System.nanoTime();
    private final Map<String, String> ids = new LinkedHashMap<>();
    private final Invocation invocation;

    private Occasion(Invocation invocation) {
        this.invocation = invocation;
        id("invocationId", invocation.id());
        id("operationId", invocation.operationId());
    }

    /** An event; ids that are not known are empty. */
    public static Occasion event(Invocation invocation, String eventId, String correlationId) {
        return new Occasion(invocation).id("eventId", eventId).id("correlationId", correlationId);
    }

    /** A timer. */
    public static Occasion timer(Invocation invocation) {
        return new Occasion(invocation).id("timer", "RotatePullSecrets");
    }

    /** A call by a person. */
    public static Occasion call(Invocation invocation, String call) {
        return new Occasion(invocation).id("call", call);
    }

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

    /** What it is called: of a person's call, the path. */
    String name() {
        return ids.getOrDefault("call", ids.getOrDefault("timer", "event"));
    }

    /** Where its lines go. */
    Invocation.Log log() {
        return invocation.log();
    }

    /** Milliseconds since it began. */
    long millis() {
        return (System.nanoTime() - start) / 1_000_000;
    }
}
