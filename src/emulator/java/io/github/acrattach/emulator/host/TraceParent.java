package io.github.acrattach.emulator.host;

import java.util.concurrent.ThreadLocalRandom;

/** The header of www.w3.org/TR/trace-context, whose trace id is the operation id of Application Insights. */
record TraceParent(String traceId, String parentId) {
    static final String HEADER = "traceparent";

    static TraceParent random() {
        return new TraceParent(hex() + hex(), hex());
    }

    String text() {
        return "00-" + traceId + "-" + parentId + "-01";
    }

    /** All zeros are no id. */
    private static String hex() {
        return String.format("%016x", ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE));
    }
}
