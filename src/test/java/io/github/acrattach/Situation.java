package io.github.acrattach;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * A cluster and a registry as something stands between them or not, and what is to be said of them.
 *
 * @param first the code of the first cause; empty where nothing is in the way
 * @param failing the codes of all checks that fail, and of no other
 * @param others the codes of all checks that do not fail and have one
 * @param pulls whether the registry lets a node in; empty where that is not for the registry to say
 */
record Situation(
        String name,
        Consumer<SituationWorld> planting,
        String cluster,
        String registry,
        Optional<String> image,
        String verdict,
        Optional<String> first,
        Set<String> failing,
        Set<String> others,
        Optional<Boolean> pulls) {

    /** Of aks-shop and acrshop, until it is said otherwise. */
    static Situation of(String name, Consumer<SituationWorld> planting) {
        return new Situation(
                name,
                planting,
                Estates.cluster("aks-shop"),
                Estates.registry("acrshop"),
                Optional.empty(),
                "",
                Optional.empty(),
                Set.of(),
                Set.of(),
                Optional.empty());
    }

    Situation effective() {
        return judged("effective", Optional.empty(), Optional.of(true));
    }

    /** It pulls, and this is to be told first all the same. */
    Situation effective(String code) {
        return judged("effective", Optional.of(code), Optional.of(true)).noted(code);
    }

    Situation granted(String code) {
        return judged("granted", Optional.of(code), Optional.of(true)).noted(code);
    }

    Situation conditional(String code) {
        return judged("conditional", Optional.of(code), Optional.empty()).noted(code);
    }

    Situation unknown(String code) {
        return judged("unknown", Optional.of(code), Optional.empty()).noted(code);
    }

    Situation missing(String code) {
        return judged("missing", Optional.of(code), Optional.of(false)).failing(code);
    }

    /** By something that the registry sees. */
    Situation blocked(String code) {
        return judged("blocked", Optional.of(code), Optional.of(false)).failing(code);
    }

    private Situation judged(String word, Optional<String> code, Optional<Boolean> letsIn) {
        return new Situation(name, planting, cluster, registry, image, word, code, failing, others, letsIn);
    }

    /** These fail as well. */
    Situation failing(String... codes) {
        return new Situation(
                name, planting, cluster, registry, image, verdict, first, and(failing, codes), others, pulls);
    }

    /** These are told as well. */
    Situation noted(String... codes) {
        return new Situation(
                name, planting, cluster, registry, image, verdict, first, failing, and(others, codes), pulls);
    }

    /** What keeps it from pulling is nothing that a registry sees, or no pull by a role. */
    Situation unseenByTheRegistry() {
        return new Situation(
                name, planting, cluster, registry, image, verdict, first, failing, others, Optional.empty());
    }

    Situation ofImage(String reference) {
        return new Situation(
                name, planting, cluster, registry, Optional.of(reference), verdict, first, failing, others, pulls);
    }

    /** Of the registry in ABAC mode. */
    Situation inAbacMode() {
        return between(cluster, Estates.registry("acrdata"));
    }

    /** Of the cluster that pulls as a service principal. */
    Situation ofServicePrincipal() {
        return between(Estates.cluster("aks-legacy"), registry);
    }

    /** Asked for by these ids, as they are spelt. */
    Situation between(String clusterAsked, String registryAsked) {
        return new Situation(
                name, planting, clusterAsked, registryAsked, image, verdict, first, failing, others, pulls);
    }

    private static Set<String> and(Set<String> codes, String... more) {
        Set<String> all = new TreeSet<>(codes);
        all.addAll(Set.of(more));
        return all;
    }

    @Override
    public String toString() {
        return name;
    }
}
