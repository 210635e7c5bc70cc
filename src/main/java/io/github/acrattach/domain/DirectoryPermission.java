package io.github.acrattach.domain;

import java.util.Optional;
import java.util.UUID;

/**
 * The application permissions of Microsoft Graph that this program may need; ids:
 * learn.microsoft.com/graph/permissions-reference.
 */
public enum DirectoryPermission {
    /** To look up the service principal of a cluster. */
    READ("Application.Read.All", "9a5d68dd-52b0-4cc2-bd40-abcf44ac3a30"),
    /** To make applications, and to do what it likes with those alone. */
    OWN("Application.ReadWrite.OwnedBy", "18a4783c-866b-4cc7-a460-3d5e5662c884");

    private final String azureName;
    private final UUID appRole;

    DirectoryPermission(String azureName, String appRole) {
        this.azureName = azureName;
        this.appRole = UUID.fromString(appRole);
    }

    /** As Microsoft Graph names it, and the claim {@code roles} of a token. */
    public String azureName() {
        return azureName;
    }

    /** The command that gives it. */
    public String fix(Optional<String> caller) {
        return AzCommand.allowInDirectory(azureName, appRole, caller);
    }
}
