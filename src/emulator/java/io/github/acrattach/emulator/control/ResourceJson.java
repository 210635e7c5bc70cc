package io.github.acrattach.emulator.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.http.Json;
import java.util.Set;

/** What a resource is to be from now on, in ARM's own form. */
record ResourceJson(String id, ObjectNode changes) {
    private static final Set<String> CHANGES = Set.of("properties", "identity", "systemData", "tags", "sku");

    static ResourceJson read(Fields fields) {
        fields.allow(Set.of("id", "properties", "identity", "systemData", "tags", "sku"));
        ObjectNode changes = Json.object();
        CHANGES.forEach(field -> fields.object(field).ifPresent(value -> changes.set(field, value)));
        return new ResourceJson(fields.required("id"), changes);
    }
}
