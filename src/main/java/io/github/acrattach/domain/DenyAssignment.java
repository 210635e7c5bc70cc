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
 * @param excluded whom it spares
 */
public record DenyAssignment(
        String id,
        String name,
        String scope,
        boolean onlyThere,
        List<Permission> permissions,
        Set<UUID> principals,
        Set<UUID> excluded,
        Optional<String> createdBy,
        Optional<Instant> createdOn) {

    /** Stands for all principals of the directory. */
    public static final UUID EVERYONE = new UUID(0, 0);

    public DenyAssignment {
        permissions = List.copyOf(permissions);
        principals = Set.copyOf(principals);
        excluded = Set.copyOf(excluded);
    }

    /** Whether it keeps the principal from pulling; one that names groups hits nobody, as far as can be seen. */
    public boolean hits(UUID principal, ArmId registry, PullRole mode) {
        return (!onlyThere || registry.isSpelt(scope))
                && (principals.contains(principal) || principals.contains(EVERYONE))
                && !excluded.contains(principal)
                && mode.isForbiddenBy(permissions);
    }
}
