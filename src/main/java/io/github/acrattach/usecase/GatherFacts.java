package io.github.acrattach.usecase;

import io.github.acrattach.concurrent.SideBySide;
import io.github.acrattach.domain.Cluster;
import io.github.acrattach.domain.Facts;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.Pairing;
import io.github.acrattach.domain.PairingRule;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.PullRight;
import io.github.acrattach.domain.Registry;
import io.github.acrattach.domain.RoleAssignment;
import io.github.acrattach.domain.RoleDefinition;
import io.github.acrattach.domain.Roles;
import io.github.acrattach.port.Clusters;
import io.github.acrattach.port.Directory;
import io.github.acrattach.port.Registries;
import io.github.acrattach.port.RoleAssignments;
import io.github.acrattach.port.RoleDefinitions;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Looks: reads all that is needed to decide about a pair, in as few round trips as it takes. What roles allow, and what
 * reaches an identity through groups, is read where it matters alone.
 */
@Singleton
record GatherFacts(
        Clusters clusters,
        Registries registries,
        RoleAssignments roleAssignments,
        RoleDefinitions roleDefinitions,
        Directory directory) {

    /** Roles are changed hardly ever. */
    private static final Duration KEPT = Duration.ofHours(1);

    /** Nothing is said to be missing for a role of an hour ago. */
    private static final Duration FRESH = Duration.ofSeconds(30);

    /**
     * For a pair of which the ids alone are known: one round trip to ARM, a second one where the identity holds other roles
     * than the one for pulling, and a third one where a group may hold the right.
     */
    Facts about(Pairing pairing, PairingRule.Method method) {
        return withRoles(SideBySide.three(
                () -> withPrincipal(clusters.find(pairing.cluster())),
                () -> registries.find(pairing.registry()),
                () -> roleAssignments.at(pairing.registry()),
                (seen, registry, assignments) ->
                        Facts.of(pairing, method, seen.cluster(), registry, seen.principal(), assignments)));
    }

    /** For a pair of which the ids alone are known, and which is let in by a pull secret. */
    Facts ofSecret(Pairing pairing) {
        return SideBySide.both(
                () -> clusters.find(pairing.cluster()),
                () -> registries.find(pairing.registry()),
                (cluster, registry) -> ofSecret(pairing, cluster, registry));
    }

    private static Facts ofSecret(Pairing pairing, Lookup<Cluster> cluster, Lookup<Registry> registry) {
        return Facts.of(
                pairing, PairingRule.Method.SECRET, cluster, registry, new Lookup.Absent<>(), new Lookup.Absent<>());
    }

    /** For a pair of which both sides were read just now; a pull secret takes no more than that. */
    Facts about(
            Cluster cluster,
            Registry registry,
            PairingRule.Method method,
            Supplier<Lookup<List<RoleAssignment>>> assignmentsAtRegistry) {
        if (method == PairingRule.Method.SECRET) {
            return ofSecret(Pairing.of(cluster, registry), new Lookup.Found<>(cluster), new Lookup.Found<>(registry));
        }
        return withRoles(SideBySide.both(
                () -> withPrincipal(new Lookup.Found<>(cluster)),
                assignmentsAtRegistry,
                (seen, assignments) -> Facts.of(
                        Pairing.of(cluster, registry),
                        method,
                        seen.cluster(),
                        new Lookup.Found<>(registry),
                        seen.principal(),
                        assignments)));
    }

    /** The same pair, after another look at who the cluster is. */
    Facts again(Facts seen) {
        Seen now = withPrincipal(clusters.find(seen.pairing().cluster()));
        return seen.withIdentity(now.cluster(), now.principal());
    }

    /** The same pair, after another look at what is assigned at the registry. */
    Facts withAssignmentsOfNow(Facts seen) {
        return withRoles(seen.with(roleAssignments.at(seen.pairing().registry())));
    }

    /** The same pair, after a look at what each role allows that is assigned at the registry or above it. */
    Facts withRolesOfAll(Facts seen) {
        return read(seen, seen.assigned().map(RoleAssignment::role).collect(Collectors.toUnmodifiableSet()), KEPT);
    }

    private Facts withRoles(Facts seen) {
        if (isDecided(seen)) {
            return seen;
        }
        Facts kept = read(seen, seen.rolesOfIdentity(), KEPT);
        if (isDecided(kept)) {
            return kept;
        }
        Facts fresh = read(kept, customRoles(kept), FRESH);
        if (isDecided(fresh) || fresh.rolesOfGroups().isEmpty()) {
            return fresh;
        }
        Facts ofGroups = read(fresh, fresh.rolesOfGroups(), KEPT);
        return ofGroups.mayPullThroughGroup()
                ? ofGroups.withGroups(roleAssignments.reaching(
                        ofGroups.principal().found().orElseThrow(),
                        ofGroups.pairing().registry().toString()))
                : ofGroups;
    }

    /** Whether it is known already that it can pull, or cannot be known for other reasons. */
    private static boolean isDecided(Facts facts) {
        return facts.right().filter(right -> !(right instanceof PullRight.Held)).isEmpty();
    }

    private static Set<UUID> customRoles(Facts facts) {
        return facts.rolesOfIdentity().stream()
                .filter(id ->
                        facts.roles().find(id).filter(RoleDefinition::isCustom).isPresent())
                .collect(Collectors.toUnmodifiableSet());
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
        SideBySide.each(wanted, (UUID id) -> roleDefinitions.find(seen.pairing().registry(), id, age))
                .forEach(answer -> {
                    answer.found().ifPresent(role -> known.put(role.id(), role));
                    answer.denied().ifPresent(refusals::add);
                });
        return seen.with(new Roles(known, refusals.stream().findFirst()));
    }

    private Seen withPrincipal(Lookup<Cluster> cluster) {
        return new Seen(cluster, cluster.fold(this::principalOf, Lookup.Absent::new, problem -> new Lookup.Absent<>()));
    }

    private Lookup<UUID> principalOf(Cluster cluster) {
        return cluster.identity().fold(Lookup.Found::new, directory::objectIdOf, unknown -> new Lookup.Absent<>());
    }

    private record Seen(Lookup<Cluster> cluster, Lookup<UUID> principal) {}
}
