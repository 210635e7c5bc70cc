package io.github.acrattach.domain.access;

import static io.github.acrattach.domain.access.Check.POWER;

import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.AzCommand;
import io.github.acrattach.domain.Cluster;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.NodePool;
import io.github.acrattach.domain.PowerState;
import io.github.acrattach.domain.ProvisioningState;
import java.util.List;
import java.util.Locale;

/** Whether a cluster can run pods: where it cannot, no registry and no right is to blame. */
public final class PowerChecks {

    private PowerChecks() {}

    /** That an operation goes on, or has failed, stops no pod by itself: it is told in what was seen. */
    public static Finding of(Lookup<Cluster> cluster) {
        return cluster.fold(
                PowerChecks::of,
                () -> Finding.skipped(POWER, "there is no such cluster"),
                problem -> Finding.skipped(POWER, "the cluster may not be read"));
    }

    private static Finding of(Cluster cluster) {
        ArmId id = cluster.id();
        if (cluster.state() == ProvisioningState.DELETING) {
            return Finding.skipped(POWER, "the cluster is being deleted");
        }
        if (cluster.power().isStopped()) {
            return stopped(cluster);
        }
        if (cluster.state() == ProvisioningState.CREATING || cluster.power() == PowerState.STARTING) {
            return Finding.fails(
                    POWER,
                    Code.CLUSTER_NOT_READY,
                    seen(cluster),
                    "The cluster " + id.name() + " may run no pod yet: Azure is still "
                            + (cluster.power() == PowerState.STARTING ? "starting" : "making") + " it.",
                    AzCommand.showCluster(id) + "   (shows when it is done; nothing else is needed)");
        }
        return hasNoNodes(cluster) ? withoutNodes(cluster) : Finding.ok(POWER, seen(cluster));
    }

    private static Finding stopped(Cluster cluster) {
        boolean isStopping = cluster.power() == PowerState.STOPPING;
        return Finding.fails(
                POWER,
                Code.CLUSTER_STOPPED,
                seen(cluster),
                "The cluster " + cluster.id().name() + (isStopping ? " is being stopped" : " is stopped")
                        + ", so it pulls from no registry at all.",
                AzCommand.start(cluster.id()) + (isStopping ? "   (once it has stopped)" : ""));
    }

    private static boolean hasNoNodes(Cluster cluster) {
        return !cluster.makesNodes()
                && !cluster.nodePools().isEmpty()
                && cluster.nodePools().stream().allMatch(NodePool::isEmpty);
    }

    private static Finding withoutNodes(Cluster cluster) {
        ArmId id = cluster.id();
        NodePool pool = cluster.nodePools().get(0);
        return Finding.fails(
                POWER,
                Code.NO_NODES,
                seen(cluster),
                "The cluster " + id.name()
                        + " runs, and has no node that could pull: each of its node pools is stopped or"
                        + " scaled to none, and none scales by itself.",
                pool.nodes() == NodePool.Nodes.STOPPED
                        ? AzCommand.startPool(id, pool.name())
                        : AzCommand.scalePool(id, pool.name()));
    }

    private static String seen(Cluster cluster) {
        List<NodePool> pools = cluster.nodePools();
        long empty = pools.stream().filter(NodePool::isEmpty).count();
        String power = cluster.power() == PowerState.UNKNOWN
                ? "power state not shown"
                : cluster.power().name().toLowerCase(Locale.ROOT);
        return power + ", last operation " + cluster.state().told()
                + (empty > 0 ? ", " + empty + " of " + pools.size() + " node pools without a node" : "");
    }
}
