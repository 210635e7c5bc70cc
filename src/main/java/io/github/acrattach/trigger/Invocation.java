package io.github.acrattach.trigger;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One call of a function, as its host knows it.
 *
 * @param id the host's id of it, a GUID; empty where there is no host
 * @param operationId the id by which Application Insights joins what belongs to one request: the trace id of the header
 *     {@code traceparent} (W3C Trace Context), which the host sends with each call; empty without one
 * @param log where its lines go
 */
public record Invocation(String id, String operationId, Log log) {

    private static final Pattern TRACE_PARENT =
            Pattern.compile("[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}.*");

    /** Keeps lines with their severity. */
    public interface Log {
        void write(Severity severity, String line);
    }

    /** A call whose lines go to that log. */
    public static Invocation of(String id, String traceParent, Log log) {
        Matcher trace = TRACE_PARENT.matcher(traceParent);
        return new Invocation(id, trace.matches() ? trace.group(1) : "", log);
    }
}
