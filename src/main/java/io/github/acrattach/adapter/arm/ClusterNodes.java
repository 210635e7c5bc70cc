package io.github.acrattach.adapter.arm;

import com.azure.resourcemanager.containerservice.fluent.models.ManagedClusterInner;
import com.azure.resourcemanager.containerservice.models.ManagedClusterAgentPoolProfile;
import com.azure.resourcemanager.containerservice.models.ManagedClusterNodeProvisioningProfile;
import com.azure.resourcemanager.containerservice.models.PowerState;
import io.github.acrattach.domain.NodePool;
import io.github.acrattach.domain.OutsideText;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What ARM tells of a cluster's nodes: learn.microsoft.com/rest/api/aks/managed-clusters/get. */
final class ClusterNodes {

    /** The add-on behind virtual nodes, which run pods as container instances. */
    private static final String VIRTUAL_NODES = "aciConnectorLinux";

    private ClusterNodes() {}

    static String power(PowerState state) {
        return state == null || state.code() == null ? null : state.code().toString();
    }

    /** Nodes run the version that their pool was last brought to, whatever the cluster or the pool is to have. */
    static List<NodePool> pools(ManagedClusterInner inner) {
        return Stream.ofNullable(inner.agentPoolProfiles())
                .flatMap(List::stream)
                .map(pool -> new NodePool(
                        pool.name() == null ? "" : OutsideText.word(pool.name()),
                        pool.currentOrchestratorVersion() == null ? "" : pool.currentOrchestratorVersion(),
                        nodes(pool)))
                .toList();
    }

    /** A pool that scales by itself may be down to no node, and gets one when a pod wants it. */
    private static NodePool.Nodes nodes(ManagedClusterAgentPoolProfile pool) {
        if ("Stopped".equalsIgnoreCase(power(pool.powerState()))) {
            return NodePool.Nodes.STOPPED;
        }
        if (pool.count() == null) {
            return NodePool.Nodes.UNKNOWN;
        }
        return pool.count() > 0 || Boolean.TRUE.equals(pool.enableAutoScaling())
                ? NodePool.Nodes.SOME
                : NodePool.Nodes.NONE;
    }

    /** By node auto-provisioning, which makes nodes that belong to no pool, or as virtual nodes. */
    static boolean comeByThemselves(ManagedClusterInner inner) {
        boolean areProvisioned = Optional.ofNullable(inner.nodeProvisioningProfile())
                .map(ManagedClusterNodeProvisioningProfile::mode)
                .map(Object::toString)
                .filter("Auto"::equalsIgnoreCase)
                .isPresent();
        return areProvisioned
                || Stream.ofNullable(inner.addonProfiles())
                        .flatMap(addOns -> addOns.entrySet().stream())
                        .filter(addOn -> addOn.getKey().equalsIgnoreCase(VIRTUAL_NODES))
                        .map(Map.Entry::getValue)
                        .anyMatch(addOn -> addOn != null && addOn.enabled());
    }
}
