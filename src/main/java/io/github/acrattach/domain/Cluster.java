package io.github.acrattach.domain;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * An AKS cluster as ARM describes it.
 *
 * @param tags tag names (compared without case, as Azure does) to values
 * @param nodePools none where ARM shows none
 * @param egress by which addresses the nodes leave
 * @param otherIdentities those that do not pull
 * @param workloadIdentity whether its pods can sign in at Entra ID as themselves
 * @param makesNodes whether nodes come by themselves as pods want them, whatever its node pools hold
 * @param tenant where its managed identity lives, as far as ARM shows it
 */
public record Cluster(
        ArmId id,
        Map<String, String> tags,
        ProvisioningState state,
        PullIdentity identity,
        ApiServerProfile apiServer,
        PowerState power,
        List<NodePool> nodePools,
        Egress egress,
        List<ClusterIdentity> otherIdentities,
        boolean workloadIdentity,
        boolean makesNodes,
        Optional<UUID> tenant) {

    public Cluster {
        tags = Tags.copyOf(tags);
        nodePools = List.copyOf(nodePools);
        otherIdentities = List.copyOf(otherIdentities);
    }

    /** Whether some of its pods may pull by an identity of their own, so that the one of the nodes need not matter. */
    public boolean podsMayPullAsThemselves() {
        return workloadIdentity && nodePools.stream().anyMatch(NodePool::knowsPodTokens);
    }
}
