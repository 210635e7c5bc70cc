package io.github.acrattach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.Emulator;
import io.github.acrattach.emulator.EmulatorOptions;
import io.restassured.response.ValidatableResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The ways into a cluster that are taken only where a setting allows it, up to a real API server. */
class ClusterAccessIT {

    private static final String OPEN = "aks-shop";
    private static final String SECLUDED = "aks-legacy";
    private static final String SECRET = "acr-attach-acrshop";

    private static Emulator azure;
    private static RealCluster cluster;
    private PackagedProgram program;

    @BeforeAll
    static void arrange() {
        Optional<Path> programs = RealCluster.assets();
        assumeTrue(programs.isPresent(), "Neither a real API server nor kubectl: set KUBEBUILDER_ASSETS");
        azure = Emulator.start(
                EmulatorOptions.of(Estates.changed(ClusterAccessIT::clusters)).withKubectl(programs.get()));
        cluster = RealCluster.start(azure);
        cluster.standFor(azure, Estates.cluster(OPEN));
        cluster.standFor(azure, Estates.cluster(SECLUDED));
    }

    private static void clusters(ObjectNode estate) {
        Estates.assign(estate, Estates.PROGRAM, "Contributor", "/subscriptions/" + Estates.PRODUCTION);
        ObjectNode secluded = Estates.resource(estate, SECLUDED);
        ((ObjectNode) secluded.path("tags")).put("team", "shop");
        ObjectNode properties = (ObjectNode) secluded.path("properties");
        properties.putObject("apiServerAccessProfile").put("enablePrivateCluster", true);
        properties.set(
                "aadProfile",
                Estates.resource(estate, OPEN)
                        .path("properties")
                        .path("aadProfile")
                        .deepCopy());
    }

    @AfterAll
    static void clear() {
        if (cluster != null) {
            cluster.close();
        }
        if (azure != null) {
            azure.close();
        }
    }

    @AfterEach
    void stop() {
        program.close();
    }

    @Test
    void whoeverHasNoRightIsRefusedWithoutEitherSetting() {
        start(Map.of());
        call("attach", OPEN).statusCode(403).body("problem.kind", equalTo("missing-kubernetes-right"));
        assertThat(secrets()).doesNotContain(SECRET);
    }

    @Test
    void administratorsCertificateStandsInForTheMissingRight() {
        start(Map.of("ACR_ATTACH_KUBERNETES_ADMIN_CREDENTIAL", "true"));
        comesAndGoes(OPEN);
    }

    @Test
    void commandPodActsAsTheProgramItself() {
        cluster.bind(Estates.PROGRAM, "cluster-admin");
        try {
            start(Map.of(
                    "ACR_ATTACH_KUBERNETES_RUN_COMMAND",
                    "true",
                    "ACR_ATTACH_KUBERNETES_RUN_COMMAND_ENTRA_CLUSTERS",
                    SECLUDED));
            comesAndGoes(SECLUDED);
            assertThat(azure.requests().matching(request -> request.path()
                            .toLowerCase(java.util.Locale.ROOT)
                            .endsWith("/runcommand")))
                    .isNotEmpty();
        } finally {
            cluster.unbind(Estates.PROGRAM, "cluster-admin");
        }
    }

    @Test
    void commandPodGetsNothingOfTheProgramUnlessItsClusterIsNamed() {
        start(Map.of(
                "ACR_ATTACH_KUBERNETES_RUN_COMMAND", "true", "ACR_ATTACH_KUBERNETES_RUN_COMMAND_ENTRA_CLUSTERS", OPEN));
        call("attach", SECLUDED)
                .statusCode(502)
                .body("problem.kind", equalTo("cluster-unreachable"))
                .body("problem.fix", containsString("ACR_ATTACH_KUBERNETES_RUN_COMMAND_ENTRA_CLUSTERS"));
    }

    private void comesAndGoes(String name) {
        call("attach", name)
                .statusCode(200)
                .body("outcome", equalTo("Provisioned"))
                .body("changed", equalTo(true));
        assertThat(secrets()).contains(SECRET);
        assertThat(references()).isEqualTo(SECRET);
        String held = secret();

        call("attach", name).statusCode(200).body("changed", equalTo(false));
        assertThat(secret()).isEqualTo(held);

        call("rotate", name).statusCode(200).body("changed", equalTo(true));
        assertThat(secret()).isNotEqualTo(held);

        call("detach", name).statusCode(200).body("outcome", equalTo("Revoked"));
        assertThat(secrets()).doesNotContain(SECRET);
        assertThat(references()).isEmpty();
    }

    private void start(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(PackagedProgram.BY_TEAM);
        settings.put("ACR_ATTACH_RULES_TEAM_METHOD", "secret");
        settings.put("ACR_ATTACH_RULES_TEAM_SECRET_NAMESPACES", "default");
        settings.put("ACR_ATTACH_RULES_TEAM_SECRET_SERVICE_ACCOUNTS", "default");
        settings.putAll(more);
        program = PackagedProgram.start(azure, settings);
    }

    private ValidatableResponse call(String what, String name) {
        return program.post(
                        "/api/" + what,
                        Map.of("cluster", Estates.cluster(name), "registry", Estates.registry("acrshop")))
                .then();
    }

    private static String secrets() {
        return cluster.kubectl("get", "secrets", "-o", "name");
    }

    private static String secret() {
        return cluster.kubectl("get", "secret", SECRET, "-o", "jsonpath={.data}");
    }

    private static String references() {
        return cluster.kubectl("get", "sa", "default", "-o", "jsonpath={.imagePullSecrets[*].name}");
    }
}
