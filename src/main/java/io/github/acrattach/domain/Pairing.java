package io.github.acrattach.domain;

/** A cluster and a registry that it is to pull from. */
public record Pairing(ArmId cluster, ArmId registry) {

    @Override
    public String toString() {
        return cluster.name() + " -> " + registry.name();
    }
}
