package io.github.acrattach.usecase;

import io.github.acrattach.domain.Cluster;
import io.github.acrattach.domain.Pairing;
import io.github.acrattach.domain.PairingPolicy;
import io.github.acrattach.domain.PairingRule;
import io.github.acrattach.domain.Registry;
import java.util.List;
import java.util.stream.Stream;

/** A cluster and a registry as they were read, and the rule that pairs them. */
record Pair(Cluster cluster, Registry registry, PairingRule rule) {

    static Stream<Pair> all(List<Cluster> clusters, List<Registry> registries, PairingPolicy policy) {
        return clusters.stream().flatMap(cluster -> registries.stream()
                .flatMap(registry ->
                        policy.ruleFor(cluster, registry).map(rule -> new Pair(cluster, registry, rule)).stream()));
    }

    Pairing pairing() {
        return Pairing.of(cluster, registry);
    }
}
