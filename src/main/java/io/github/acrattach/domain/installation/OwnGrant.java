package io.github.acrattach.domain.installation;

import io.github.acrattach.domain.Permission;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A role that this program holds.
 *
 * @param id of the role assignment
 * @param scope where it holds, and below
 * @param condition what bounds it, if anything
 * @param principal who holds it: this program, or a group that it is in
 */
public record OwnGrant(
        String id,
        String scope,
        String role,
        List<Permission> permissions,
        Optional<String> condition,
        Optional<UUID> principal) {

    public OwnGrant {
        permissions = List.copyOf(permissions);
    }

    boolean allows(String action) {
        return permissions.stream().anyMatch(permission -> permission.allows(action));
    }

    /** Whether it lets any role be given to anybody. */
    boolean isUnbounded() {
        return allows(Right.ASSIGN_ROLES.action()) && condition.isEmpty();
    }

    /** Whether its condition is not seen to bound it to the two pull roles. */
    boolean isDoubtful() {
        return condition
                .filter(text -> !new GrantCondition(text).boundsToPullRoles())
                .isPresent();
    }
}
