package io.github.acrattach.trigger;

import io.vertx.ext.web.RoutingContext;
import java.util.Objects;

/** What a call over HTTP carries, whichever route takes it. */
public final class HttpCall {

    private HttpCall() {}

    /** The Functions host's id of the invocation; empty when it did not tell. */
    public static String invocationId(RoutingContext call) {
        return Objects.requireNonNullElse(call.request().getHeader("X-Azure-Functions-InvocationId"), "");
    }

    /** The type of the body; empty when the caller did not tell. */
    public static String contentType(RoutingContext call) {
        return Objects.requireNonNullElse(call.request().getHeader("Content-Type"), "");
    }

    /** The body, which the route has read already; no bytes when there is none. */
    public static byte[] body(RoutingContext call) {
        return call.body().buffer() == null ? new byte[0] : call.body().buffer().getBytes();
    }
}
