package io.github.acrattach.emulator.host;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.acrattach.emulator.http.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** What the host posts to a custom handler: learn.microsoft.com/azure/azure-functions/functions-custom-handlers. */
final class Payload {
    private Payload() {}

    static ObjectNode event(FunctionDefinition function, JsonNode event) {
        JsonNode value = function.many() ? text(Json.array(Stream.of(event))) : event;
        ObjectNode metadata = Json.object();
        Optional.ofNullable(event.get("data")).ifPresent(data -> metadata.set("data", data));
        return payload(function, value, metadata);
    }

    /** A string value is quoted twice: once as JSON of its own, once as part of the payload. */
    static ObjectNode queueMessage(FunctionDefinition function, String message, int dequeueCount) {
        Instant now = Instant.now();
        ObjectNode metadata = Json.object()
                .put("DequeueCount", dequeueCount)
                .put("ExpirationTime", now.plus(Duration.ofDays(7)).toString())
                .put("Id", UUID.randomUUID().toString())
                .put("InsertionTime", now.toString())
                .put("NextVisibleTime", now.plus(Duration.ofMinutes(10)).toString())
                .put("PopReceipt", UUID.randomUUID().toString());
        return payload(function, text(TextNode.valueOf(message)), metadata);
    }

    /** TimerInfo, over which a caller may lay what it wants to be different. */
    static ObjectNode timer(FunctionDefinition function, JsonNode different) {
        Instant now = Instant.now();
        ObjectNode timer = Json.object();
        timer.set("Schedule", Json.object().put("AdjustForDST", true));
        timer.set(
                "ScheduleStatus",
                Json.object()
                        .put("Last", now.minus(Duration.ofHours(1)).toString())
                        .put("Next", now.plus(Duration.ofHours(1)).toString())
                        .put("LastUpdated", now.minus(Duration.ofHours(1)).toString()));
        timer.put("IsPastDue", false);
        return payload(function, Json.merge(timer, different), Json.object());
    }

    private static ObjectNode payload(FunctionDefinition function, JsonNode value, ObjectNode metadata) {
        metadata.set(
                "sys",
                Json.object()
                        .put("MethodName", function.name())
                        .put("UtcNow", Json.timestamp(Instant.now()))
                        .put("RandGuid", UUID.randomUUID().toString()));
        return Json.object()
                .<ObjectNode>set("Data", Json.object().set(function.binding(), value))
                .set("Metadata", metadata);
    }

    private static TextNode text(JsonNode node) {
        return TextNode.valueOf(new String(Json.bytes(node), StandardCharsets.UTF_8));
    }
}
