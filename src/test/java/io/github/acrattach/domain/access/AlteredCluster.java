package io.github.acrattach.domain.access;

import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.Cluster;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.NodePool;
import io.github.acrattach.domain.PowerState;
import io.github.acrattach.domain.ProvisioningState;
import io.github.acrattach.domain.PullIdentity;
import io.github.acrattach.domain.Samples;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The sample cluster, changed as a test needs it. */
final class AlteredCluster {

    private final ArmId id = Samples.CLUSTER;
    private ProvisioningState state = ProvisioningState.SUCCEEDED;
    private PullIdentity identity = new PullIdentity.Kubelet(Samples.KUBELET);
    private PowerState power = PowerState.RUNNING;
    private List<NodePool> nodePools = List.of();
    private boolean workloadIdentity;
    private boolean makesNodes;
    private Optional<UUID> tenant = Optional.empty();

    static AlteredCluster sample() {
        return new AlteredCluster();
    }

    AlteredCluster state(ProvisioningState other) {
        state = other;
        return this;
    }

    AlteredCluster identity(PullIdentity other) {
        identity = other;
        return this;
    }

    AlteredCluster power(PowerState other) {
        power = other;
        return this;
    }

    AlteredCluster pools(NodePool... others) {
        nodePools = List.of(others);
        return this;
    }

    AlteredCluster withWorkloadIdentity() {
        workloadIdentity = true;
        return this;
    }

    AlteredCluster makingNodes() {
        makesNodes = true;
        return this;
    }

    AlteredCluster tenant(UUID where) {
        tenant = Optional.of(where);
        return this;
    }

    Cluster cluster() {
        Cluster sample = Samples.cluster();
        return new Cluster(
                id,
                sample.tags(),
                state,
                identity,
                sample.apiServer(),
                power,
                nodePools,
                sample.egress(),
                List.of(),
                workloadIdentity,
                makesNodes,
                tenant);
    }

    Lookup<Cluster> found() {
        return new Lookup.Found<>(cluster());
    }
}
