package io.github.acrattach.adapter.kubernetes.delivery;

import io.github.acrattach.domain.Cluster;
import org.junit.jupiter.api.Order;

/** The same through the command pod. */
@Order(1)
class RunCommandObstaclesTest extends HostileChecks {

    @Override
    Cluster way() {
        return cluster().privateCluster();
    }
}
