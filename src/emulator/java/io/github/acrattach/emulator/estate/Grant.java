package io.github.acrattach.emulator.estate;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.acrattach.emulator.http.Json;
import java.util.Optional;

/**
 * A role assignment that nobody made through ARM; the role is named by its GUID or its display name, whoever made it by
 * the object id.
 */
public record Grant(
        Optional<String> name,
        String scope,
        String principalId,
        String role,
        Optional<String> condition,
        Optional<String> description,
        String createdBy) {

    static Grant read(JsonNode node) {
        return new Grant(
                Json.text(node, "name"),
                Required.text(node, "scope", "a role assignment"),
                Required.guid(node, "principalId", "a role assignment"),
                Required.text(node, "role", "a role assignment"),
                Json.text(node, "condition"),
                Json.text(node, "description"),
                Json.text(node, "createdBy").orElse(Tenant.ADMINISTRATOR));
    }
}
