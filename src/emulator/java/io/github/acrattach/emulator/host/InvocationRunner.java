package io.github.acrattach.emulator.host;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.http.Json;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Carries out invocations, each within its time, and stores what Application Insights is told of them. */
final class InvocationRunner {
    private static final String VERSION = "4.1037.0.0";

    private final HostJson settings;
    private final HostTimes times;
    private final TelemetryLog log;
    private final Set<HandlerCall> running = ConcurrentHashMap.newKeySet();

    InvocationRunner(HostJson settings, HostTimes times, TelemetryLog log) {
        this.settings = settings;
        this.times = times;
        this.log = log;
    }

    /** The time of all that runs is over now, as at the end of functionTimeout. */
    void timeOut() {
        running.forEach(HandlerCall::timeOut);
    }

    /** Type and headers are those of its JsonMediaTypeFormatter; the body comes in chunks, without Content-Length. */
    Invocation post(HandlerSource handlers, FunctionDefinition function, ObjectNode payload) {
        HandlerRequest request = new HandlerRequest(
                "POST",
                "/" + function.name(),
                HandlerRequest.headers(Map.of("Content-Type", List.of("application/json; charset=utf-8"))),
                Json.bytes(payload),
                true);
        Invocation invocation = run(handlers, function, request, Judgement::of);
        log.request(function, invocation, "", 0);
        if (invocation.succeeded()) {
            // What a failed one answered is lost.
            log.functionLogs(invocation);
        }
        return invocation;
    }

    /** The query is cut off from the URL that is stored: it may hold a key. */
    Invocation forward(HandlerSource handlers, FunctionDefinition function, HandlerRequest request) {
        Invocation invocation = run(handlers, function, request, Judgement::ofForwarded);
        String url = "http://" + request.headers().firstValue("Host").orElse("")
                + request.target().split("\\?", 2)[0];
        log.request(function, invocation, url, invocation.succeeded() ? invocation.status() : 500);
        return invocation;
    }

    /** DefaultHttpWorkerService.AddHeaders adds to what a caller sent under the same names. */
    private Invocation run(
            HandlerSource handlers,
            FunctionDefinition function,
            HandlerRequest request,
            Function<HandlerAnswer, Judgement> judge) {
        String id = UUID.randomUUID().toString();
        TraceParent trace = TraceParent.random();
        HandlerRequest whole = request.adding("X-Azure-Functions-InvocationId", ", ", id)
                .adding("X-Azure-Functions-HostVersion", ", ", VERSION)
                .adding("User-Agent", " ", "Azure-Functions-Host/" + VERSION)
                .setting(TraceParent.HEADER, trace.text());
        Started started = new Started(id, trace.traceId());
        try (HandlerCall call = HandlerCall.open(handlers, settings.functionTimeout(), times.grace())) {
            running.add(call);
            try {
                return send(started, call, whole, judge);
            } finally {
                running.remove(call);
            }
        } catch (HandlerUnavailable none) {
            return started.failed(Optional.empty(), none.getMessage());
        } catch (IOException failed) {
            return started.failed(Optional.empty(), "The handler did not answer: " + failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return started.failed(Optional.empty(), "The host was stopped");
        }
    }

    private Invocation send(
            Started started, HandlerCall call, HandlerRequest request, Function<HandlerAnswer, Judgement> judge)
            throws IOException {
        Optional<HandlerAnswer> answer = Optional.empty();
        try {
            answer = Optional.of(call.send(request));
        } catch (IOException broken) {
            if (!call.isTimedOut()) {
                throw broken;
            }
        } finally {
            if (settings.dependencyTracking()) {
                log.dependency(
                        started.operationId(),
                        request.method(),
                        call.url(request),
                        answer.map(HandlerAnswer::status).orElse(0));
            }
        }
        Judgement judgement = answer.map(judge).orElse(new Judgement(Judgement.Kind.NO_RESULT, "No answer came"));
        if (judgement.kind() == Judgement.Kind.NO_RESULT) {
            call.awaitEnd();
        }
        if (call.isTimedOut()) {
            return started.failed(answer, "The timeout of " + settings.functionTimeout() + " was exceeded");
        }
        return judgement.kind() == Judgement.Kind.SUCCESS
                ? started.succeeded(answer, judgement.reason())
                : started.failed(answer, judgement.reason());
    }

    /** An invocation of which nothing is known yet but its ids. */
    private record Started(String id, String operationId) {

        Invocation succeeded(Optional<HandlerAnswer> answer, String reason) {
            return new Invocation(id, operationId, answer, true, reason);
        }

        Invocation failed(Optional<HandlerAnswer> answer, String reason) {
            return new Invocation(id, operationId, answer, false, reason);
        }
    }
}
