package io.github.acrattach.emulator.estate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.http.Json;
import java.time.Duration;

/**
 * A resource of the estate: its body as ARM returns it, how long after the start its creation takes, and whether its
 * event is sent when the creation begins rather than when it ends.
 */
public record Deployment(ObjectNode body, Duration readyAfter, boolean announceEarly) {

    /** Ready at once. */
    public static Deployment of(ObjectNode body) {
        return read(body);
    }

    /** Either {@code {"body": {..}, "readyAfter": "PT12S", "announceEarly": true}} or a bare ARM body. */
    static Deployment read(JsonNode node) {
        JsonNode body = node.has("body") ? node.get("body") : node;
        if (!(body instanceof ObjectNode resource)) {
            throw new IllegalArgumentException("A resource of the estate must be a JSON object");
        }
        String id = Required.text(resource, "id", "a resource");
        Required.text(resource, "type", id);
        return new Deployment(
                resource,
                Duration.parse(Json.text(node, "readyAfter").orElse("PT0S")),
                node.path("announceEarly").asBoolean(false));
    }
}
