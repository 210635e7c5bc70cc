package io.github.acrattach.trigger.worker;

import com.fasterxml.jackson.databind.node.TextNode;
import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.HttpStatus;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.EventGridTrigger;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import io.github.acrattach.domain.Outcome;
import io.github.acrattach.trigger.HttpAnswer;
import io.github.acrattach.trigger.Telling;
import io.github.acrattach.trigger.event.Events;
import io.github.acrattach.trigger.ops.Ops;
import io.quarkus.arc.properties.UnlessBuildProperty;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the Java worker calls; left out of the executable. A function that throws fails its invocation, and Event Grid brings the event again. */
@UnlessBuildProperty(name = "quarkus.native.enabled", stringValue = "true", enableIfMissing = true)
@ApplicationScoped
public class WorkerFunctions {

    private final Events events;
    private final Ops ops;

    WorkerFunctions(Events events, Ops ops) {
        this.events = events;
        this.ops = ops;
    }

    /** A cluster or registry was created, updated or deleted, says Event Grid. */
    @FunctionName("ResourceChanged")
    public void resourceChanged(@EventGridTrigger(name = "event") String event, ExecutionContext context) {
        List<Outcome> outcomes = events.handle(TextNode.valueOf(event), context.getInvocationId())
                .await()
                .indefinitely();
        outcomes.forEach(outcome -> context.getLogger().info(Telling.line(outcome)));
        if (outcomes.stream().anyMatch(Outcome.Postponed.class::isInstance)) {
            throw new IllegalStateException("The event has to come again: "
                    + outcomes.stream().map(Telling::line).collect(Collectors.joining(" ")));
        }
    }

    /** Lets a named cluster pull from a named registry. */
    @FunctionName("Attach")
    public HttpResponseMessage attach(
            @HttpTrigger(
                            name = "req",
                            methods = HttpMethod.POST,
                            route = "attach",
                            authLevel = AuthorizationLevel.FUNCTION)
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        byte[] body = request.getBody().orElse("").getBytes(StandardCharsets.UTF_8);
        return response(
                request,
                ops.attach(context.getInvocationId(), contentType(request), body)
                        .await()
                        .indefinitely());
    }

    /** Tells whether a cluster can pull from a registry, and if not, why. */
    @FunctionName("Access")
    public HttpResponseMessage access(
            @HttpTrigger(
                            name = "req",
                            methods = HttpMethod.GET,
                            route = "access",
                            authLevel = AuthorizationLevel.FUNCTION)
                    HttpRequestMessage<Optional<String>> request) {
        Map<String, List<String>> query = request.getQueryParameters().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, parameter -> List.of(parameter.getValue())));
        return response(request, ops.access(query).await().indefinitely());
    }

    /** The worker hands header names on in lower case today, but does not promise it. */
    private static String contentType(HttpRequestMessage<?> request) {
        return request.getHeaders().entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase("Content-Type"))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
    }

    private static HttpResponseMessage response(HttpRequestMessage<?> request, HttpAnswer answer) {
        HttpResponseMessage.Builder response = request.createResponseBuilder(HttpStatus.valueOf(answer.status()))
                .body(answer.body().toString());
        answer.headers().forEach(response::header);
        return response.build();
    }
}
