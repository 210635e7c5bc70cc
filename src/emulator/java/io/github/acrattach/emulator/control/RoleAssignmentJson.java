package io.github.acrattach.emulator.control;

import io.github.acrattach.emulator.estate.Grant;
import io.github.acrattach.emulator.estate.PrincipalType;
import io.github.acrattach.emulator.estate.Tenant;
import java.util.Set;

/** Role assignments of others as JSON, with ARM's names for what ARM has. */
final class RoleAssignmentJson {
    private RoleAssignmentJson() {}

    static Grant read(Fields fields) {
        fields.allow(Set.of(
                "name",
                "scope",
                "principalId",
                "principalType",
                "role",
                "condition",
                "description",
                "createdBy",
                "updatedBy",
                "createdOn",
                "updatedOn"));
        return new Grant(
                fields.text("name"),
                fields.required("scope"),
                fields.required("principalId"),
                fields.text("principalType").map(RoleAssignmentJson::type),
                fields.required("role"),
                fields.text("condition"),
                fields.text("description"),
                fields.text("createdBy").orElse(Tenant.ADMINISTRATOR),
                fields.text("updatedBy"),
                fields.instant("createdOn"),
                fields.instant("updatedOn"));
    }

    private static PrincipalType type(String name) {
        return PrincipalType.named(name)
                .orElseThrow(() -> new BadInput("principalType", "must be a type of Azure's, not " + name));
    }
}
