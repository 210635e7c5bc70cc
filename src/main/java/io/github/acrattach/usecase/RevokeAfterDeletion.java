package io.github.acrattach.usecase;

import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.Cluster;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.Outcome;
import io.github.acrattach.domain.Pairing;
import io.github.acrattach.domain.PairingPolicy;
import io.github.acrattach.domain.ProvisioningState;
import io.github.acrattach.domain.Registry;
import io.github.acrattach.port.Clusters;
import io.github.acrattach.port.Registries;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Takes back what was made for a cluster or registry that is gone, as far as rules may have paired it; what was made by
 * hand is found by the timer.
 */
@ApplicationScoped
class RevokeAfterDeletion {

    private static final int SIDE_BY_SIDE = 16;

    private final PairingPolicy policy;
    private final Clusters clusters;
    private final Registries registries;
    private final RevokePullAccess revokePullAccess;

    RevokeAfterDeletion(
            PairingSettings settings, Clusters clusters, Registries registries, RevokePullAccess revokePullAccess) {
        this.policy = settings.policy();
        this.clusters = clusters;
        this.registries = registries;
        this.revokePullAccess = revokePullAccess;
    }

    /** One outcome for each pair that had something; the event is a hint, so it is asked first whether it is true. */
    Uni<List<Outcome>> revoke(ArmId gone) {
        boolean isCluster = gone.isA(ArmId.CLUSTER);
        if (!(isCluster ? policy.maySelectCluster(gone) : policy.maySelectRegistry(gone))) {
            return one(new Outcome.Ignored("No rule selects " + gone + "."));
        }
        Patience patience = Patience.ofEvent();
        return patience.limit(
                isCluster
                        ? ifGone(
                                gone,
                                clusters.find(gone).map(answer -> answer.map(Cluster::state)),
                                () -> cluster(gone, patience))
                        : ifGone(
                                gone,
                                registries.find(gone).map(answer -> answer.map(Registry::state)),
                                () -> registry(gone, patience)));
    }

    private static Uni<List<Outcome>> ifGone(
            ArmId gone, Uni<Lookup<ProvisioningState>> state, Supplier<Uni<List<Outcome>>> then) {
        return state.flatMap(answer -> answer.fold(
                there -> there == ProvisioningState.DELETING
                        ? then.get()
                        : one(new Outcome.Ignored(gone + " is there; it was made again, or the event is not true.")),
                then,
                problem -> one(new Outcome.Refused(Optional.empty(), problem))));
    }

    private Uni<List<Outcome>> cluster(ArmId gone, Patience patience) {
        return Listing.of(policy.registrySubscriptions(gone), registries::in, patience)
                .flatMap(seen -> revoked(
                        gone,
                        seen.items().stream()
                                .map(registry -> new Pairing(gone, registry.id()))
                                .filter(policy::mayPair),
                        seen.troubles(),
                        patience));
    }

    /** A registry's tokens and role assignments go with it; what is left are the secrets, and applications. */
    private Uni<List<Outcome>> registry(ArmId gone, Patience patience) {
        return Listing.of(policy.clusterSubscriptions(gone), clusters::in, patience)
                .flatMap(seen -> revoked(
                        gone,
                        seen.items().stream()
                                .filter(cluster -> policy.mayPairBySecret(cluster, gone))
                                .map(cluster -> new Pairing(cluster.id(), gone)),
                        seen.troubles(),
                        patience));
    }

    private Uni<List<Outcome>> revoked(ArmId gone, Stream<Pairing> pairs, List<Outcome> troubles, Patience patience) {
        return Multi.createFrom()
                .items(pairs)
                .onItem()
                .transformToUni(pairing -> patience.orPostpone(revokePullAccess.revoke(pairing), Optional.of(pairing)))
                .merge(SIDE_BY_SIDE)
                .filter(outcome -> !(outcome instanceof Outcome.Revoked revoked && revoked.nothing()))
                .collect()
                .asList()
                .map(outcomes -> outcomes.isEmpty() && troubles.isEmpty()
                        ? List.<Outcome>of(nothing(gone))
                        : Stream.concat(troubles.stream(), outcomes.stream()).toList());
    }

    private static Outcome nothing(ArmId gone) {
        return new Outcome.Ignored(gone + " is gone, and nothing that a rule made is left of it.");
    }

    private static Uni<List<Outcome>> one(Outcome outcome) {
        return Uni.createFrom().item(List.of(outcome));
    }
}
