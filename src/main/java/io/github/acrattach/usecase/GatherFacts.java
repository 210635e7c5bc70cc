package io.github.acrattach.usecase;

import io.github.acrattach.domain.Cluster;
import io.github.acrattach.domain.Facts;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.Pairing;
import io.github.acrattach.domain.PairingRule;
import io.github.acrattach.domain.PullIdentity;
import io.github.acrattach.domain.Registry;
import io.github.acrattach.domain.RoleAssignment;
import io.github.acrattach.port.Clusters;
import io.github.acrattach.port.Directory;
import io.github.acrattach.port.Registries;
import io.github.acrattach.port.RoleAssignments;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Looks: reads all that is needed to decide about a pair, in as few round trips as it takes. */
@ApplicationScoped
class GatherFacts {

    private final Clusters clusters;
    private final Registries registries;
    private final RoleAssignments roleAssignments;
    private final Directory directory;

    GatherFacts(Clusters clusters, Registries registries, RoleAssignments roleAssignments, Directory directory) {
        this.clusters = clusters;
        this.registries = registries;
        this.roleAssignments = roleAssignments;
        this.directory = directory;
    }

    /** For a pair of which the ids alone are known: one round trip to ARM. */
    Uni<Facts> about(Pairing pairing, PairingRule.Method method) {
        return Uni.combine()
                .all()
                .unis(
                        clusters.find(pairing.cluster()).flatMap(this::withPrincipal),
                        registries.find(pairing.registry()),
                        roleAssignments.at(pairing.registry()))
                .with((seen, registry, assignments) -> new Facts(
                        pairing, method, seen.cluster(), registry, seen.principal(), assignments, Optional.empty()));
    }

    /** For a pair of which the ids alone are known, and which is let in by a pull secret. */
    Uni<Facts> ofSecret(Pairing pairing) {
        return Uni.combine()
                .all()
                .unis(clusters.find(pairing.cluster()), registries.find(pairing.registry()))
                .with((cluster, registry) -> ofSecret(pairing, cluster, registry));
    }

    private static Facts ofSecret(Pairing pairing, Lookup<Cluster> cluster, Lookup<Registry> registry) {
        return new Facts(
                pairing,
                PairingRule.Method.SECRET,
                cluster,
                registry,
                new Lookup.Absent<>(),
                new Lookup.Absent<>(),
                Optional.empty());
    }

    /** For a pair of which both sides were read just now; a pull secret takes no more than that. */
    Uni<Facts> about(
            Cluster cluster,
            Registry registry,
            PairingRule.Method method,
            Uni<Lookup<List<RoleAssignment>>> assignmentsAtRegistry) {
        if (method == PairingRule.Method.SECRET) {
            return Uni.createFrom()
                    .item(ofSecret(
                            Pairing.of(cluster, registry), new Lookup.Found<>(cluster), new Lookup.Found<>(registry)));
        }
        return Uni.combine()
                .all()
                .unis(withPrincipal(new Lookup.Found<>(cluster)), assignmentsAtRegistry)
                .with((seen, assignments) -> new Facts(
                        Pairing.of(cluster, registry),
                        method,
                        seen.cluster(),
                        new Lookup.Found<>(registry),
                        seen.principal(),
                        assignments,
                        Optional.empty()));
    }

    private Uni<Seen> withPrincipal(Lookup<Cluster> cluster) {
        return cluster.fold(this::principalOf, this::nobody, problem -> nobody())
                .map(principal -> new Seen(cluster, principal));
    }

    private Uni<Lookup<UUID>> principalOf(Cluster cluster) {
        if (cluster.identity() instanceof PullIdentity.Kubelet kubelet) {
            return Uni.createFrom().item(new Lookup.Found<>(kubelet.objectId()));
        }
        return cluster.identity() instanceof PullIdentity.ServicePrincipal principal
                ? directory.objectIdOf(principal.clientId())
                : nobody();
    }

    private Uni<Lookup<UUID>> nobody() {
        return Uni.createFrom().item(new Lookup.Absent<>());
    }

    private record Seen(Lookup<Cluster> cluster, Lookup<UUID> principal) {}
}
