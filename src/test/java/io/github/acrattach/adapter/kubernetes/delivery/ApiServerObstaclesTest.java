package io.github.acrattach.adapter.kubernetes.delivery;

import io.github.acrattach.domain.Cluster;
import org.junit.jupiter.api.Order;

/** What stands in the way in a cluster that is reached by HTTPS. */
@Order(1)
class ApiServerObstaclesTest extends HostileChecks {

    @Override
    Cluster way() {
        return cluster().cluster();
    }
}
