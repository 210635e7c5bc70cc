package io.github.acrattach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What was granted to an identity that a cluster has no more, as Azure tells of it: by events late, twice or not at all. */
class FormerGrantsIT {

    private static final String CLUSTER = Estates.cluster("aks-shop");
    private static final String LEGACY = Estates.cluster("aks-legacy");
    private static final String REGISTRY = Estates.registry("acrshop");
    private static final String MANAGED =
            "{\"location\":\"westeurope\",\"tags\":{\"team\":\"shop\"},\"identity\":{\"type\":\"SystemAssigned\"}}";

    private static PullScene scene;

    private PackagedProgram program;

    @BeforeAll
    static void arrange() {
        scene = PullScene.emulated(estate -> {
            ((ObjectNode) Estates.resource(estate, "aks-legacy").path("tags")).put("team", "shop");
            Estates.readyAfter(Duration.ZERO, estate);
        });
    }

    @AfterAll
    static void clear() {
        scene.close();
    }

    @BeforeEach
    void start() {
        scene.reset();
        program = scene.program(Map.of("ACR_ATTACH_RULES_TEAM_METHOD", "role"));
    }

    @Test
    void clusterThatIsMadeAgainBeforeItsDeletionIsToldKeepsItsOwnGrantAlone() {
        String former = granted(CLUSTER);
        makeAgain(CLUSTER);
        JsonNode outcome = event(Estates.written(CLUSTER));
        assertThat(outcome.path("outcome").asText()).isEqualTo("Granted");
        assertThat(outcome.path("removed").path(0).asText()).isEqualTo("the role assignment " + former);
        program.awaitLine("Taken back from identities that it had before");
        List<String> now = scene.made();
        assertThat(now).hasSize(1).doesNotContain(former);
        for (int times = 0; times < 2; times++) {
            assertThat(event(Estates.deleted(CLUSTER)).path("outcome").asText()).isEqualTo("Ignored");
        }
        assertThat(scene.made()).isEqualTo(now);
    }

    @Test
    void managedIdentityTakesThePlaceOfAServicePrincipal() {
        String former = granted(LEGACY);
        makeAgain(LEGACY);
        JsonNode ofLegacy = outcomes(Estates.written(REGISTRY))
                .filter(each -> each.path("cluster").asText().equals(LEGACY))
                .findFirst()
                .orElseThrow();
        assertThat(ofLegacy.path("outcome").asText()).isEqualTo("Granted");
        assertThat(ofLegacy.path("removed").path(0).asText()).isEqualTo("the role assignment " + former);
        assertThat(scene.made()).isNotEmpty().doesNotContain(former);
    }

    @Test
    void withoutARuleReconcileAndTimerTakeItBackAndGrantNothing() {
        program = scene.program(Map.of("ACR_ATTACH_RULES_TEAM_CLUSTERS_NAMES", "none"));
        for (Runnable look : List.<Runnable>of(
                () -> program.host().invoke("RotatePullSecrets", NullNode.instance),
                () -> post("reconcile", Map.of()).body("outcomes.outcome", contains("Revoked")))) {
            post("attach", Map.of("cluster", CLUSTER, "registry", REGISTRY, "method", "role"))
                    .statusCode(200)
                    .body("outcome", equalTo("Granted"));
            makeAgain(CLUSTER);
            look.run();
            assertThat(scene.made()).isEmpty();
        }
    }

    @Test
    void whoAttachesByHandIsToldWhatWasTakenBack() {
        String former = granted(CLUSTER);
        makeAgain(CLUSTER);
        post("attach", Map.of("cluster", CLUSTER, "registry", REGISTRY))
                .statusCode(200)
                .body("outcome", equalTo("Granted"))
                .body("removed", hasSize(1))
                .body("removed[0]", containsString(former));
    }

    /** By its event; the id of the role assignment. */
    private String granted(String cluster) {
        assertThat(event(Estates.written(cluster)).path("outcome").asText()).isEqualTo("Granted");
        assertThat(scene.made()).hasSize(1);
        return scene.made().get(0);
    }

    /** Under its name, with a managed identity that Azure makes along with it. */
    private static void makeAgain(String cluster) {
        scene.arm("DELETE", cluster, "");
        assertThat(scene.arm("PUT", cluster, MANAGED).status()).isIn(200, 201);
    }

    private JsonNode event(ObjectNode event) {
        return outcomes(event).findFirst().orElseThrow();
    }

    private Stream<JsonNode> outcomes(ObjectNode event) {
        JsonNode all = program.host()
                .invoke("ResourceChanged", event)
                .answer()
                .orElseThrow()
                .path("ReturnValue");
        return StreamSupport.stream(all.spliterator(), false);
    }

    private ValidatableResponse post(String what, Object body) {
        return program.post("/api/" + what, body).then();
    }
}
