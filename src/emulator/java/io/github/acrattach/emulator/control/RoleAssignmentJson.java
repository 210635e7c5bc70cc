package io.github.acrattach.emulator.control;

import io.github.acrattach.emulator.estate.Grant;
import io.github.acrattach.emulator.estate.Tenant;
import java.util.Set;

/** Role assignments of others as JSON, with ARM's names for what ARM has. */
final class RoleAssignmentJson {
    private RoleAssignmentJson() {}

    static Grant read(Fields fields) {
        fields.allow(Set.of("name", "scope", "principalId", "role", "condition", "description", "createdBy"));
        return new Grant(
                fields.text("name"),
                fields.required("scope"),
                fields.required("principalId"),
                fields.required("role"),
                fields.text("condition"),
                fields.text("description"),
                fields.text("createdBy").orElse(Tenant.ADMINISTRATOR));
    }
}
