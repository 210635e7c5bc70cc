package io.github.acrattach.trigger;

import io.github.acrattach.log.LogLine;
import io.vertx.ext.web.RoutingContext;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/** What a call over HTTP carries, whichever route takes it. */
public final class HttpCall {

    private static final Logger LOG = Logger.getLogger(HttpCall.class);
    private static final Logger DECISIONS = Logger.getLogger(LogLine.DECISIONS);

    private static final Pattern INVOCATION_ID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private HttpCall() {}

    /** The invocation that the Functions host makes of it; its lines go to the console, where the host reads them. */
    public static Invocation invocation(RoutingContext call) {
        return Invocation.of(invocationId(call), header(call, "traceparent"), HttpCall::writeToConsole);
    }

    /** The last one: what a caller sends, the host puts its own behind. */
    private static String invocationId(RoutingContext call) {
        String ids = header(call, "X-Azure-Functions-InvocationId");
        String last = ids.substring(ids.lastIndexOf(',') + 1).strip();
        return INVOCATION_ID.matcher(last).matches() ? last : "";
    }

    private static String header(RoutingContext call, String name) {
        return Objects.requireNonNullElse(call.request().getHeader(name), "");
    }

    private static void writeToConsole(Severity severity, String line) {
        DECISIONS.log(
                switch (severity) {
                    case INFORMATION -> Logger.Level.INFO;
                    case WARNING -> Logger.Level.WARN;
                    case ERROR -> Logger.Level.ERROR;
                },
                line);
    }

    /** The answer to a call that failed for no reason outside this program; the log gets the stack trace. */
    public static HttpAnswer defect(RoutingContext call, Throwable thrown) {
        Invocation invocation = invocation(call);
        LOG.errorf(
                thrown,
                "A defect of this program at %s, invocation %s, operation %s.",
                call.normalizedPath(),
                invocation.id(),
                invocation.operationId());
        return HttpAnswer.problem(500, "Defect", "A defect of this program; its log has the stack trace.");
    }

    /** The type of the body; empty when the caller did not tell, and no type when it told several. */
    public static String contentType(RoutingContext call) {
        return String.join(", ", call.request().headers().getAll("Content-Type"));
    }

    /** What the caller wants to read; empty when it did not tell. */
    public static String accept(RoutingContext call) {
        return String.join(", ", call.request().headers().getAll("Accept"));
    }

    /**
     * The answer to a body that is of no JSON type. The type keeps web pages out: a browser sends three others to any
     * site ("simple requests" of the Fetch standard), and asks that site before it sends this one.
     */
    public static Optional<HttpAnswer> refusedUnlessJson(String contentType) {
        return contentType.split(";", 2)[0].strip().equalsIgnoreCase("application/json")
                ? Optional.empty()
                : Optional.of(HttpAnswer.problem(
                                415, "Unsupported media type", "Send the body as Content-Type: application/json.")
                        .field("Content-Type"));
    }

    /** The body, which the route has read already; no bytes when there is none. */
    public static byte[] body(RoutingContext call) {
        return call.body().buffer() == null ? new byte[0] : call.body().buffer().getBytes();
    }
}
