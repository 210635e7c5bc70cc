package io.github.acrattach.usecase;

import io.github.acrattach.domain.Cluster;
import io.github.acrattach.domain.Outcome;
import io.github.acrattach.domain.Pairing;
import io.github.acrattach.domain.PairingPolicy;
import io.github.acrattach.domain.PullIdentity;
import io.github.acrattach.port.Clusters;
import io.github.acrattach.port.Directory;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Clusters that pull with the same identity share its role assignments: what is one's last is another's only one. */
@ApplicationScoped
class SharedIdentities {

    private final PairingPolicy policy;
    private final Clusters clusters;
    private final Directory directory;

    SharedIdentities(PairingSettings settings, Clusters clusters, Directory directory) {
        this.policy = settings.policy();
        this.clusters = clusters;
        this.directory = directory;
    }

    /** Why somebody else still needs the identity's role at the registry, as part of a sentence; empty when nobody does. */
    Uni<Optional<String>> alsoOf(UUID principal, Pairing pairing) {
        Set<UUID> places = new HashSet<>(policy.clusterSubscriptions(pairing.registry()));
        places.add(pairing.cluster().subscription());
        return Listing.of(places, clusters::in, Patience.ofEvent()).flatMap(seen -> seen.troubles().stream()
                .findFirst()
                .map(trouble -> Uni.createFrom().item(Optional.of(unsure(trouble))))
                .orElseGet(() -> first(
                        principal,
                        seen.items().stream()
                                .filter(cluster -> !cluster.id().equals(pairing.cluster()))
                                .toList())));
    }

    private Uni<Optional<String>> first(UUID principal, List<Cluster> others) {
        return Multi.createFrom()
                .iterable(others)
                .onItem()
                .transformToUniAndConcatenate(cluster -> pullsWith(cluster, principal))
                .filter(Optional::isPresent)
                .toUni()
                .map(first -> first == null ? Optional.empty() : first);
    }

    private Uni<Optional<String>> pullsWith(Cluster cluster, UUID principal) {
        String answer = cluster.id() + " pulls with the same identity";
        if (cluster.identity() instanceof PullIdentity.Kubelet kubelet) {
            return Uni.createFrom()
                    .item(Optional.of(answer).filter(same -> kubelet.objectId().equals(principal)));
        }
        return cluster.identity() instanceof PullIdentity.ServicePrincipal application
                ? directory
                        .objectIdOf(application.clientId())
                        .map(found -> found.fold(
                                objectId -> Optional.of(answer).filter(same -> objectId.equals(principal)),
                                Optional::empty,
                                problem -> Optional.of("it cannot be told whether " + cluster.id()
                                        + " pulls with the same identity: " + problem.cause())))
                : Uni.createFrom().item(Optional.empty());
    }

    private static String unsure(Outcome trouble) {
        String cause = trouble instanceof Outcome.Refused refused
                ? refused.problem().cause()
                : ((Outcome.Postponed) trouble).problem().cause();
        return "it cannot be told who else pulls with the same identity: " + cause;
    }
}
