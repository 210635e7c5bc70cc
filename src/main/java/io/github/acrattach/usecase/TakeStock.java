package io.github.acrattach.usecase;

import io.github.acrattach.domain.Cluster;
import io.github.acrattach.domain.CredentialKey;
import io.github.acrattach.domain.Outcome;
import io.github.acrattach.domain.PairingPolicy;
import io.github.acrattach.domain.Registry;
import io.github.acrattach.port.Clusters;
import io.github.acrattach.port.PullCredentials;
import io.github.acrattach.port.Registries;
import io.github.acrattach.port.Subscriptions;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Lists all clusters, registries and credentials of this program that it can see. */
@ApplicationScoped
class TakeStock {

    private final Subscriptions subscriptions;
    private final Clusters clusters;
    private final Registries registries;
    private final Issuers issuers;

    TakeStock(Subscriptions subscriptions, Clusters clusters, Registries registries, Issuers issuers) {
        this.subscriptions = subscriptions;
        this.clusters = clusters;
        this.registries = registries;
        this.issuers = issuers;
    }

    Uni<Stock> of(Patience patience) {
        return Listing.of(List.of(Optional.<UUID>empty()), none -> subscriptions.visible(), patience)
                .flatMap(seen -> Uni.combine()
                        .all()
                        .unis(
                                Listing.of(seen.items(), clusters::in, patience),
                                Listing.of(seen.items(), registries::in, patience))
                        .asTuple()
                        .flatMap(both -> credentials(both.getItem2().items(), patience)
                                .map(keys -> new Stock(
                                        both.getItem1().items(),
                                        both.getItem2().items(),
                                        keys.items(),
                                        Stream.of(
                                                        seen.troubles(),
                                                        both.getItem1().troubles(),
                                                        both.getItem2().troubles(),
                                                        keys.troubles())
                                                .flatMap(List::stream)
                                                .toList()))));
    }

    private Uni<Listing<CredentialKey>> credentials(List<Registry> atRegistries, Patience patience) {
        Uni<Listing<CredentialKey>> elsewhere =
                Listing.of(Issuers.KINDS, kind -> issuers.ask(kind, PullCredentials::elsewhere), patience);
        return Multi.createFrom()
                .iterable(Issuers.KINDS)
                .onItem()
                .transformToUniAndConcatenate(kind -> Listing.of(
                        atRegistries, registry -> issuers.ask(kind, issuer -> issuer.at(registry.id())), patience))
                .collect()
                .with(Collectors.reducing(Listing.<CredentialKey>none(), Listing::plus))
                .flatMap(kept -> elsewhere.map(kept::plus));
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
