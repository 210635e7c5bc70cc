package io.github.acrattach.adapter.graph;

import io.github.acrattach.adapter.azure.Azure;
import io.github.acrattach.adapter.azure.Operation;
import io.github.acrattach.domain.AzCommand;
import java.util.UUID;

/**
 * The application permissions of Microsoft Graph that this program may need; ids:
 * learn.microsoft.com/graph/permissions-reference.
 */
enum GraphPermission {
    /** To look up the service principal of a cluster. */
    READ("Application.Read.All", "9a5d68dd-52b0-4cc2-bd40-abcf44ac3a30"),
    /** To make applications, and to do what it likes with those alone. */
    OWN("Application.ReadWrite.OwnedBy", "18a4783c-866b-4cc7-a460-3d5e5662c884");

    private final String azureName;
    private final UUID appRole;

    GraphPermission(String azureName, String appRole) {
        this.azureName = azureName;
        this.appRole = UUID.fromString(appRole);
    }

    /** What it is asked for, so that a refusal can say how to give it. */
    Operation on(String what, Azure azure) {
        return azure.operation(azureName, what, caller -> AzCommand.allowInDirectory(azureName, appRole, caller));
    }
}
