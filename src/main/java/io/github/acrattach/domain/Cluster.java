package io.github.acrattach.domain;

import java.util.Map;

/**
 * An AKS cluster as ARM describes it.
 *
 * @param tags tag names (compared without case, as Azure does) to values
 */
public record Cluster(
        ArmId id,
        Map<String, String> tags,
        ProvisioningState state,
        PullIdentity identity,
        ApiServerProfile apiServer) {

    public Cluster {
        tags = Tags.copyOf(tags);
    }
}
