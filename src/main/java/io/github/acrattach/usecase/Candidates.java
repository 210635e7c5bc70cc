package io.github.acrattach.usecase;

import io.github.acrattach.domain.Cluster;
import io.github.acrattach.domain.Exclusion;
import io.github.acrattach.domain.Outcome;
import io.github.acrattach.domain.Pairing;
import io.github.acrattach.domain.PairingPolicy;
import io.github.acrattach.domain.Registry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What rules make of the clusters and registries that a change concerns.
 *
 * @param excluded the pairs that a rule would make, by what keeps them apart
 */
record Candidates(List<Pair> pairs, Map<Exclusion, List<Pairing>> excluded) {

    static Candidates of(List<Cluster> clusters, List<Registry> registries, PairingPolicy policy) {
        Map<Exclusion, List<Pairing>> excluded = new LinkedHashMap<>();
        clusters.forEach(cluster -> registries.forEach(registry -> policy.exclusion(cluster, registry)
                .ifPresent(exclusion -> excluded.computeIfAbsent(exclusion, none -> new ArrayList<>())
                        .add(Pairing.of(cluster, registry)))));
        return new Candidates(Pair.all(clusters, registries, policy).distinct().toList(), excluded);
    }

    boolean isEmpty() {
        return pairs.isEmpty() && excluded.isEmpty();
    }

    /** One outcome for each reason, however many pairs it keeps apart. */
    List<Outcome> exclusions() {
        return excluded.entrySet().stream()
                .<Outcome>map(each -> new Outcome.Ignored(each.getKey().reason(each.getValue())))
                .toList();
    }
}
