package io.github.acrattach.domain.access;

import io.github.acrattach.domain.Cluster;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.Pairing;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The tenants of Entra ID that a pair lives in, as far as they are known. A role reaches the identities of the tenant of its
 * scope alone.
 *
 * @param asked that of this program, whose directory it asks
 */
public record PairTenants(Optional<UUID> ofCluster, Optional<UUID> ofRegistry, Optional<UUID> asked) {

    /** Nothing is known of them. */
    public static final PairTenants UNKNOWN = new PairTenants(Optional.empty(), Optional.empty(), Optional.empty());

    /** A managed identity lives where ARM says, or else in the tenant of its subscription, as everything there does. */
    public static PairTenants of(
            Pairing pairing, Lookup<Cluster> cluster, Lookup<Map<UUID, UUID>> bySubscription, Optional<UUID> asked) {
        Map<UUID, UUID> known = bySubscription.found().orElse(Map.of());
        return new PairTenants(
                cluster.found()
                        .flatMap(Cluster::tenant)
                        .or(() ->
                                Optional.ofNullable(known.get(pairing.cluster().subscription()))),
                Optional.ofNullable(known.get(pairing.registry().subscription())),
                asked);
    }

    /** Whether cluster and registry certainly live apart. */
    boolean areApart() {
        return differ(ofCluster, ofRegistry);
    }

    /** Whether the directory that is asked is certainly not that of the registry. */
    boolean isAskedElsewhere() {
        return differ(asked, ofRegistry);
    }

    private static boolean differ(Optional<UUID> one, Optional<UUID> other) {
        return one.isPresent() && other.isPresent() && !one.equals(other);
    }
}
