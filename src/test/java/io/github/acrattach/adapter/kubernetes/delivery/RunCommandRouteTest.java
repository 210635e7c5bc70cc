package io.github.acrattach.adapter.kubernetes.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.acrattach.adapter.kubernetes.manifest.DockerConfig;
import io.github.acrattach.domain.Cluster;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** The same through the command pod of a cluster without a public address; needs kubectl. */
@Order(1)
class RunCommandRouteTest extends HostileChecks {

    private final List<String> printed = new CopyOnWriteArrayList<>();

    @BeforeAll
    void needsKubectl() {
        assumeTrue(cluster().real.isPresent(), "the emulator has no kubectl of its own: set KUBEBUILDER_ASSETS");
        cluster().azure.requests().watch((request, answer) -> {
            if (request.path().contains("/commandResults/") && answer.status() == 200) {
                printed.add(JsonFields.text(
                                JsonFields.object(new String(answer.body(), StandardCharsets.UTF_8)),
                                "properties",
                                "logs")
                        .orElseThrow());
            }
        });
    }

    @Override
    List<String> printed() {
        return printed;
    }

    /** Each write starts kubectl, which takes a tenth of a second of a processor; 500 take three quarters of a minute. */
    @Override
    int manyWrites() {
        return 25;
    }

    @Override
    int manyAccounts() {
        return 15;
    }

    @Override
    Cluster way() {
        return ClusterUnderTest.privateCluster();
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
        look(namespace);
        assertThat(printed).anyMatch(text -> text.contains("S " + namespace));
        String stored = cluster().namespace("stored");
        store(stored);
        store(NEWER, stored);
        assertThat(printed)
                .noneMatch(text -> text.contains(hidden.substring(0, 40))
                        || text.contains("a-strangers-words")
                        || text.contains(DockerConfig.of(NEWER).encoded().substring(0, 40)));
    }
}
