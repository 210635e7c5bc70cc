package io.github.acrattach.trigger;

import io.vertx.ext.web.RoutingContext;
import java.util.Objects;
import java.util.Optional;

/** What a call over HTTP carries, whichever route takes it. */
public final class HttpCall {

    private HttpCall() {}

    /** The Functions host's id of the invocation; empty when it did not tell. */
    public static String invocationId(RoutingContext call) {
        return Objects.requireNonNullElse(call.request().getHeader("X-Azure-Functions-InvocationId"), "");
    }

    /** The type of the body; empty when the caller did not tell, and no type when it told several. */
    public static String contentType(RoutingContext call) {
        return String.join(", ", call.request().headers().getAll("Content-Type"));
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
