package io.github.acrattach.trigger;

import io.github.acrattach.concurrent.WorkIds;
import io.github.acrattach.domain.OutsideText;
import io.github.acrattach.domain.Pairing;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** What led to a decision, and since when it is worked on. */
public final class Occasion {

    private final long start = System.nanoTime();
    private final Map<String, String> ids = new LinkedHashMap<>();
    private final Map<String, String> pair = new LinkedHashMap<>();
    private final Invocation invocation;
    private final String name;

    private Occasion(Invocation invocation, String name) {
        this.invocation = invocation;
        this.name = name;
        id("invocationId", invocation.id());
        id("operationId", invocation.operationId());
    }

    /** An event; ids that are not known are empty. */
    public static Occasion event(Invocation invocation, String eventId, String correlationId) {
        return new Occasion(invocation, "an event").id("eventId", eventId).id("correlationId", correlationId);
    }

    /** A timer. */
    public static Occasion timer(Invocation invocation) {
        return new Occasion(invocation, "RotatePullSecrets").id("timer", "RotatePullSecrets");
    }

    /** A call by a person. */
    public static Occasion call(Invocation invocation, String call) {
        return new Occasion(invocation, call).id("call", call);
    }

    /** A call by a person about one pair. */
    public static Occasion call(Invocation invocation, String call, Pairing pairing) {
        String names = pairing.cluster().name() + " and " + pairing.registry().name();
        Occasion occasion = new Occasion(invocation, call + " for " + names).id("call", call);
        occasion.pair.put("cluster", pairing.cluster().toString());
        occasion.pair.put("registry", pairing.registry().toString());
        return occasion;
    }

    private Occasion id(String id, String value) {
        if (!value.isEmpty()) {
            ids.put(id, OutsideText.word(value));
        }
        return this;
    }

    /** Does the work; what else is logged of it meanwhile carries the ids. */
    public <T> T during(Supplier<T> work) {
        return WorkIds.during(allIds(), work);
    }

    /** The ids by which it can be found in the logs of others. */
    Map<String, String> ids() {
        return ids;
    }

    /** The same with the two sides of the pair that a person named. */
    Map<String, String> allIds() {
        Map<String, String> all = new LinkedHashMap<>(ids);
        all.putAll(pair);
        return all;
    }

    /** What it is, and for which pair. */
    String name() {
        return name;
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
