package io.github.acrattach.trigger.handler;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.acrattach.trigger.HttpAnswer;
import io.github.acrattach.trigger.HttpCall;
import io.github.acrattach.trigger.OutsideJson;
import io.github.acrattach.trigger.event.Events;
import io.quarkus.funqy.runtime.ApplicationException;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * Stands around the functions: lets in only what the host sends, since Funqy would run a function on GET or for a web page
 * and log a stack trace for malformed JSON, and tells failures in the body, which Funqy would swallow.
 *
 * <p>The host posts {@code application/json; charset=utf-8}, and none of the headers by which a browser says who asks
 * (azure-functions-host: HttpScriptInvocationContextExtensions, DefaultHttpWorkerService.AddHeaders).
 */
@ApplicationScoped
class HandlerRoutes {

    /** After Quarkus has read the body, before Funqy is asked. */
    private static final int BEFORE_FUNQY = 0;

    private final Events events;
    private final ObjectMapper json;

    HandlerRoutes(Events events, ObjectMapper json) {
        this.events = events;
        this.json = json;
    }

    void addTo(@Observes Router router) {
        add(router, ResourceChanged.NAME, this::ignore);
        add(router, ResourceChangeQueued.NAME, this::ignore);
        add(router, RotatePullSecrets.NAME, (call, reason) -> HttpAnswer.problem(413, "Content too large", reason)
                .send(call.response()));
    }

    private void add(Router router, String name, BiConsumer<RoutingContext, String> whatIsTooLarge) {
        router.route("/" + name)
                .order(BEFORE_FUNQY)
                .handler(call -> letIn(call, whatIsTooLarge))
                .failureHandler(this::tell);
    }

    private static void letIn(RoutingContext call, BiConsumer<RoutingContext, String> whatIsTooLarge) {
        Optional<HttpAnswer> refusal = refusal(call);
        if (refusal.isPresent()) {
            refusal.get().send(call.response());
            return;
        }
        try {
            if (OutsideJson.parse(HttpCall.body(call)).isObject()) {
                call.next();
                return;
            }
            badRequest(call, "is not a JSON object.");
        } catch (OutsideJson.Unreadable e) {
            if (e.cause() == OutsideJson.Unreadable.Cause.TOO_LARGE) {
                whatIsTooLarge.accept(call, "The body " + e.reason());
            } else {
                badRequest(call, e.reason());
            }
        }
    }

    /** The answer to whoever is not the host. */
    private static Optional<HttpAnswer> refusal(RoutingContext call) {
        Optional<String> ofBrowsers = Stream.of("Origin", "Sec-Fetch-Site")
                .filter(call.request().headers()::contains)
                .findFirst();
        if (ofBrowsers.isPresent()) {
            return Optional.of(HttpAnswer.problem(
                            403,
                            "Forbidden",
                            "The Functions host alone calls a function here, and sends no header " + ofBrowsers.get()
                                    + ", as a browser does.")
                    .field(ofBrowsers.get()));
        }
        return call.request().method() == HttpMethod.POST
                ? HttpCall.refusedUnlessJson(HttpCall.contentType(call))
                : Optional.of(
                        HttpAnswer.problem(405, "Method not allowed", "The Functions host calls a function by POST.")
                                .header("Allow", "POST"));
    }

    private void ignore(RoutingContext call, String reason) {
        call.response()
                .putHeader("Content-Type", "application/json")
                .end(written(HostAnswer.of(events.ignore(reason, HttpCall.invocation(call)))));
    }

    private static void badRequest(RoutingContext call, String reason) {
        HttpAnswer.problem(
                        400,
                        "Bad request",
                        "The body " + reason + " The Functions host sends {\"Data\":{...},\"Metadata\":{...}}.")
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
                .orElseGet(() -> HttpCall.defect(call, thrown))
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
