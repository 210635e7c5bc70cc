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
 * @param groups those among the two that are groups: who is in them is not known here
 */
public record DenyAssignment(
        String id,
        String name,
        String scope,
        boolean onlyThere,
        List<Permission> permissions,
        Set<UUID> principals,
        Set<UUID> excluded,
        Set<UUID> groups,
        Optional<String> createdBy,
        Optional<Instant> createdOn) {

    /** Stands for all principals of the directory. */
    public static final UUID EVERYONE = new UUID(0, 0);

    public DenyAssignment {
        permissions = List.copyOf(permissions);
        principals = Set.copyOf(principals);
        excluded = Set.copyOf(excluded);
        groups = Set.copyOf(groups);
    }

    /** Whether it keeps the principal from pulling, or may: that depends on who is in a group that it names. */
    public boolean mayHit(UUID principal, ArmId registry, PullRole mode) {
        return (!onlyThere || registry.isSpelt(scope))
                && (isNamed(principal) || principals.stream().anyMatch(groups::contains))
                && !excluded.contains(principal)
                && mode.isForbiddenBy(permissions);
    }

    /** Whether it certainly keeps the principal from pulling. */
    public boolean hits(UUID principal, ArmId registry, PullRole mode) {
        return mayHit(principal, registry, mode)
                && isNamed(principal)
                && excluded.stream().noneMatch(groups::contains);
    }

    private boolean isNamed(UUID principal) {
        return principals.contains(principal) || principals.contains(EVERYONE);
    }
}
