package io.github.acrattach.emulator.eventgrid;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.http.Json;
import java.util.Map;
import java.util.Optional;

/** An event in the schema in which it was published; in that schema it is delivered as it is. */
public record Event(ObjectNode body, EventSchema schema) {
    /** Field names of Event Grid's schema, and what CloudEvents calls the same. */
    private static final Map<String, String> CLOUD_EVENT_NAMES =
            Map.of("id", "id", "topic", "source", "subject", "subject", "eventType", "type", "eventTime", "time");

    public static Event of(ObjectNode body) {
        return new Event(
                body, body.has("specversion") ? EventSchema.CloudEventSchemaV1_0 : EventSchema.EventGridSchema);
    }

    public String id() {
        return field("id").orElse("");
    }

    public String type() {
        return field("eventType").orElse("");
    }

    public String subject() {
        return field("subject").orElse("");
    }

    public String topic() {
        return field("topic").orElse("");
    }

    ObjectNode in(EventSchema wanted) {
        if (wanted == schema) {
            return body;
        }
        ObjectNode converted = Json.object();
        CLOUD_EVENT_NAMES.forEach((eventGrid, cloudEvents) -> {
            boolean toCloudEvents = wanted == EventSchema.CloudEventSchemaV1_0;
            Optional.ofNullable(body.get(toCloudEvents ? eventGrid : cloudEvents))
                    .ifPresent(value -> converted.set(toCloudEvents ? cloudEvents : eventGrid, value));
        });
        Optional.ofNullable(body.get("data")).ifPresent(data -> converted.set("data", data));
        return wanted == EventSchema.CloudEventSchemaV1_0
                ? converted.put("specversion", "1.0")
                : converted.put("dataVersion", "2").put("metadataVersion", "1");
    }

    private Optional<String> field(String name) {
        return Json.text(body, schema == EventSchema.EventGridSchema ? name : CLOUD_EVENT_NAMES.get(name));
    }
}
