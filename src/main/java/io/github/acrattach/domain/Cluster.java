package io.github.acrattach.domain;

import java.util.Map;

/**
 * An AKS cluster as ARM describes it.
 *
 * @param tags tag names (compared without case, as Azure does) to values
 * @param privateApi whether its API server has no public address
 */
public record Cluster(
        ArmId id, Map<String, String> tags, ProvisioningState state, PullIdentity identity, boolean privateApi) {

    public Cluster {
        tags = Tags.copyOf(tags);
    }
}
