package io.github.acrattach.domain;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which clusters pull from which registries, and by which way.
 *
 * @param name how logs and answers call it
 * @param joinOnTags tags that both sides must carry with the same value
 * @param secret how a pull secret is made, where one is
 * @param exclusions what it leaves out although it selects it
 * @throws IllegalArgumentException when a pattern can match no cluster, no registry or no tag; the message says which
 */
public record PairingRule(
        String name,
        Selector clusters,
        Selector registries,
        List<String> joinOnTags,
        Method method,
        PullSecretTerms secret,
        Exclusions exclusions) {

    /** One that leaves out nothing. */
    public PairingRule(
            String name,
            Selector clusters,
            Selector registries,
            List<String> joinOnTags,
            Method method,
            PullSecretTerms secret) {
        this(name, clusters, registries, joinOnTags, method, secret, Exclusions.NONE);
    }

    public PairingRule {
        clusters = clusters.of(Naming.CLUSTER);
        registries = registries.of(Naming.REGISTRY);
        joinOnTags = joinOnTags.stream().map(Naming.TAG::pattern).toList();
    }

    /** What it selects, and what it makes, for the log of a start. */
    String inWords() {
        return "Rule " + name + ": clusters " + clusters.inWords("registry") + ", pull from registries "
                + registries.inWords("cluster")
                + (joinOnTags.isEmpty()
                        ? ""
                        : ", where both have the same value of the tag " + String.join(" and ", joinOnTags))
                + exclusions
                + ", by "
                + switch (method) {
                    case ROLE -> "a role.";
                    case SECRET -> secret.inWords() + '.';
                    case AUTO -> "a role, or where that is refused by " + secret.inWords() + '.';
                };
    }

    /** The way in which a cluster is let in. */
    public enum Method {
        /** A role assignment for the identity that the cluster pulls with. */
        ROLE,
        /** A pull secret in the cluster. */
        SECRET,
        /** A role assignment, or a pull secret where the role is refused. */
        AUTO
    }

    /** Whether it lets clusters in by a pull secret, at once or where the role is refused. */
    public boolean wantsSecret() {
        return method != Method.ROLE;
    }

    /** As far as the ids alone tell; the subscriptions that a side leaves out are that of the other side. */
    boolean mayPair(ArmId cluster, ArmId registry) {
        return clusters.mayMatch(cluster)
                && registries.mayMatch(registry)
                && clusters.subscriptionsOr(registry.subscription()).contains(cluster.subscription())
                && registries.subscriptionsOr(cluster.subscription()).contains(registry.subscription());
    }

    boolean pairs(Cluster cluster, Registry registry) {
        return selects(cluster, registry) && exclusion(cluster, registry).isEmpty();
    }

    /** What keeps two that it selects out of it. */
    Optional<Exclusion> exclusion(Cluster cluster, Registry registry) {
        return exclusions.of(name, cluster, registry);
    }

    boolean selects(Cluster cluster, Registry registry) {
        return mayPair(cluster.id(), registry.id())
                && clusters.matches(cluster.id(), cluster.tags())
                && registries.matches(registry.id(), registry.tags())
                && joinOnTags.stream().allMatch(tag -> sameValue(cluster.tags(), registry.tags(), tag));
    }

    private static boolean sameValue(Map<String, String> left, Map<String, String> right, String tag) {
        String value = left.get(tag);
        return value != null && !value.isEmpty() && value.equals(right.get(tag));
    }
}
