package io.github.acrattach.domain;

import java.util.List;
import java.util.UUID;

/**
 * A role, built-in or custom, and what it allows.
 *
 * @param name as people know it
 * @param isCustom whether somebody made it, who may change it
 */
public record RoleDefinition(UUID id, String name, boolean isCustom, List<Permission> permissions) {

    public RoleDefinition {
        permissions = List.copyOf(permissions);
    }

    boolean allows(String action) {
        return permissions.stream().anyMatch(permission -> permission.allows(action));
    }

    boolean allowsOnData(String dataAction) {
        return permissions.stream().anyMatch(permission -> permission.allowsOnData(dataAction));
    }
}
