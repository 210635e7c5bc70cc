package io.github.acrattach.adapter.kubernetes;

import static io.github.acrattach.adapter.azure.Answered.found;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.acrattach.domain.Cluster;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** The same through the command pod of a cluster without a public address; needs kubectl. */
@Order(1)
class ThroughCommandPodTest extends PullSecretsChecks {

    @BeforeAll
    void needsKubectl() {
        assumeTrue(cluster().real.isPresent(), "the emulator has no kubectl of its own: set KUBEBUILDER_ASSETS");
    }

    @Override
    Cluster way() {
        return ClusterUnderTest.privateCluster();
    }

    @Test
    void commandsPrintNoSecret() {
        String namespace = cluster().namespace("printed");
        String hidden = DockerConfig.of(SECRET).encoded();
        cluster()
                .real
                .orElseThrow()
                .apply("apiVersion: v1\nkind: Secret\ntype: kubernetes.io/dockerconfigjson\nmetadata:\n  name: "
                        + ClusterUnderTest.NAME + "\n  namespace: " + namespace
                        + "\n  annotations: {note: with space & more}\ndata:\n  .dockerconfigjson: " + hidden + "\n");
        String printed = found(ClusterUnderTest.await(cluster()
                .commandPod()
                .run(
                        way(),
                        "sh look.sh " + ClusterUnderTest.NAME + " all",
                        CommandFiles.with("look.sh", "namespaces.tmpl", "secrets.tmpl", "accounts.tmpl"))));
        assertThat(printed)
                .contains("S " + namespace, "note=with+space+%26+more")
                .doesNotContain(hidden);
    }
}
