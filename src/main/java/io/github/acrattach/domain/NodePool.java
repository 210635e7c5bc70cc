package io.github.acrattach.domain;

/**
 * Nodes of a cluster that are made alike.
 *
 * @param name as ARM has it
 * @param version the version of Kubernetes that they run; blank where ARM does not show it
 */
public record NodePool(String name, String version, Nodes nodes) {

    /** Kubernetes lets the kubelet pull with the token of a pod's service account since 1.34, without being told to (KEP-4412). */
    private static final int FIRST_WITH_POD_TOKENS = 34;

    /** How many there are. */
    public enum Nodes {
        /** At least one, or an autoscaler that makes one. */
        SOME,
        /** None, and nothing makes one. */
        NONE,
        /** None as long as somebody keeps the pool stopped. */
        STOPPED,
        /** ARM does not show it. */
        UNKNOWN
    }

    /** One of which ARM does not show how many nodes it has. */
    public NodePool(String name, String version) {
        this(name, version, Nodes.UNKNOWN);
    }

    /** Whether it certainly runs no pod. */
    public boolean isEmpty() {
        return nodes == Nodes.NONE || nodes == Nodes.STOPPED;
    }

    /** Whether its nodes can pull as the pod that they pull for. */
    public boolean knowsPodTokens() {
        return NodeSignIn.minor(version)
                .filter(minor -> minor >= FIRST_WITH_POD_TOKENS)
                .isPresent();
    }
}
