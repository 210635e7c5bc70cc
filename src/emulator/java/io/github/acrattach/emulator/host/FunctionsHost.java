package io.github.acrattach.emulator.host;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.http.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.Consumer;

/** Invokes the functions of an app through its custom handler, as the Azure Functions host does. */
public final class FunctionsHost implements AutoCloseable {
    /** The host's default on a consumption plan. */
    private static final Duration FUNCTION_TIMEOUT = Duration.ofMinutes(5);

    private static final String VERSION = "4.1042.100";

    private final FunctionApp app;
    private final URI handler;
    private final Optional<HandlerProcess> process;
    private final HttpClient http;

    private FunctionsHost(FunctionApp app, URI handler, Optional<HandlerProcess> process, HttpClient http) {
        this.app = app;
        this.handler = handler;
        this.process = process;
        this.http = http;
    }

    /** For a handler that is already running. */
    public static FunctionsHost at(FunctionApp app, URI handler) {
        return new FunctionsHost(app, handler, Optional.empty(), client());
    }

    /** Starts the handler in the app's folder, waits until it answers, and ends it when the host is closed. */
    public static FunctionsHost start(
            FunctionApp app, List<String> command, Map<String, String> environment, Consumer<String> output) {
        HttpClient http = client();
        HandlerProcess process = HandlerProcess.start(app.root(), command, environment, output, http);
        return new FunctionsHost(app, process.uri(), Optional.of(process), http);
    }

    public FunctionApp app() {
        return app;
    }

    public URI handler() {
        return handler;
    }

    /** The input of a timer is laid over a TimerInfo of now; a queue gets the text, or the JSON as text. */
    public Invocation invoke(String name, JsonNode input) {
        FunctionDefinition function = app.function(name);
        return switch (function.trigger()) {
            case EVENT_GRID -> post(function, Payload.event(function, input));
            case TIMER -> post(function, Payload.timer(function, input));
            case QUEUE -> invoke(name, input.isTextual() ? input.textValue() : input.toString(), 1);
            case HTTP ->
                throw new IllegalArgumentException(
                        name + " has an HTTP trigger: send the request to " + handler + " instead");
        };
    }

    /** A queue message that is read for the n-th time. */
    public Invocation invoke(String name, String message, int dequeueCount) {
        FunctionDefinition function = app.function(name);
        if (function.trigger() != TriggerType.QUEUE) {
            throw new IllegalArgumentException(name + " has no queue trigger");
        }
        return post(function, Payload.queueMessage(function, message, dequeueCount));
    }

    /** How the handler that it started ended; empty while it runs. */
    public OptionalInt exitCode() {
        return process.map(HandlerProcess::exitCode).orElseGet(OptionalInt::empty);
    }

    /** The id of the process of the handler that it started. */
    public long pid() {
        return process.orElseThrow(() -> new IllegalStateException("The handler is not this host's"))
                .pid();
    }

    /** Ends the handler that it started without a warning. */
    public void kill() {
        process.ifPresent(HandlerProcess::kill);
    }

    @Override
    public void close() {
        process.ifPresent(HandlerProcess::close);
    }

    private Invocation post(FunctionDefinition function, ObjectNode payload) {
        String id = UUID.randomUUID().toString();
        // A stream has no known length, so the client sends chunks without Content-Length, as the host does; type and
        // headers are those of its JsonMediaTypeFormatter and of DefaultHttpWorkerService.AddHeaders.
        HttpRequest request = HttpRequest.newBuilder(handler.resolve("/" + function.name()))
                .timeout(FUNCTION_TIMEOUT)
                .header("Content-Type", "application/json; charset=utf-8")
                .header("User-Agent", "Azure-Functions-Host/" + VERSION)
                .header("X-Azure-Functions-HostVersion", VERSION)
                .header("X-Azure-Functions-InvocationId", id)
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(Json.bytes(payload))))
                .build();
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            return Invocation.judge(
                    id, answer.statusCode(), answer.headers().firstValue("Content-Type"), answer.body());
        } catch (IOException failed) {
            return Invocation.unanswered(id, "The handler did not answer: " + failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Invocation.unanswered(id, "The host was stopped");
        }
    }

    private static HttpClient client() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
    }
}
