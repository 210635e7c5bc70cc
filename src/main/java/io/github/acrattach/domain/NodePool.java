package io.github.acrattach.domain;

/**
 * Nodes of a cluster that are made alike.
 *
 * @param name as ARM has it
 * @param version the version of Kubernetes that they run; blank where ARM does not show it
 */
public record NodePool(String name, String version) {}
