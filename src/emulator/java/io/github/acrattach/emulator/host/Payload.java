package io.github.acrattach.emulator.host;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.acrattach.emulator.http.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** What the host posts to a custom handler: learn.microsoft.com/azure/azure-functions/functions-custom-handlers. */
final class Payload {
    /** Before its first run. */
    private static final String YEAR_ONE = "0001-01-01T00:00:00";

    private Payload() {}

    static ObjectNode event(FunctionDefinition function, JsonNode sent) {
        JsonNode event = RewrittenTimes.in(sent);
        JsonNode value = function.many() ? text(Json.array(Stream.of(event))) : event;
        ObjectNode metadata = metadata(function);
        Optional.ofNullable(event.get("data")).ifPresent(data -> metadata.set("data", data));
        return payload(function, value, metadata);
    }

    /**
     * A string value is quoted twice: once as JSON of its own, once as part of the payload. So is each value of the
     * metadata but times; the fields of a JSON message stand there too, and win, unless they are null or an array
     * (azure-functions-host: ApplyBindingData).
     */
    static ObjectNode queueMessage(FunctionDefinition function, QueueMessage message) {
        Instant now = Instant.now();
        ObjectNode metadata = metadata(function)
                .put("DequeueCount", String.valueOf(message.dequeueCount()))
                .put(
                        "ExpirationTime",
                        message.inserted().plus(Duration.ofDays(7)).toString())
                .put("InsertionTime", message.inserted().toString())
                .put("NextVisibleTime", now.plus(Duration.ofMinutes(10)).toString());
        metadata.set("Id", text(TextNode.valueOf(message.id())));
        metadata.set("PopReceipt", text(TextNode.valueOf(UUID.randomUUID().toString())));
        Json.parseObject(message.body().getBytes(StandardCharsets.UTF_8)).ifPresent(json -> json.properties().stream()
                .filter(field -> !field.getValue().isNull() && !field.getValue().isArray())
                .forEach(field -> metadata.set(field.getKey(), text(field.getValue()))));
        return payload(function, text(TextNode.valueOf(message.body())), metadata);
    }

    /** TimerInfo, over which a caller may lay what it wants to be different. */
    static ObjectNode timer(FunctionDefinition function, Optional<Instant> lastRun, JsonNode different) {
        Instant now = Instant.now();
        ObjectNode timer = Json.object();
        timer.set("Schedule", Json.object().put("AdjustForDST", true));
        // Schedules of less than a minute are not monitored.
        timer.set(
                "ScheduleStatus",
                function.runsWithinAMinute()
                        ? NullNode.instance
                        : Json.object()
                                .put("Last", lastRun.map(Instant::toString).orElse(YEAR_ONE))
                                .put("Next", now.plus(Duration.ofHours(1)).toString())
                                .put(
                                        "LastUpdated",
                                        lastRun.map(Instant::toString).orElse(YEAR_ONE)));
        timer.put("IsPastDue", false);
        return payload(function, Json.merge(timer, different), metadata(function));
    }

    private static ObjectNode metadata(FunctionDefinition function) {
        return Json.object()
                .set(
                        "sys",
                        Json.object()
                                .put("MethodName", function.name())
                                .put("UtcNow", Json.timestamp(Instant.now()))
                                .put("RandGuid", UUID.randomUUID().toString()));
    }

    /** Metadata repeats neither the trigger's value nor what looks like one: ScriptInvocationContextExtensions. */
    private static ObjectNode payload(FunctionDefinition function, JsonNode value, ObjectNode metadata) {
        List<String> repeated = new ArrayList<>(List.of(function.binding()));
        metadata.fieldNames().forEachRemaining(name -> {
            if (name.toLowerCase(Locale.ROOT).endsWith("trigger")) {
                repeated.add(name);
            }
        });
        return Json.object()
                .<ObjectNode>set("Data", Json.object().set(function.binding(), value))
                .set("Metadata", metadata.without(repeated));
    }

    private static TextNode text(JsonNode node) {
        return TextNode.valueOf(new String(Json.bytes(node), StandardCharsets.UTF_8));
    }
}
