package io.github.acrattach.usecase;

import io.github.acrattach.concurrent.SideBySide;
import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.Cluster;
import io.github.acrattach.domain.Identification;
import io.github.acrattach.domain.Identification.Identified;
import io.github.acrattach.domain.Identification.Unidentified;
import io.github.acrattach.domain.Identification.Untold;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.Outcome;
import io.github.acrattach.domain.PairReference;
import io.github.acrattach.domain.Pairing;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.Registry;
import io.github.acrattach.domain.RegistryHost;
import io.github.acrattach.domain.ResourceReference;
import io.github.acrattach.port.CloudUnavailable;
import io.github.acrattach.port.Clusters;
import io.github.acrattach.port.Registries;
import io.github.acrattach.port.Subscriptions;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Finds out which cluster and registry somebody means who does not name both by their ids. */
@Singleton
public record IdentifyPair(Subscriptions subscriptions, Clusters clusters, Registries registries) {

    /** What a name is good for that only one has. */
    public enum NameAlone {
        /** To look at what it stands for. */
        SUFFICES,
        /** To be told the id: nothing is changed for something that might have been meant. */
        IS_ANSWERED_WITH_ID
    }

    /** Asks Azure only where an id is missing, and never guesses among several. Never fails for what Azure answers. */
    public Identification identify(PairReference asked, NameAlone nameAlone) {
        return asked.pairing().<Identification>map(Identified::new).orElseGet(() -> search(asked, nameAlone));
    }

    private Identification search(PairReference asked, NameAlone nameAlone) {
        Patience patience = Patience.of(Patience.Limit.EVENT);
        try {
            return patience.limit(() -> {
                Listing<UUID> seen = Listing.of(subscriptions::visible, patience);
                return SideBySide.both(
                        () -> side(asked.cluster(), nameAlone, () -> clusters(asked.cluster(), seen, patience)),
                        () -> side(asked.registry(), nameAlone, () -> registries(asked.registry(), seen, patience)),
                        Side::pair);
            });
        } catch (CloudUnavailable failure) {
            return new Untold(new Outcome.Postponed(Optional.empty(), failure.problem(), failure.retryAfter()));
        }
    }

    /** What one side came to: its id, or why there is none. */
    private record Side(Optional<ArmId> id, Optional<Identification> failure) {
        static Side of(ArmId id) {
            return new Side(Optional.of(id), Optional.empty());
        }

        static Side of(Identification failure) {
            return new Side(Optional.empty(), Optional.of(failure));
        }

        static Identification pair(Side cluster, Side registry) {
            return cluster.failure
                    .or(() -> registry.failure)
                    .orElseGet(() -> new Identified(new Pairing(cluster.id.orElseThrow(), registry.id.orElseThrow())));
        }
    }

    /**
     * What a search came to.
     *
     * @param fitting what fits
     * @param near what does not fit, but has the name that the host begins with
     */
    private record Search(List<ArmId> fitting, List<ArmId> near, int subscriptions, List<Outcome> troubles) {}

    private static Side side(ResourceReference asked, NameAlone nameAlone, Supplier<Search> search) {
        return asked instanceof ResourceReference.Id known ? Side.of(known.id()) : side(asked, nameAlone, search.get());
    }

    private static Side side(ResourceReference asked, NameAlone nameAlone, Search search) {
        List<ArmId> fitting = search.fitting();
        Optional<Outcome> unanswered = search.troubles().stream()
                .filter(trouble -> trouble.postponed().isPresent())
                .findFirst();
        boolean isByName = asked instanceof ResourceReference.Name;
        if (fitting.size() > 1) {
            return Side.of(Unidentified.several(asked, fitting));
        }
        if (fitting.size() == 1 && isByName && nameAlone == NameAlone.IS_ANSWERED_WITH_ID) {
            return Side.of(Unidentified.byNameAlone(asked, fitting.get(0)));
        }
        // There is one such host in the world; of a name there may be another where nothing was answered.
        if (fitting.size() == 1 && (!isByName || unanswered.isEmpty())) {
            return Side.of(fitting.get(0));
        }
        // Where no subscription could be listed at all, nothing was searched.
        Optional<Outcome> untold = unanswered.or(() -> search.troubles().stream()
                .filter(trouble -> search.subscriptions() == 0)
                .findFirst());
        return Side.of(untold.<Identification>map(Untold::new).orElseGet(() -> none(asked, search)));
    }

    private static Identification none(ResourceReference asked, Search search) {
        List<Problem> problems = search.troubles().stream()
                .flatMap(trouble -> trouble.trouble().stream())
                .toList();
        return search.near().isEmpty()
                ? Unidentified.none(asked, search.subscriptions(), problems)
                : Unidentified.byAnotherHost(asked, search.near());
    }

    private Search clusters(ResourceReference asked, Listing<UUID> seen, Patience patience) {
        return search(
                seen,
                clusters::in,
                Cluster::id,
                cluster -> asked instanceof ResourceReference.Host host
                        ? cluster.apiServer().hosts().stream().anyMatch(host.host()::equalsIgnoreCase)
                        : cluster.id().name().equalsIgnoreCase(asked.text()),
                cluster -> false,
                patience);
    }

    private Search registries(ResourceReference asked, Listing<UUID> seen, Patience patience) {
        RegistryHost host = new RegistryHost(asked.text());
        boolean isHost = asked instanceof ResourceReference.Host;
        return search(
                seen,
                registries::in,
                Registry::id,
                registry -> isHost ? host.isOf(registry) : registry.id().name().equalsIgnoreCase(asked.text()),
                registry -> isHost && registry.id().name().equalsIgnoreCase(host.label()),
                patience);
    }

    private static <T> Search search(
            Listing<UUID> seen,
            Function<UUID, Lookup<List<T>>> list,
            Function<T, ArmId> id,
            Predicate<T> fits,
            Predicate<T> isNear,
            Patience patience) {
        Listing<T> all = Listing.of(seen.items(), list, patience);
        return new Search(
                all.items().stream().filter(fits).map(id).distinct().toList(),
                all.items().stream().filter(isNear).map(id).distinct().toList(),
                seen.items().size(),
                Stream.concat(seen.troubles().stream(), all.troubles().stream()).toList());
    }
}
