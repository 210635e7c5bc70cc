package io.github.acrattach.domain;

import java.util.List;
import java.util.Map;

/**
 * An AKS cluster as ARM describes it.
 *
 * @param tags tag names (compared without case, as Azure does) to values
 * @param nodePools none where ARM shows none
 */
public record Cluster(
        ArmId id,
        Map<String, String> tags,
        ProvisioningState state,
        PullIdentity identity,
        ApiServerProfile apiServer,
        PowerState power,
        List<NodePool> nodePools) {

    public Cluster {
        tags = Tags.copyOf(tags);
        nodePools = List.copyOf(nodePools);
    }
}
