package io.github.acrattach.emulator.arm.resources;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.arm.ArmError;
import io.github.acrattach.emulator.arm.Call;
import io.github.acrattach.emulator.arm.Route;
import io.github.acrattach.emulator.http.Answer;
import io.github.acrattach.emulator.http.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Operations that outlive the request that began them: github.com/Azure/azure-resource-manager-rpc, async-api-reference. */
final class AsyncOperations {
    private static final String RETRY_AFTER = "1";
    private static final String PATH =
            "/subscriptions/{subscription}/providers/Microsoft.ContainerService/locations/{location}/";

    private static final String RESULTS = "/subscriptions/{subscription}/operationresults/";

    private final Map<String, Status> byName = new ConcurrentHashMap<>();

    /** When an operation began, and when it will be over. */
    private record Status(Instant start, Instant end) {
        boolean isOver() {
            return !end.isAfter(Instant.now());
        }
    }

    /** Whoever knows the name of an operation may follow it: a right on one resource group must be enough. */
    List<Route> routes() {
        return List.of(
                Route.forEverybody("GET", PATH + "operations/{operation}", this::status),
                Route.forEverybody("GET", PATH + "operationresults/{operation}", this::result),
                Route.forEverybody("GET", RESULTS + "{operation}", this::result));
    }

    void clear() {
        byName.clear();
    }

    /** The headers that lead a client from its answer to the end of the operation. */
    Answer begun(Answer answer, Call call, String location, Instant end) {
        String name = UUID.randomUUID().toString();
        byName.put(name, new Status(Instant.now(), end));
        String base = call.arm() + "/subscriptions/" + call.subscription()
                + "/providers/Microsoft.ContainerService/locations/" + location + "/";
        String version = "?api-version=" + call.apiVersion();
        Answer led = answer.with("Azure-AsyncOperation", base + "operations/" + name + version)
                .with("Retry-After", RETRY_AFTER);
        return answer.status() == 202 ? led.with("Location", base + "operationresults/" + name + version) : led;
    }

    /** The answer to what Resource Manager does itself, which is over at once; it has no status of its own to ask for. */
    Answer begunInSubscription(Call call) {
        String name = UUID.randomUUID().toString();
        byName.put(name, new Status(Instant.now(), Instant.now()));
        return Answer.empty(202)
                .with(
                        "Location",
                        call.arm() + RESULTS.replace("{subscription}", call.subscription()) + name + "?api-version="
                                + call.apiVersion())
                .with("Retry-After", RETRY_AFTER);
    }

    private Answer status(Call call) {
        Status status = find(call);
        ObjectNode body = Json.object()
                .put("name", call.variable("operation"))
                .put("status", status.isOver() ? "Succeeded" : "InProgress")
                .put("startTime", Json.timestamp(status.start()));
        return status.isOver()
                ? Answer.json(200, body.put("endTime", Json.timestamp(status.end())))
                : Answer.json(200, body).with("Retry-After", RETRY_AFTER);
    }

    private Answer result(Call call) {
        return find(call).isOver()
                ? Answer.empty(204)
                : Answer.empty(202).with("Location", call.url()).with("Retry-After", RETRY_AFTER);
    }

    private Status find(Call call) {
        return Optional.ofNullable(byName.get(call.variable("operation")))
                .orElseThrow(() -> ArmError.notFound(
                        "OperationNotFound", "The operation '" + call.variable("operation") + "' is not found."));
    }
}
