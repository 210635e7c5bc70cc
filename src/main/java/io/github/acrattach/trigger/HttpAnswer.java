package io.github.acrattach.trigger;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.domain.OutsideText;
import io.netty.handler.codec.DecoderException;
import io.vertx.core.VertxException;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An answer over HTTP, whichever server sends it: JSON, or for an error {@code application/problem+json} (RFC 9457).
 *
 * @param page the same as plain text, where it is sent in the place of the body
 */
public record HttpAnswer(int status, Map<String, String> headers, ObjectNode body, Optional<String> page) {

    private static final String CONTENT_TYPE = "Content-Type";

    /** A success. */
    public static HttpAnswer ok(ObjectNode body) {
        return new HttpAnswer(200, Map.of(CONTENT_TYPE, "application/json"), body, Optional.empty());
    }

    /** An error; the detail says what is wrong and, where it is the caller's doing, what to send instead. */
    public static HttpAnswer problem(int status, String title, String detail) {
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("title", title)
                .put("status", status)
                .put("detail", detail);
        return new HttpAnswer(status, Map.of(CONTENT_TYPE, "application/problem+json"), body, Optional.empty());
    }

    /**
     * The answer to a request that never came in whole: one that is too large, a connection that closed, bytes that are
     * not HTTP. Empty for any other failure of a route, which is a defect.
     */
    public static Optional<HttpAnswer> toBrokenRequest(RoutingContext call) {
        if (call.statusCode() == 413) {
            return Optional.of(problem(
                    413,
                    "Content too large",
                    "The body is larger than the setting quarkus.http.limits.max-body-size allows."));
        }
        if (call.statusCode() >= 400 && call.statusCode() < 500) {
            return Optional.of(problem(call.statusCode(), "Bad request", "The request cannot be read."));
        }
        boolean broken = call.failure() instanceof VertxException
                || call.failure() instanceof DecoderException
                || call.failure() instanceof NumberFormatException;
        return broken ? Optional.of(problem(400, "Bad request", "The request cannot be read.")) : Optional.empty();
    }

    /** The same with one more header. */
    public HttpAnswer header(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new HttpAnswer(status, Map.copyOf(more), body, page);
    }

    /** The same with what is at fault: a header, a parameter or a field of the body. */
    public HttpAnswer field(String name) {
        return with(JsonNodeFactory.instance.objectNode().put("field", name));
    }

    /** The same with more fields in its body. */
    public HttpAnswer with(ObjectNode more) {
        return new HttpAnswer(status, headers, body.deepCopy().setAll(more), page);
    }

    /** The same as plain text, each line of which is printable. */
    public HttpAnswer asText(String text) {
        return new HttpAnswer(status, headers, body, Optional.of(text))
                .header(CONTENT_TYPE, "text/plain; charset=utf-8");
    }

    /** The body as it is sent. */
    public String text() {
        return page.orElseGet(() -> OutsideText.inJson(body.toString()));
    }

    /** Sends it, unless something was sent already. */
    public void send(HttpServerResponse response) {
        if (!response.ended() && !response.headWritten()) {
            response.setStatusCode(status);
            headers.forEach(response::putHeader);
            response.end(text());
        }
    }
}
