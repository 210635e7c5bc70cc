package io.github.acrattach.emulator.estate;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.acrattach.emulator.http.Json;
import java.time.Instant;
import java.util.Optional;

/**
 * A role assignment that nobody made through ARM; the role is named by its GUID or its display name, whoever made it by
 * the object id.
 *
 * @param principalType that of the directory where it is not given; of one who is gone, it must be told to be remembered
 * @param createdOn when it is made where it is not given
 */
public record Grant(
        Optional<String> name,
        String scope,
        String principalId,
        Optional<PrincipalType> principalType,
        String role,
        Optional<String> condition,
        Optional<String> description,
        String createdBy,
        Optional<String> updatedBy,
        Optional<Instant> createdOn,
        Optional<Instant> updatedOn) {

    static Grant read(JsonNode node) {
        return new Grant(
                Json.text(node, "name"),
                Required.text(node, "scope", "a role assignment"),
                Required.guid(node, "principalId", "a role assignment"),
                Json.text(node, "principalType").map(PrincipalType::valueOf),
                Required.text(node, "role", "a role assignment"),
                Json.text(node, "condition"),
                Json.text(node, "description"),
                Json.text(node, "createdBy").orElse(Tenant.ADMINISTRATOR),
                Json.text(node, "updatedBy"),
                Json.text(node, "createdOn").map(Instant::parse),
                Json.text(node, "updatedOn").map(Instant::parse));
    }
}
