package io.github.acrattach;

import static io.github.acrattach.emulator.http.Json.parseObject;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What ARM says of a cluster or a registry, and what of it stops which way in. */
class ClusterStateIT {

    private static final String CLUSTER = Estates.cluster("aks-shop");
    private static final String REGISTRY = Estates.registry("acrshop");

    /** No rule pairs it with the cluster. */
    private static final String BY_ROLE = Estates.registry("acrdata");

    private static PullScene scene;
    private static PackagedProgram program;

    @BeforeAll
    static void arrange() {
        scene = PullScene.emulated(estate -> Estates.readyAfter(Duration.ZERO, estate));
        program = scene.program(Map.of(
                "ACR_ATTACH_RULES_TEAM_CLUSTERS_NAMES",
                "aks-shop",
                "ACR_ATTACH_RULES_TEAM_REGISTRIES_NAMES",
                "acrshop"));
    }

    @AfterAll
    static void clear() {
        scene.close();
    }

    @BeforeEach
    void reset() {
        scene.reset();
    }

    @Test
    void failedOperationsStopNeitherWayNorARenewal() {
        change(CLUSTER, "{'provisioningState':'Failed'}");
        change(REGISTRY, "{'provisioningState':'Failed'}");
        attach("role").statusCode(200).body("outcome", equalTo("Granted"));
        access().statusCode(200).body("verdict", equalTo("granted"));
        assertThat(event().path("outcome").asText()).isEqualTo("Provisioned");
        assertThat(scene.pulls("shop")).isTrue();
        call("rotate").statusCode(200).body("changed", equalTo(true));
        assertThat(scene.pulls("shop")).isTrue();
        call("detach").statusCode(200).body("outcome", equalTo("Revoked"));
    }

    @Test
    void whatGoesOnForHoursIsNotWaitedFor() {
        change(CLUSTER, "{'provisioningState':'Upgrading'}");
        change(REGISTRY, "{'provisioningState':'Updating'}");
        attach("role").statusCode(200).body("outcome", equalTo("Granted"));
        assertThat(event().path("outcome").asText()).isEqualTo("Provisioned");
    }

    @Test
    void clusterInCreationIsWaitedForAsLongAsItShowsNoIdentity() {
        change(CLUSTER, "{'provisioningState':'Creating','identityProfile':null}");
        attach("role").statusCode(503).body("problem.kind", equalTo("not-ready"));
        change(CLUSTER, "{'provisioningState':'Creating','fqdn':null,'azurePortalFQDN':null}");
        attach("secret").statusCode(503).body("problem.kind", equalTo("not-ready"));
        change(REGISTRY, "{'provisioningState':'Creating','loginServer':null}");
        attach("secret").statusCode(503).body("problem.kind", equalTo("not-ready"));
        assertThat(scene.made()).isEmpty();
    }

    @Test
    void registryThatFailedBeforeItHadALoginServerIsNotSuspected() {
        change(REGISTRY, "{'provisioningState':'Failed','loginServer':null}");
        attach("secret")
                .statusCode(409)
                .body("problem.kind", equalTo("no-login-server"))
                .body("problem.fix", containsString("deploy the registry again"));
        assertThat(scene.made()).isEmpty();
        attach("role").statusCode(200).body("outcome", equalTo("Granted"));
    }

    @Test
    void stoppedClusterGetsItsSecretAfterItsStart() {
        assertThat(scene.arm("POST", CLUSTER + "/stop", "").status()).isEqualTo(202);
        JsonNode refused = event();
        assertThat(refused.path("outcome").asText()).isEqualTo("Refused");
        assertThat(refused.path("problem").path("kind").asText()).isEqualTo("cluster-stopped");
        assertThat(scene.made()).isEmpty();
        call("attach")
                .statusCode(409)
                .body("problem.fix", containsString("az aks start"))
                .body("problem.cause", containsString("is stopped"));
        access().statusCode(200).body("code", equalTo("CLUSTER_STOPPED")).body("fix", containsString("az aks start"));
        assertThat(program.host().invoke("RotatePullSecrets", NullNode.instance).succeeded())
                .isTrue();
        assertThat(program.output())
                .anyMatch(line -> line.contains("\"kind\":\"cluster-stopped\"")
                        && line.contains("\"level\":\"Information\"")
                        && line.contains("\"timer\""));

        attach("role").statusCode(200).body("outcome", equalTo("Granted"));

        assertThat(scene.arm("POST", CLUSTER + "/start", "").status()).isEqualTo(202);
        assertThat(event().path("outcome").asText()).isEqualTo("Provisioned");
        assertThat(scene.pulls("shop")).isTrue();

        assertThat(scene.arm("POST", CLUSTER + "/stop", "").status()).isEqualTo(202);
        call("detach").statusCode(200).body("kept", hasItem(containsString("is stopped")));
        assertThat(scene.made()).isEmpty();
        scene.arm("POST", CLUSTER + "/start", "");
        call("detach").statusCode(200).body("removed", hasItem(containsString(PullScene.SECRET)));
    }

    @Test
    void nodesThatCannotSignInAreToldBesideTheRole() {
        change(BY_ROLE, "{'policies':{'azureADAuthenticationAsArmPolicy':{'status':'disabled'}}}");
        attach("role", BY_ROLE).statusCode(200).body("outcome", equalTo("Granted"));
        access(BY_ROLE).statusCode(200).body("verdict", equalTo("granted"));
        pool("1.31.9");
        access(BY_ROLE)
                .statusCode(200)
                .body("verdict", equalTo("granted"))
                .body("checks.code", hasItem("ARM_TOKENS_DOUBTFUL"));
        pool("1.28.9");
        access(BY_ROLE)
                .statusCode(200)
                .body("verdict", equalTo("blocked"))
                .body("code", equalTo("ARM_TOKENS_REFUSED"))
                .body("cause", containsString("nodepool1"))
                .body(
                        "fix",
                        containsString("az acr config authentication-as-arm update --registry \"acrdata\""
                                + " --resource-group \"platform\""));
        attach("role", BY_ROLE)
                .statusCode(200)
                .body("outcome", equalTo("AlreadyGranted"))
                .body("notes.kind", hasItem("arm-tokens-refused"));
    }

    private static void pool(String version) {
        change(CLUSTER, "{'agentPoolProfiles':[{'name':'nodepool1','currentOrchestratorVersion':'" + version + "'}]}");
    }

    private static void change(String id, String properties) {
        scene.azure.changeResource(
                id,
                parseObject(properties.replace('\'', '"').getBytes(StandardCharsets.UTF_8))
                        .orElseThrow());
    }

    /** What comes of a write event of the cluster, which is not to come again. */
    private static JsonNode event() {
        return program.host()
                .invoke("ResourceChanged", Estates.written(CLUSTER))
                .answer()
                .orElseThrow()
                .path("ReturnValue")
                .path(0);
    }

    private static ValidatableResponse access() {
        return access(REGISTRY);
    }

    private static ValidatableResponse access(String registry) {
        return program.http()
                .queryParam("cluster", CLUSTER)
                .queryParam("registry", registry)
                .get("/api/access")
                .then();
    }

    private static ValidatableResponse attach(String method) {
        return attach(method, REGISTRY);
    }

    private static ValidatableResponse attach(String method, String registry) {
        return post("attach", Map.of("cluster", CLUSTER, "registry", registry, "method", method));
    }

    private static ValidatableResponse call(String what) {
        return post(what, Map.of("cluster", CLUSTER, "registry", REGISTRY));
    }

    private static ValidatableResponse post(String what, Object body) {
        return program.post("/api/" + what, body).then();
    }
}
