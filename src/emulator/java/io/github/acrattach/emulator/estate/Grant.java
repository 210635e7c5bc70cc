package io.github.acrattach.emulator.estate;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.acrattach.emulator.http.Json;
import java.util.Optional;

/** A role assignment that exists from the start; the role is named by its GUID or its display name. */
public record Grant(String scope, String principalId, String role, Optional<String> condition) {

    static Grant read(JsonNode node) {
        return new Grant(
                Required.text(node, "scope", "a role assignment"),
                Required.guid(node, "principalId", "a role assignment"),
                Required.text(node, "role", "a role assignment"),
                Json.text(node, "condition"));
    }
}
