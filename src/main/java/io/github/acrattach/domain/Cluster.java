package io.github.acrattach.domain;

import java.util.List;
import java.util.Map;

/**
 * An AKS cluster as ARM describes it.
 *
 * @param tags tag names (compared without case, as Azure does) to values
 * @param nodePools none where ARM shows none
 * @param egress by which addresses the nodes leave
 */
public record Cluster(
        ArmId id,
        Map<String, String> tags,
        ProvisioningState state,
        PullIdentity identity,
        ApiServerProfile apiServer,
        PowerState power,
        List<NodePool> nodePools,
        Egress egress) {

    public Cluster {
        tags = Tags.copyOf(tags);
        nodePools = List.copyOf(nodePools);
    }

    /** One of which it is not shown how its nodes leave. */
    public Cluster(
            ArmId id,
            Map<String, String> tags,
            ProvisioningState state,
            PullIdentity identity,
            ApiServerProfile apiServer,
            PowerState power,
            List<NodePool> nodePools) {
        this(id, tags, state, identity, apiServer, power, nodePools, Egress.NOT_SHOWN);
    }
}
