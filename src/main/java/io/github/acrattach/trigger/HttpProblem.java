package io.github.acrattach.trigger;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.handler.codec.DecoderException;
import io.vertx.core.VertxException;
import io.vertx.core.http.HttpServerResponse;
import java.util.Optional;

/** An error as {@code application/problem+json} (RFC 9457). */
public final class HttpProblem {

    private final int status;
    private final ObjectNode json;

    private HttpProblem(int status, String title, String detail) {
        this.status = status;
        this.json = JsonNodeFactory.instance
                .objectNode()
                .put("title", title)
                .put("status", status)
                .put("detail", detail);
    }

    /** An error of this status; the detail says what is wrong and, where it is the caller's doing, what to send instead. */
    public static HttpProblem of(int status, String title, String detail) {
        return new HttpProblem(status, title, detail);
    }

    /**
     * Whether a failure of a route is the caller's: a connection that closed, or bytes that are not HTTP. Empty for all
     * else, which is a defect.
     */
    public static Optional<HttpProblem> ofBrokenRequest(Throwable failure) {
        boolean broken = failure instanceof VertxException
                || failure instanceof DecoderException
                || failure instanceof NumberFormatException;
        return broken ? Optional.of(of(400, "Bad request", "The request cannot be read.")) : Optional.empty();
    }

    /** Names the field or parameter at fault. */
    public HttpProblem field(String name) {
        json.put("field", name);
        return this;
    }

    /** Adds fields of one's own. */
    public HttpProblem with(ObjectNode more) {
        json.setAll(more);
        return this;
    }

    /** Sends it, unless something was sent already. */
    public void send(HttpServerResponse response) {
        if (!response.ended() && !response.headWritten()) {
            response.setStatusCode(status)
                    .putHeader("Content-Type", "application/problem+json")
                    .end(json.toString());
        }
    }
}
