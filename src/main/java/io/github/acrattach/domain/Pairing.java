package io.github.acrattach.domain;

/** A cluster and a registry that it is to pull from. */
public record Pairing(ArmId cluster, ArmId registry) {}
