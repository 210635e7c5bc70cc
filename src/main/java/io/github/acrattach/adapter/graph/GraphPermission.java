package io.github.acrattach.adapter.graph;

import io.github.acrattach.adapter.azure.Azure;
import io.github.acrattach.adapter.azure.Operation;
import io.github.acrattach.domain.DirectoryPermission;

/** What is asked of Microsoft Graph by which permission. */
enum GraphPermission {
    READ(DirectoryPermission.READ),
    OWN(DirectoryPermission.OWN);

    private final DirectoryPermission permission;

    GraphPermission(DirectoryPermission permission) {
        this.permission = permission;
    }

    /** What it is asked for, so that a refusal can say how to give it. */
    Operation on(String what, Azure azure) {
        return azure.operation(permission.azureName(), what, permission::fix);
    }
}
