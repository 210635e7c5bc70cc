package io.github.acrattach.domain;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Forbids what roles allow; Azure makes them, for managed applications and deployment stacks, and nobody else can
 * (learn.microsoft.com/azure/role-based-access-control/deny-assignments).
 *
 * @param scope where it holds, and below
 * @param onlyThere whether it does not hold below
 * @param principals whom it hits; {@link #EVERYONE} stands for all
 * @param groups which of these are groups: who is in them is not looked for
 * @param excluded whom it spares
 */
public record DenyAssignment(
        String id,
        String name,
        String scope,
        boolean onlyThere,
        List<Permission> permissions,
        Set<UUID> principals,
        Set<UUID> groups,
        Set<UUID> excluded,
        Optional<String> createdBy,
        Optional<Instant> createdOn) {

    /** Stands for all principals of the directory. */
    public static final UUID EVERYONE = new UUID(0, 0);

    public DenyAssignment {
        permissions = List.copyOf(permissions);
        principals = Set.copyOf(principals);
        groups = Set.copyOf(groups);
        excluded = Set.copyOf(excluded);
    }

    /** Whether it certainly keeps the principal from pulling. */
    public boolean hits(UUID principal, ArmId registry, PullRole mode) {
        return (principals.contains(principal) || principals.contains(EVERYONE)) && forbids(principal, registry, mode);
    }

    /** Whether it does if the principal is in one of the groups that it names. */
    public boolean hitsAsMember(UUID principal, ArmId registry, PullRole mode) {
        return !groups.isEmpty() && !hits(principal, registry, mode) && forbids(principal, registry, mode);
    }

    private boolean forbids(UUID principal, ArmId registry, PullRole mode) {
        return (!onlyThere || registry.isSpelt(scope))
                && !excluded.contains(principal)
                && mode.isForbiddenBy(permissions);
    }
}
