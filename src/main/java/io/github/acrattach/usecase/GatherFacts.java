package io.github.acrattach.usecase;

import io.github.acrattach.concurrent.SideBySide;
import io.github.acrattach.domain.Cluster;
import io.github.acrattach.domain.Facts;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.Pairing;
import io.github.acrattach.domain.PairingRule;
import io.github.acrattach.domain.Registry;
import io.github.acrattach.domain.RoleAssignment;
import io.github.acrattach.port.Clusters;
import io.github.acrattach.port.Directory;
import io.github.acrattach.port.Registries;
import io.github.acrattach.port.RoleAssignments;
import io.github.acrattach.port.RoleDefinitions;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

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

    /**
     * For a pair of which the ids alone are known: one round trip to ARM, a second one where the identity holds other roles
     * than the one for pulling, and a third one where a group may hold the right; what roles allow is read once an hour, which
     * may take one more.
     */
    Facts about(Pairing pairing, PairingRule.Method method) {
        return withRoles(beforeRoles(pairing, method));
    }

    /** The same before roles are read: one round trip to ARM. */
    Facts beforeRoles(Pairing pairing, PairingRule.Method method) {
        return SideBySide.three(
                () -> withPrincipal(clusters.find(pairing.cluster())),
                () -> registries.find(pairing.registry()),
                () -> roleAssignments.at(pairing.registry()),
                (seen, registry, assignments) ->
                        Facts.of(pairing, method, seen.cluster(), registry, seen.principal(), assignments));
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

    private Facts withRoles(Facts seen) {
        return new ReadRoles(roleAssignments, roleDefinitions, false).enough(seen);
    }

    /** What is read of roles where nothing is done by it. */
    ReadRoles rolesToBeTold() {
        return new ReadRoles(roleAssignments, roleDefinitions, true);
    }

    private Seen withPrincipal(Lookup<Cluster> cluster) {
        return new Seen(cluster, cluster.fold(this::principalOf, Lookup.Absent::new, problem -> new Lookup.Absent<>()));
    }

    private Lookup<UUID> principalOf(Cluster cluster) {
        return cluster.identity().fold(Lookup.Found::new, directory::objectIdOf, unknown -> new Lookup.Absent<>());
    }

    private record Seen(Lookup<Cluster> cluster, Lookup<UUID> principal) {}
}
