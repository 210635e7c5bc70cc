package io.github.acrattach.usecase;

import io.github.acrattach.concurrent.SideBySide;
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
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Takes back what was made for a cluster or registry that is gone, as far as rules may have paired it; what was made by
 * hand is found by the timer.
 */
@Singleton
record RevokeAfterDeletion(
        PairingPolicy policy,
        Clusters clusters,
        Registries registries,
        ConfirmDeletion confirmDeletion,
        FindNamesakes findNamesakes,
        RevokePullAccess revokePullAccess) {

    /** One outcome for each pair that had something; the event is a hint, so it is proven first that it is true. */
    List<Outcome> revoke(ArmId gone, Patience patience) {
        boolean isCluster = gone.isA(ArmId.CLUSTER);
        if (!(isCluster ? policy.maySelectCluster(gone) : policy.maySelectRegistry(gone))) {
            return one(new Outcome.Ignored("No rule selects " + gone + "."));
        }
        Lookup<ProvisioningState> state = patience.limit(() -> confirmDeletion.state(gone));
        Supplier<List<Outcome>> revoked = () -> isCluster ? cluster(gone, patience) : registry(gone, patience);
        return state.fold(
                there -> there == ProvisioningState.DELETING
                        ? revoked.get()
                        : one(new Outcome.Ignored(gone + " is there; it was made again, or the event is not true.")),
                revoked,
                problem -> one(new Outcome.Refused(problem)));
    }

    private List<Outcome> cluster(ArmId gone, Patience patience) {
        Listing<Registry> seen = Listing.of(policy.registrySubscriptions(gone), registries::in, patience);
        return revoked(
                gone,
                seen.items().stream()
                        .map(registry -> new Pairing(gone, registry.id()))
                        .filter(policy::mayPair)
                        .toList(),
                pairing -> revokePullAccess.revokeGone(pairing, Set.of(gone)),
                seen.troubles(),
                patience);
    }

    /** A registry's tokens and role assignments go with it; what is left are the secrets, and applications. */
    private List<Outcome> registry(ArmId gone, Patience patience) {
        Listing<Cluster> seen = Listing.of(policy.clusterSubscriptions(gone), clusters::in, patience);
        List<Pairing> pairs = seen.items().stream()
                .filter(cluster -> policy.mayPairBySecret(cluster, gone))
                .map(cluster -> new Pairing(cluster.id(), gone))
                .toList();
        Lookup<List<Registry>> namesakes =
                pairs.isEmpty() ? new Lookup.Found<>(List.of()) : patience.limit(() -> findNamesakes.of(gone));
        return revoked(
                gone,
                pairs,
                pairing -> revokePullAccess.revokeGone(pairing, Set.of(gone), same -> namesakes),
                seen.troubles(),
                patience);
    }

    private static List<Outcome> revoked(
            ArmId gone,
            List<Pairing> pairs,
            Function<Pairing, Outcome> revocation,
            List<Outcome> troubles,
            Patience patience) {
        List<Outcome> outcomes = SideBySide.each(
                pairs, (Pairing pairing) -> patience.orPostpone(pairing, () -> revocation.apply(pairing)));
        List<Outcome> all = Stream.concat(troubles.stream(), outcomes.stream())
                .filter(outcome -> !(outcome instanceof Outcome.Revoked revoked && revoked.nothing()))
                .toList();
        return all.isEmpty() ? one(nothing(gone)) : all;
    }

    private static Outcome nothing(ArmId gone) {
        return new Outcome.Ignored(
                gone + " is gone, and nothing is left of it that a rule made with what is still there."
                        + " What else is left, the timer takes back.");
    }

    private static List<Outcome> one(Outcome outcome) {
        return List.of(outcome);
    }
}
