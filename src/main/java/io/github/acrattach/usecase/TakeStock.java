package io.github.acrattach.usecase;

import io.github.acrattach.concurrent.SideBySide;
import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.Cluster;
import io.github.acrattach.domain.CredentialKey;
import io.github.acrattach.domain.CredentialKind;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.Outcome;
import io.github.acrattach.domain.Pairing;
import io.github.acrattach.domain.PairingPolicy;
import io.github.acrattach.domain.PairingRule.Method;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.Registry;
import io.github.acrattach.domain.RoleAssignment;
import io.github.acrattach.port.Clusters;
import io.github.acrattach.port.PullCredentials;
import io.github.acrattach.port.Registries;
import io.github.acrattach.port.RoleAssignments;
import io.github.acrattach.port.Subscriptions;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Lists all clusters, registries and credentials of this program that it can see. */
@Singleton
record TakeStock(
        PairingPolicy policy,
        Subscriptions subscriptions,
        Clusters clusters,
        Registries registries,
        Issuers issuers,
        RoleAssignments roleAssignments) {

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
     * The role assignments at the registries, as they are at this moment; each trouble once. That they may not be read is no
     * trouble where no rule wants a role.
     */
    Listing<Assigned> assigned(Stock stock, Patience patience) {
        Set<ArmId> byRole = stock.ruled(policy)
                .filter(pair -> pair.rule().method() != Method.SECRET)
                .map(pair -> pair.registry().id())
                .collect(Collectors.toUnmodifiableSet());
        Listing<Assigned> all = Listing.of(
                stock.registries(),
                registry -> roleAssignments
                        .at(registry.id())
                        .fold(
                                some -> new Lookup.Found<>(List.of(new Assigned(registry, some))),
                                Lookup.Absent::new,
                                problem ->
                                        problem.kind() == Problem.Kind.MISSING_RIGHT && !byRole.contains(registry.id())
                                                ? new Lookup.Absent<>()
                                                : new Lookup.Denied<>(problem)),
                patience);
        return new Listing<>(all.items(), all.troubles().stream().distinct().toList());
    }

    /** What was listed at a registry, for as many pairs as ask; read by each where it could not be listed. */
    Supplier<Lookup<List<RoleAssignment>>> at(Registry registry, Listing<Assigned> listed) {
        return () -> listed.items().stream()
                .filter(each -> each.registry().id().equals(registry.id()))
                .findFirst()
                .<Lookup<List<RoleAssignment>>>map(each -> new Lookup.Found<>(each.all()))
                .orElseGet(() -> roleAssignments.at(registry.id()));
    }

    /**
     * What is assigned at a registry.
     *
     * @param all the role assignments at it and above it
     */
    record Assigned(Registry registry, List<RoleAssignment> all) {

        /** The pairs that this program made any of them for. */
        Stream<Pairing> pairs() {
            return all.stream()
                    .flatMap(each -> each.madeFor(registry.id()).stream())
                    .map(cluster -> new Pairing(cluster, registry.id()))
                    .distinct();
        }
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
