package io.github.acrattach.adapter.kubernetes;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.acrattach.Estates;
import io.github.acrattach.domain.Cluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The same through the command pod of a cluster without a public address; needs kubectl. */
class ThroughCommandPodTest extends PullSecretsChecks {

    private static ClusterUnderTest cluster;

    @BeforeAll
    static void start() {
        cluster = ClusterUnderTest.start(estate -> {});
        assumeTrue(cluster.real.isPresent(), "the emulator has no kubectl of its own: set KUBEBUILDER_ASSETS");
        cluster.real.ifPresent(real -> real.bind(Estates.PROGRAM, "cluster-admin"));
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Override
    ClusterUnderTest cluster() {
        return cluster;
    }

    @Override
    Cluster way() {
        return ClusterUnderTest.privateCluster();
    }
}
