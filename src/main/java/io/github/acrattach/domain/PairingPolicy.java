package io.github.acrattach.domain;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** All pairing rules. What no rule selects is left alone; where several rules select a pair, the first one counts. */
public record PairingPolicy(List<PairingRule> rules) {

    public PairingPolicy {
        rules = List.copyOf(rules);
    }

    /** What each rule selects, for the log of a start. */
    public List<String> inWords() {
        return rules.isEmpty()
                ? List.of("No pairing rule is set: events attach nothing.")
                : rules.stream().map(PairingRule::inWords).toList();
    }

    /** Whether any rule may select this cluster, as far as its id alone tells: if not, nothing needs to be read. */
    public boolean maySelectCluster(ArmId cluster) {
        return rules.stream().anyMatch(rule -> rule.clusters().mayMatch(cluster));
    }

    /** Whether any rule may select this registry, as far as its id alone tells. */
    public boolean maySelectRegistry(ArmId registry) {
        return rules.stream().anyMatch(rule -> rule.registries().mayMatch(registry));
    }

    /** The subscriptions in which the registries for this cluster can be. */
    public Set<UUID> registrySubscriptions(ArmId cluster) {
        return rules.stream()
                .filter(rule -> rule.clusters().mayMatch(cluster))
                .map(rule -> rule.registries().subscriptionsOr(cluster.subscription()))
                .flatMap(Collection::stream)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The subscriptions in which the clusters for this registry can be. */
    public Set<UUID> clusterSubscriptions(ArmId registry) {
        return rules.stream()
                .filter(rule -> rule.registries().mayMatch(registry))
                .map(rule -> rule.clusters().subscriptionsOr(registry.subscription()))
                .flatMap(Collection::stream)
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * The subscriptions in which the rules look for clusters; all that are seen, where a rule names none, or none is set.
     */
    public Set<UUID> clusterSides(Set<UUID> seen) {
        return sides(seen, PairingRule::clusters, PairingRule::registries);
    }

    /** The subscriptions in which the rules look for registries; all that are seen, where a rule names none, or none is set. */
    public Set<UUID> registrySides(Set<UUID> seen) {
        return sides(seen, PairingRule::registries, PairingRule::clusters);
    }

    /** A side that names none is meant to be where the other one is. */
    private Set<UUID> sides(
            Set<UUID> seen, Function<PairingRule, Selector> side, Function<PairingRule, Selector> otherSide) {
        return rules.isEmpty()
                ? seen
                : rules.stream()
                        .map(rule -> side.apply(rule)
                                .namedSubscriptionsOr(otherSide.apply(rule).namedSubscriptionsOr(seen)))
                        .flatMap(Collection::stream)
                        .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether credentials of this kind are made: the default one is, by hand, and those that rules name. */
    public boolean makes(CredentialKind kind) {
        return kind == PullSecretTerms.DEFAULT.kind()
                || rules.stream().anyMatch(rule -> rule.secret().kind() == kind);
    }

    /** Whether a rule may have made the pair, as far as the ids alone tell. */
    public boolean mayPair(Pairing pairing) {
        return rules.stream().anyMatch(rule -> rule.mayPair(pairing.cluster(), pairing.registry()));
    }

    /** Whether a rule may have let the cluster in by a pull secret, as far as the registry's id alone tells. */
    public boolean mayPairBySecret(Cluster cluster, ArmId registry) {
        return rules.stream()
                .anyMatch(rule -> rule.wantsSecret()
                        && rule.mayPair(cluster.id(), registry)
                        && rule.clusters().matches(cluster.id(), cluster.tags()));
    }

    /** The rule by which the cluster pulls from the registry, if any. */
    public Optional<PairingRule> ruleFor(Cluster cluster, Registry registry) {
        return rulesFor(cluster, registry).rules().stream().findFirst();
    }

    /** All rules that pair the two. */
    public StandingRules rulesFor(Cluster cluster, Registry registry) {
        return new StandingRules(
                Exclusion.byTag(cluster, registry).isPresent()
                        ? List.of()
                        : rules.stream()
                                .filter(rule -> rule.pairs(cluster, registry))
                                .toList());
    }

    /** Why no rule pairs the two, where one would if nobody had decided against it. */
    public Optional<Exclusion> exclusion(Cluster cluster, Registry registry) {
        return ruleFor(cluster, registry).isPresent()
                ? Optional.empty()
                : rules.stream()
                        .filter(rule -> rule.selects(cluster, registry))
                        .findFirst()
                        .flatMap(
                                rule -> Exclusion.byTag(cluster, registry).or(() -> rule.exclusion(cluster, registry)));
    }
}
