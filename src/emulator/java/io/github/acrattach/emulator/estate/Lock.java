package io.github.acrattach.emulator.estate;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.acrattach.emulator.http.Json;

/** A management lock: a read-only one refuses writes and deletes at and below its scope, the other only deletes. */
public record Lock(String scope, boolean readOnly) {

    static Lock read(JsonNode node) {
        String level = Json.text(node, "level").orElse("ReadOnly");
        if (!level.equals("ReadOnly") && !level.equals("CanNotDelete")) {
            throw new IllegalArgumentException("The level of a lock must be ReadOnly or CanNotDelete, not " + level);
        }
        return new Lock(Required.text(node, "scope", "a lock"), level.equals("ReadOnly"));
    }
}
