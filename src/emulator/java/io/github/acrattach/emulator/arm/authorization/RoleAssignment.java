package io.github.acrattach.emulator.arm.authorization;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.estate.Directory;
import io.github.acrattach.emulator.estate.Grant;
import io.github.acrattach.emulator.estate.Principal;
import io.github.acrattach.emulator.estate.PrincipalType;
import io.github.acrattach.emulator.http.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** Who holds which role at which scope. */
public record RoleAssignment(
        Scope scope,
        String name,
        String roleDefinition,
        String principalId,
        PrincipalType principalType,
        Extras extras,
        Instant createdOn,
        Instant updatedOn,
        Optional<String> createdBy,
        Optional<String> updatedBy) {

    /** What may be changed by writing the assignment again. */
    public record Extras(
            Optional<String> condition,
            Optional<String> conditionVersion,
            Optional<String> description,
            Optional<String> delegatedManagedIdentityResourceId) {}

    static RoleAssignment of(Grant grant, RoleDefinitions definitions, Directory directory) {
        Instant created = grant.createdOn().orElseGet(Instant::now);
        return new RoleAssignment(
                Scope.of(grant.scope()),
                grant.name()
                        .orElseGet(() -> UUID.nameUUIDFromBytes(grant.toString().getBytes(StandardCharsets.UTF_8))
                                .toString()),
                definitions.named(grant.role()).guid(),
                grant.principalId(),
                grant.principalType()
                        .or(() -> directory.byObjectId(grant.principalId()).map(Principal::type))
                        .orElse(PrincipalType.ServicePrincipal),
                new Extras(
                        grant.condition(),
                        grant.condition().map(condition -> "2.0"),
                        grant.description(),
                        Optional.empty()),
                created,
                grant.updatedOn().orElse(created),
                Optional.of(grant.createdBy()),
                grant.updatedBy().or(() -> Optional.of(grant.createdBy())));
    }

    public String id() {
        return scope.path() + "/providers/Microsoft.Authorization/roleAssignments/" + name;
    }

    /** Two assignments with one key would say the same: Azure keeps only one of them. */
    String meaning() {
        return (scope.path() + " " + roleDefinition + " " + principalId).toLowerCase(Locale.ROOT);
    }

    /** The order of the fields, and the nulls, are those of a recorded answer of 2022-04-01. */
    public ObjectNode body() {
        ObjectNode properties = Json.object()
                .put("roleDefinitionId", RoleDefinition.idAt(scope.path(), roleDefinition))
                .put("principalId", principalId)
                .put("principalType", principalType.name())
                .put("scope", scope.text())
                .put("condition", extras.condition().orElse(null))
                .put("conditionVersion", extras.conditionVersion().orElse(null))
                .put("createdOn", Json.timestamp(createdOn))
                .put("updatedOn", Json.timestamp(updatedOn))
                .put("createdBy", createdBy.orElse(null))
                .put("updatedBy", updatedBy.orElse(null))
                .put(
                        "delegatedManagedIdentityResourceId",
                        extras.delegatedManagedIdentityResourceId().orElse(null))
                .put("description", extras.description().orElse(null));
        return Json.object()
                .<ObjectNode>set("properties", properties)
                .put("id", id())
                .put("type", "Microsoft.Authorization/roleAssignments")
                .put("name", name);
    }

    /** The answer to the request that created it does not yet say who did. */
    ObjectNode bodyOnCreation() {
        ObjectNode body = body();
        ((ObjectNode) body.get("properties")).putNull("createdBy");
        return body;
    }
}
