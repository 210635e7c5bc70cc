package io.github.acrattach.usecase;

import io.github.acrattach.concurrent.SideBySide;
import io.github.acrattach.domain.Cluster;
import io.github.acrattach.domain.CredentialKey;
import io.github.acrattach.domain.CredentialKind;
import io.github.acrattach.domain.Outcome;
import io.github.acrattach.domain.PairingPolicy;
import io.github.acrattach.domain.Registry;
import io.github.acrattach.port.Clusters;
import io.github.acrattach.port.PullCredentials;
import io.github.acrattach.port.Registries;
import io.github.acrattach.port.Subscriptions;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** Lists all clusters, registries and credentials of this program that it can see. */
@Singleton
record TakeStock(Subscriptions subscriptions, Clusters clusters, Registries registries, Issuers issuers) {

    Stock of(Patience patience) {
        Listing<UUID> seen = Listing.of(subscriptions::visible, patience);
        return SideBySide.both(
                () -> Listing.of(seen.items(), clusters::in, patience),
                () -> Listing.of(seen.items(), registries::in, patience),
                (ofClusters, ofRegistries) -> {
                    Listing<CredentialKey> keys = credentials(ofRegistries.items(), patience);
                    return new Stock(
                            ofClusters.items(),
                            ofRegistries.items(),
                            keys.items(),
                            Stream.of(seen.troubles(), ofClusters.troubles(), ofRegistries.troubles(), keys.troubles())
                                    .flatMap(List::stream)
                                    .toList());
                });
    }

    private Listing<CredentialKey> credentials(List<Registry> atRegistries, Patience patience) {
        Listing<CredentialKey> all = Listing.none();
        for (CredentialKind kind : Issuers.KINDS) {
            all = all.plus(Listing.of(
                    atRegistries, registry -> issuers.ask(kind, issuer -> issuer.at(registry.id())), patience));
        }
        return all.plus(Listing.of(Issuers.KINDS, kind -> issuers.ask(kind, PullCredentials::elsewhere), patience));
    }

    /**
     * What there is.
     *
     * @param troubles what could not be listed, and why
     */
    record Stock(
            List<Cluster> clusters,
            List<Registry> registries,
            List<CredentialKey> credentials,
            List<Outcome> troubles) {

        /** The pairs that rules make. */
        Stream<Pair> ruled(PairingPolicy policy) {
            return Pair.all(clusters, registries, policy);
        }
    }
}
