package io.github.acrattach.trigger.handler;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.acrattach.trigger.HttpAnswer;
import io.github.acrattach.trigger.HttpCall;
import io.quarkus.funqy.runtime.ApplicationException;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Stands around the functions: lets in only what the host sends, since Funqy would run a function on GET and log a
 * stack trace for malformed JSON, and tells failures in the body, which Funqy would swallow.
 */
@ApplicationScoped
class HandlerRoutes {

    private static final Logger LOG = Logger.getLogger(HandlerRoutes.class);

    /** After Quarkus has read the body, before Funqy is asked. */
    private static final int BEFORE_FUNQY = 0;

    private final ObjectMapper json;

    HandlerRoutes(ObjectMapper json) {
        this.json = json.copy().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }

    void addTo(@Observes Router router) {
        Stream.of(ResourceChanged.NAME, RotatePullSecrets.NAME).forEach(name -> router.route("/" + name)
                .order(BEFORE_FUNQY)
                .handler(this::letIn)
                .failureHandler(this::tell));
    }

    private void letIn(RoutingContext call) {
        if (call.request().method() != HttpMethod.POST) {
            HttpAnswer.problem(405, "Method not allowed", "The Functions host calls a function by POST.")
                    .header("Allow", "POST")
                    .send(call.response());
            return;
        }
        try {
            if (json.readTree(HttpCall.body(call)).isObject()) {
                call.next();
                return;
            }
            badRequest(call, "The body is not a JSON object.");
        } catch (JacksonException e) {
            badRequest(call, "The body is not JSON: line " + line(e) + " cannot be read.");
        } catch (IOException e) {
            badRequest(call, "The body cannot be read.");
        }
    }

    private static int line(JacksonException e) {
        return e.getLocation() == null ? 1 : e.getLocation().getLineNr();
    }

    private static void badRequest(RoutingContext call, String detail) {
        HttpAnswer.problem(
                        400, "Bad request", detail + " The Functions host sends {\"Data\":{...},\"Metadata\":{...}}.")
                .send(call.response());
    }

    private void tell(RoutingContext call) {
        // Funqy wraps what a function throws.
        Throwable thrown = call.failure() instanceof ApplicationException wrapped ? wrapped.getCause() : call.failure();
        if (thrown instanceof InvocationFailed failed) {
            failed.retryAfter()
                    .ifPresent(wait -> call.response().putHeader("Retry-After", String.valueOf(wait.toSeconds())));
            call.response()
                    .setStatusCode(503)
                    .putHeader("Content-Type", "application/json")
                    .end(written(failed.answer()));
            return;
        }
        HttpAnswer.toBrokenRequest(call)
                .orElseGet(() -> {
                    LOG.errorf(thrown, "A defect of this program ended the invocation of %s.", call.normalizedPath());
                    return HttpAnswer.problem(
                            500, "Defect", "A defect of this program ended the invocation; its log tells more.");
                })
                .send(call.response());
    }

    private String written(HostAnswer answer) {
        try {
            return json.writeValueAsString(answer);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An answer of strings and JSON can always be written.", e);
        }
    }
}
