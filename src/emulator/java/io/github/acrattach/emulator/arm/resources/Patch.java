package io.github.acrattach.emulator.arm.resources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A JSON merge patch, RFC 7396. */
final class Patch {

    private Patch() {}

    static ObjectNode of(ObjectNode before, ObjectNode patch) {
        ObjectNode after = before.deepCopy();
        patch.properties().forEach(field -> {
            JsonNode value = field.getValue();
            if (value.isNull()) {
                after.remove(field.getKey());
            } else if (value instanceof ObjectNode object) {
                after.set(
                        field.getKey(),
                        of(after.get(field.getKey()) instanceof ObjectNode old ? old : after.objectNode(), object));
            } else {
                after.set(field.getKey(), value);
            }
        });
        return after;
    }
}
