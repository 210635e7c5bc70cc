package io.github.acrattach.trigger.worker;

import static com.microsoft.azure.functions.HttpMethod.GET;
import static com.microsoft.azure.functions.HttpMethod.POST;
import static com.microsoft.azure.functions.annotation.AuthorizationLevel.FUNCTION;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.HttpStatus;
import com.microsoft.azure.functions.TraceContext;
import com.microsoft.azure.functions.annotation.BindingName;
import com.microsoft.azure.functions.annotation.EventGridTrigger;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import com.microsoft.azure.functions.annotation.QueueTrigger;
import com.microsoft.azure.functions.annotation.TimerTrigger;
import io.github.acrattach.domain.Outcome;
import io.github.acrattach.domain.installation.HostedApp;
import io.github.acrattach.trigger.HttpAnswer;
import io.github.acrattach.trigger.Invocation;
import io.github.acrattach.trigger.Severity;
import io.github.acrattach.trigger.Telling;
import io.github.acrattach.trigger.event.Delivery;
import io.github.acrattach.trigger.event.Events;
import io.github.acrattach.trigger.ops.Format;
import io.github.acrattach.trigger.ops.Ops;
import io.github.acrattach.trigger.timer.RotationDue;
import io.github.acrattach.usecase.InspectInstallation.Worker;
import io.quarkus.arc.properties.UnlessBuildProperty;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Collectors;

/**
 * What the Java worker calls; left out of the executable. A function that throws fails its invocation, and Event Grid,
 * or the queue, brings the event again.
 */
@UnlessBuildProperty(name = "quarkus.native.enabled", stringValue = "true", enableIfMissing = true)
@ApplicationScoped
public class WorkerFunctions {

    private final Events events;
    private final RotationDue rotationDue;
    private final Ops ops;

    WorkerFunctions(Events events, RotationDue rotationDue, Ops ops) {
        this.events = events;
        this.rotationDue = rotationDue;
        this.ops = ops;
    }

    /** A cluster or registry was created, updated or deleted, says Event Grid. */
    @FunctionName("ResourceChanged")
    public void resourceChanged(@EventGridTrigger(name = "event") String event, ExecutionContext context) {
        handle(node(event), Delivery.byEventGrid(), context);
    }

    /** The same, says a message that Event Grid put into the queue. */
    @FunctionName("ResourceChangeQueued")
    public void resourceChangeQueued(
            @QueueTrigger(name = "message", queueName = HostedApp.EVENT_QUEUE, connection = "AzureWebJobsStorage")
                    String message,
            @BindingName(Delivery.DEQUEUE_COUNT) String dequeueCount,
            ExecutionContext context) {
        JsonNode node = node(message);
        handle(node, Delivery.byQueue(node, Objects.requireNonNullElse(dequeueCount, "")), context);
    }

    private static JsonNode node(String text) {
        return text == null ? MissingNode.getInstance() : TextNode.valueOf(text);
    }

    private void handle(JsonNode handedOver, Delivery delivery, ExecutionContext context) {
        List<Outcome> outcomes = events.handle(handedOver, delivery, invocation(context));
        if (!delivery.comesAgainFor(outcomes).isEmpty()) {
            throw new IllegalStateException("The event has to come again: "
                    + outcomes.stream().map(Telling::line).collect(Collectors.joining(" ")));
        }
    }

    /** It is time to look after the pull secrets, says the timer. */
    @FunctionName("RotatePullSecrets")
    public void rotatePullSecrets(
            @TimerTrigger(name = "timer", schedule = "0 17 * * * *") String timer, ExecutionContext context) {
        rotationDue.handle(invocation(context));
    }

    /** Lets a named cluster pull from a named registry. */
    @FunctionName("Attach")
    public HttpResponseMessage attach(
            @HttpTrigger(name = "req", methods = POST, route = "attach", authLevel = FUNCTION)
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return answered(request, ops.attach(call(request, context)));
    }

    /** Takes back what was made for a named pair. */
    @FunctionName("Detach")
    public HttpResponseMessage detach(
            @HttpTrigger(name = "req", methods = POST, route = "detach", authLevel = FUNCTION)
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return answered(request, ops.detach(call(request, context)));
    }

    /** Replaces the password of a named pair now, or all passwords that are due. */
    @FunctionName("Rotate")
    public HttpResponseMessage rotate(
            @HttpTrigger(name = "req", methods = POST, route = "rotate", authLevel = FUNCTION)
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return answered(request, ops.rotate(call(request, context)));
    }

    /** Brings everything to where the rules want it. */
    @FunctionName("Reconcile")
    public HttpResponseMessage reconcile(
            @HttpTrigger(name = "req", methods = POST, route = "reconcile", authLevel = FUNCTION)
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return answered(request, ops.reconcile(call(request, context)));
    }

    /** Tells whether a cluster can pull from a registry, and if not, why. */
    @FunctionName("Access")
    public HttpResponseMessage access(
            @HttpTrigger(name = "req", methods = GET, route = "access", authLevel = FUNCTION)
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return answered(
                request, ops.access(invocation(context), query(request), Format.accepted(header(request, "Accept"))));
    }

    /** Tells whether this installation is whole. */
    @FunctionName("Self")
    public HttpResponseMessage self(
            @HttpTrigger(name = "req", methods = GET, route = "self", authLevel = FUNCTION)
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return answered(request, ops.self(invocation(context), Worker.JAVA_WORKER, query(request)));
    }

    private static Map<String, List<String>> query(HttpRequestMessage<?> request) {
        return request.getQueryParameters().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, parameter -> List.of(parameter.getValue())));
    }

    private static Ops.Call call(HttpRequestMessage<Optional<String>> request, ExecutionContext context) {
        return new Ops.Call(
                invocation(context),
                header(request, "Content-Type"),
                request.getBody().orElse("").getBytes(StandardCharsets.UTF_8));
    }

    /** Its lines go to the host with their severity, and are in no console. */
    private static Invocation invocation(ExecutionContext context) {
        return Invocation.of(
                context.getInvocationId(),
                Optional.ofNullable(context.getTraceContext())
                        .map(TraceContext::getTraceparent)
                        .orElse(""),
                (severity, line) -> context.getLogger().log(level(severity), line));
    }

    private static Level level(Severity severity) {
        return switch (severity) {
            case INFORMATION -> Level.INFO;
            case WARNING -> Level.WARNING;
            case ERROR -> Level.SEVERE;
        };
    }

    /** The worker hands header names on in lower case today, but does not promise it. */
    private static String header(HttpRequestMessage<?> request, String name) {
        return request.getHeaders().entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
    }

    private static HttpResponseMessage answered(HttpRequestMessage<?> request, HttpAnswer answer) {
        HttpResponseMessage.Builder response = request.createResponseBuilder(HttpStatus.valueOf(answer.status()))
                .body(answer.text());
        answer.headers().forEach(response::header);
        return response.build();
    }
}
