package io.github.acrattach.adapter.azure;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.Context;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import reactor.core.publisher.Mono;

/** What a request that the SDK has no client for was answered, whatever its status; a body cannot be of any size. */
public record Reply(int status, HttpHeaders headers, String body) {

    private static final int LONGEST = 1 << 20;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Sends the request. */
    public static Reply to(HttpRequest request, HttpPipeline pipeline) {
        return Answers.await(pipeline.send(request, Context.NONE).flatMap(answer -> text(answer)
                        .map(body -> new Reply(answer.getStatusCode(), answer.getHeaders(), body))
                        .doFinally(end -> answer.close())))
                .orElseThrow();
    }

    /** The body; missing when it is not JSON. */
    public JsonNode json() {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException other) {
            return MissingNode.getInstance();
        }
    }

    /** Whether it was a success. */
    public boolean succeeded() {
        return status >= 200 && status < 300;
    }

    /** Whether the same again, later, can be answered otherwise. */
    public boolean passes() {
        return TransientStatus.is(status);
    }

    /** Itself if it was a success, and a failure otherwise. */
    public Reply orFail() {
        if (succeeded()) {
            return this;
        }
        throw failure();
    }

    /** The same as a failure, to be judged as the SDK's own are. */
    public RuntimeException failure() {
        return new Unwelcome(Fault.answer(status, headers.getValue(HttpHeaderName.RETRY_AFTER), body));
    }

    /** Why there was no way to the host; empty when a failure means anything else. */
    public static Optional<String> notConnected(Throwable failure) {
        return Fault.notConnected(failure);
    }

    // Bodies hold secrets.
    @Override
    public String toString() {
        return "Reply[status=" + status + ']';
    }

    private static Mono<String> text(HttpResponse answer) {
        return answer.getBody()
                .reduceWith(ByteArrayOutputStream::new, Reply::append)
                .map(bytes -> bytes.toString(StandardCharsets.UTF_8));
    }

    private static ByteArrayOutputStream append(ByteArrayOutputStream read, ByteBuffer more) {
        if (read.size() + more.remaining() > LONGEST) {
            throw Answers.useless("the answer is longer than any that is meant");
        }
        byte[] bytes = new byte[more.remaining()];
        more.get(bytes);
        read.writeBytes(bytes);
        return read;
    }

    /** Carries what was answered to where failures are judged. */
    static final class Unwelcome extends RuntimeException {

        private static final long serialVersionUID = 1;

        private final transient Fault fault;

        Unwelcome(Fault fault) {
            super("The answer was " + fault.status() + '.', null, false, false);
            this.fault = fault;
        }

        Fault fault() {
            return fault;
        }
    }
}
