package io.github.acrattach.emulator.arm.authorization;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.acrattach.emulator.arm.ArmError;
import io.github.acrattach.emulator.arm.Call;
import io.github.acrattach.emulator.estate.Directory;
import io.github.acrattach.emulator.estate.Principal;
import io.github.acrattach.emulator.estate.PrincipalType;
import io.github.acrattach.emulator.estate.Tenant;
import io.github.acrattach.emulator.http.Json;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the body of a PUT, and refuses what Azure refuses before it looks at other assignments. */
public final class RoleAssignmentRequest {
    private static final Pattern GUID = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

    private final Tenant tenant;
    private final RoleDefinitions definitions;
    private final Directory directory;

    public RoleAssignmentRequest(Tenant tenant, RoleDefinitions definitions, Directory directory) {
        this.tenant = tenant;
        this.definitions = definitions;
        this.directory = directory;
    }

    RoleAssignment read(Call call) {
        String name = call.variable("name");
        if (!GUID.matcher(name).matches()) {
            throw ArmError.badRequest(
                    "InvalidRoleAssignmentId",
                    "The role assignment ID '" + name + "' is not valid. The role assignment ID must be a GUID.");
        }
        JsonNode properties = call.body().path("properties");
        String principalId = Json.text(properties, "principalId")
                .filter(id -> GUID.matcher(id).matches())
                .orElseThrow(() -> ArmError.badRequest(
                        "InvalidPrincipalId", "A valid principal ID must be provided for role assignment."));
        String role = role(
                call.variable("scope"),
                Json.text(properties, "roleDefinitionId").orElseThrow(RoleAssignmentRequest::malformed));
        PrincipalType type = type(principalId, Json.text(properties, "principalType"));
        Instant now = Instant.now();
        Optional<String> caller = Optional.of(call.caller().objectId());
        return new RoleAssignment(
                Scope.of(call.variable("scope")),
                name,
                role,
                principalId,
                type,
                extras(properties),
                now,
                now,
                caller,
                caller);
    }

    private String role(String scope, String roleDefinitionId) {
        return definitions
                .at(scope, roleDefinitionId.substring(roleDefinitionId.lastIndexOf('/') + 1))
                .guid();
    }

    /** Azure looks the principal up unless it is told the type; while it is young, the look-up misses it. */
    private PrincipalType type(String principalId, Optional<String> sent) {
        Optional<PrincipalType> known = directory.replicated(principalId).map(Principal::type);
        String undashed = principalId.replace("-", "");
        if (sent.isEmpty()) {
            return known.orElseThrow(() -> ArmError.badRequest(
                    "PrincipalNotFound",
                    "Principal " + undashed + " does not exist in the directory " + tenant.id()
                            + ". Check that you have the correct principal ID. If you are creating this principal and then"
                            + " immediately assigning a role, this error might be related to a replication delay. In this"
                            + " case, set the role assignment principalType property to a value, such as ServicePrincipal,"
                            + " User, or Group.  See https://aka.ms/docs-principaltype"));
        }
        PrincipalType type = PrincipalType.named(sent.get()).orElseThrow(RoleAssignmentRequest::malformed);
        known.filter(real -> real != type).ifPresent(real -> {
            // The misspelling is Azure's.
            throw ArmError.badRequest(
                    "UnmatchedPrincipalType",
                    "The PrincipalId '" + undashed + "' has type '" + real
                            + "' , which is different from specified PrinciaplType '" + type + "'.");
        });
        return type;
    }

    private static RoleAssignment.Extras extras(JsonNode properties) {
        Optional<String> condition = Json.text(properties, "condition");
        return new RoleAssignment.Extras(
                condition,
                Json.text(properties, "conditionVersion"),
                Json.text(properties, "description"),
                Json.text(properties, "delegatedManagedIdentityResourceId"));
    }

    private static ArmError malformed() {
        return ArmError.badRequest("BadRequestFormat", "The request was incorrectly formatted.");
    }
}
