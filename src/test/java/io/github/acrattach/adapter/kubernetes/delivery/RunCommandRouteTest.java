package io.github.acrattach.adapter.kubernetes.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.acrattach.adapter.kubernetes.access.ApiRequest;
import io.github.acrattach.adapter.kubernetes.manifest.DockerConfig;
import io.github.acrattach.domain.Cluster;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** The same through the command pod of a cluster without a public address; needs kubectl. */
@Order(1)
class RunCommandRouteTest extends PullSecretsChecks {

    @Override
    Cluster way() {
        return cluster().privateCluster();
    }

    @Test
    void commandsPrintNoSecretAndNothingThatStrangersWrote() {
        String namespace = cluster().namespace("printed");
        String hidden = DockerConfig.of(SECRET).encoded();
        cluster()
                .real
                .orElseThrow()
                .apply("apiVersion: v1\nkind: Secret\ntype: kubernetes.io/dockerconfigjson\nmetadata:\n  name: "
                        + ClusterUnderTest.NAME + "\n  namespace: " + namespace
                        + "\n  annotations: {note: a-strangers-words}\ndata:\n  .dockerconfigjson: " + hidden + "\n");
        cluster().create(namespace, ApiRequest.SERVICE_ACCOUNTS, "{'metadata':{'name':'a-strangers-account'}}");
        look(namespace);
        assertThat(printed()).anyMatch(text -> text.contains("S " + namespace));
        String stored = cluster().namespace("stored");
        store(stored);
        store(NEWER, stored);
        assertThat(printed())
                .noneMatch(text -> text.contains(hidden.substring(0, 40))
                        || text.contains("a-strangers-")
                        || text.contains(DockerConfig.of(NEWER).encoded().substring(0, 40)));
    }
}
