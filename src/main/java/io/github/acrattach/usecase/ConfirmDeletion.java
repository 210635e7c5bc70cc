package io.github.acrattach.usecase;

import io.github.acrattach.concurrent.SideBySide;
import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.Cluster;
import io.github.acrattach.domain.Facts;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.ProvisioningState;
import io.github.acrattach.domain.Registry;
import io.github.acrattach.port.CloudUnavailable;
import io.github.acrattach.port.Clusters;
import io.github.acrattach.port.Registries;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Proves that what was not found is gone, before anything is taken back for it: it is looked for again, and the list of its
 * subscription must not hold it. A list that is refused makes a refusal; one that differs from the looks is a reason to come
 * back later.
 */
@Singleton
record ConfirmDeletion(Clusters clusters, Registries registries) {

    /** How the cluster or registry stands; absent only when it is proven to be gone. */
    Lookup<ProvisioningState> state(ArmId id) {
        return id.isA(ArmId.CLUSTER)
                ? cluster(id, clusters.find(id)).map(Cluster::state)
                : registry(id, registries.find(id)).map(Registry::state);
    }

    /**
     * What was seen of a pair, in which a side is absent only when it is proven to be gone.
     *
     * @param proven what was proven to be gone before
     */
    Facts of(Facts seen, Set<ArmId> proven) {
        ArmId cluster = seen.pairing().cluster();
        ArmId registry = seen.pairing().registry();
        return seen.with(
                proven.contains(cluster) ? seen.cluster() : cluster(cluster, seen.cluster()),
                proven.contains(registry) ? seen.registry() : registry(registry, seen.registry()));
    }

    /** It was found, and then it was not: whether it is gone is for the next look to tell. */
    static CloudUnavailable vanished(ArmId id) {
        return contradiction(id, "Azure found " + id.name() + ", and a moment later did not.");
    }

    /** Whether what was seen still holds is for the next look to tell. */
    static CloudUnavailable contradiction(ArmId id, String cause) {
        return new CloudUnavailable(
                Problem.of(Problem.Kind.UNAVAILABLE, cause, id, Problem.WAITING_HELPS), Optional.empty());
    }

    private Lookup<Cluster> cluster(ArmId id, Lookup<Cluster> seen) {
        return confirmed(
                id, seen, () -> clusters.find(id), () -> listed(id, clusters::in, Cluster::id, Cluster::state));
    }

    private Lookup<Registry> registry(ArmId id, Lookup<Registry> seen) {
        return confirmed(
                id, seen, () -> registries.find(id), () -> listed(id, registries::in, Registry::id, Registry::state));
    }

    private static <T> Lookup<T> confirmed(
            ArmId id, Lookup<T> seen, Supplier<Lookup<T>> find, Supplier<Lookup<Boolean>> listed) {
        return seen instanceof Lookup.Absent
                ? SideBySide.both(
                        find,
                        listed,
                        (again, isListed) ->
                                again instanceof Lookup.Absent ? isListed.flatMap(there -> unlisted(id, there)) : again)
                : seen;
    }

    private static <T> Lookup<T> unlisted(ArmId id, boolean listed) {
        if (listed) {
            throw contradiction(
                    id,
                    "Azure does not find " + id.name() + ", but lists it. Nothing is taken back for it before the two"
                            + " agree.");
        }
        return new Lookup.Absent<>();
    }

    /** One that is listed on its way out does not contradict. */
    private static <T> Lookup<Boolean> listed(
            ArmId id,
            Function<UUID, Lookup<List<T>>> list,
            Function<T, ArmId> ids,
            Function<T, ProvisioningState> states) {
        return list.apply(id.subscription()).map(all -> all.stream()
                .filter(each -> ids.apply(each).equals(id))
                .anyMatch(each -> states.apply(each) != ProvisioningState.DELETING));
    }
}
