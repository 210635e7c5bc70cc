package io.github.acrattach.usecase;

import io.github.acrattach.concurrent.SideBySide;
import io.github.acrattach.domain.Facts;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.PullRight;
import io.github.acrattach.domain.RoleAssignment;
import io.github.acrattach.domain.RoleDefinition;
import io.github.acrattach.domain.Roles;
import io.github.acrattach.port.CloudUnavailable;
import io.github.acrattach.port.RoleAssignments;
import io.github.acrattach.port.RoleDefinitions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Looks at what the roles of a pair allow, and at what reaches the identity through groups, where it matters.
 *
 * @param isToBeTold whether nothing is done by it: what cannot be had just now is unknown then, and waited for by nobody
 */
record ReadRoles(RoleAssignments roleAssignments, RoleDefinitions roleDefinitions, boolean isToBeTold) {

    /** Roles are changed hardly ever. */
    private static final Duration KEPT = Duration.ofHours(1);

    /** Nothing is said to be missing for a role of an hour ago. */
    private static final Duration FRESH = Duration.ofSeconds(30);

    /** Three such looks, one after the other, leave the rest of what is told its time. */
    private static final Duration EXPLAINING = Duration.ofSeconds(7);

    /** By which it is decided what to do, with as few requests as it takes: none where the identity holds the pull role. */
    Facts enough(Facts seen) {
        if (isDecided(seen)) {
            return seen;
        }
        Facts held = read(seen, seen.rolesOfIdentity(), KEPT);
        return isDecided(held) ? held : rest(read(held, held.rolesOfGroups(), KEPT));
    }

    /** All roles of the identity, and where none does those of groups: one round trip. */
    Facts held(Facts seen) {
        if (seen.right().isEmpty()) {
            return seen;
        }
        return read(
                seen,
                isDecided(seen) ? seen.rolesOfIdentity() : and(seen.rolesOfIdentity(), seen.rolesOfGroups()),
                KEPT);
    }

    /**
     * What is looked at before it is said that the right is missing: one round trip, and another one where a role of a group
     * has come to let pull since it was kept.
     */
    Facts rest(Facts held) {
        return SideBySide.both(
                () -> read(held, customRoles(held), FRESH),
                () -> throughGroups(held),
                (Facts fresh, Optional<Lookup<List<RoleAssignment>>> groups) -> groups.or(() -> throughGroups(fresh))
                        .map(fresh::withGroups)
                        .orElse(fresh));
    }

    /** What each role allows that is assigned at the registry or above it. */
    Facts ofAll(Facts seen) {
        return read(seen, seen.assigned().map(RoleAssignment::role).collect(Collectors.toUnmodifiableSet()), KEPT);
    }

    private Optional<Lookup<List<RoleAssignment>>> throughGroups(Facts seen) {
        return seen.mayPullThroughGroup()
                ? Optional.of(asked(() -> roleAssignments.reaching(
                        seen.principal().found().orElseThrow(),
                        seen.pairing().registry().toString())))
                : Optional.empty();
    }

    /** Whether it is known already that it can pull, or cannot be known for other reasons. */
    private static boolean isDecided(Facts facts) {
        return facts.right().filter(right -> !(right instanceof PullRight.Held)).isEmpty();
    }

    private static Set<UUID> customRoles(Facts facts) {
        return and(facts.rolesOfIdentity(), facts.rolesOfGroups()).stream()
                .filter(id ->
                        facts.roles().find(id).filter(RoleDefinition::isCustom).isPresent())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Set<UUID> and(Set<UUID> some, Set<UUID> others) {
        Set<UUID> all = new HashSet<>(some);
        all.addAll(others);
        return all;
    }

    /** The two pull roles need not be read. */
    private Facts read(Facts seen, Set<UUID> ids, Duration age) {
        List<UUID> wanted = ids.stream()
                .filter(id ->
                        seen.roles().find(id).filter(role -> !role.isCustom()).isEmpty())
                .toList();
        Map<UUID, RoleDefinition> known = new HashMap<>(seen.roles().known());
        List<Problem> refusals =
                new ArrayList<>(seen.roles().unreadable().stream().toList());
        SideBySide.each(
                        wanted,
                        (UUID id) ->
                                asked(() -> roleDefinitions.find(seen.pairing().registry(), id, age)))
                .forEach(answer -> {
                    answer.found().ifPresent(role -> known.put(role.id(), role));
                    answer.denied().ifPresent(refusals::add);
                });
        return seen.with(new Roles(known, refusals.stream().findFirst()));
    }

    private <T> Lookup<T> asked(Supplier<Lookup<T>> question) {
        return isToBeTold ? readable(question) : question.get();
    }

    /** What only explains is unknown where Azure gives no answer, and keeps nothing else from being told. */
    static <T> Lookup<T> readable(Supplier<Lookup<T>> look) {
        try {
            return Patience.of(EXPLAINING).limit(look);
        } catch (CloudUnavailable failure) {
            return new Lookup.Denied<>(failure.problem());
        }
    }
}
