package io.github.acrattach.domain;

/** A cluster and a registry that it is to pull from. */
public record Pairing(ArmId cluster, ArmId registry) {

    /** The pair of the two. */
    public static Pairing of(Cluster cluster, Registry registry) {
        return new Pairing(cluster.id(), registry.id());
    }
}
