package io.github.acrattach;

import static io.github.acrattach.adapter.azure.Answered.error;
import static io.github.acrattach.adapter.azure.Answered.strayPage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.frontdoor.Fault;
import io.github.acrattach.emulator.http.Answer;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** What is taken back when a cluster or a registry is gone, and what others need of it. */
@Order(2)
class DeletionLifecycleIT extends Lifecycle {

    @Test
    void clusterThatIsGoneLeavesNothingBehind() {
        start(Map.of("ACR_ATTACH_RULES_TEAM_SECRET_CREDENTIAL", "service-principal"));
        call("attach").statusCode(200);
        assertThat(scene.made()).hasSize(2);
        scene.arm("DELETE", CLUSTER, "");
        JsonNode outcome = event(Estates.deleted(CLUSTER));
        assertThat(outcome.path("outcome").asText()).isEqualTo("Revoked");
        assertThat(scene.made()).isEmpty();
        assertThat(event(Estates.deleted(CLUSTER)).path("outcome").asText()).isEqualTo("Ignored");
    }

    @Test
    void timerFindsClustersWhoseDeletionNobodyTold() {
        start(Map.of());
        call("attach").statusCode(200);
        scene.arm("DELETE", CLUSTER, "");
        assertThat(program.host().invoke("RotatePullSecrets", NullNode.instance).succeeded())
                .isTrue();
        assertThat(scene.made()).isEmpty();
    }

    @Test
    void strayAnswersTakeNothingFromALivingPair() {
        start(Map.of(
                "ACR_ATTACH_RULES_TEAM_SECRET_CREDENTIAL", "service-principal",
                "ACR_ATTACH_RULES_TEAM_CLUSTERS_NAMES", "aks-shop"));
        call("attach").statusCode(200);
        for (Answer stray : List.of(strayPage(), error(404, "SubscriptionNotFound", "Not here."))) {
            scene.azure.faults().add(Fault.reply("/(managedClusters/aks-shop|registries/acrshop)$", stray));
            program.host().invoke("RotatePullSecrets", NullNode.instance);
            program.host().invoke("ResourceChanged", Estates.deleted(CLUSTER));
            program.host().invoke("ResourceChanged", Estates.deleted(REGISTRY));
            call("rotate");
            reconcile("{\"revoke\":true}").statusCode(200);
            scene.azure.faults().clear();
            assertThat(scene.made()).hasSize(2);
            assertThat(scene.pulls("shop")).isTrue();
        }
        scene.azure.faults().add(Fault.reply("/managedClusters/aks-shop$", strayPage()));
        call("detach").statusCode(503).body("problem.cause", containsString("404"));
        scene.azure.faults().clear();
        assertThat(scene.made()).hasSize(2);
    }

    @Test
    void registryThatIsGoneTakesItsSecretsAlong() {
        start(Map.of("ACR_ATTACH_RULES_TEAM_SECRET_CREDENTIAL", "service-principal"));
        call("attach").statusCode(200);
        scene.arm("DELETE", REGISTRY, "");
        assertThat(outcomes(Estates.deleted(REGISTRY)).findValuesAsText("outcome"))
                .as("aks-late is still being made, and not reached yet")
                .containsExactlyInAnyOrder("Revoked", "Postponed");
        assertThat(scene.kubernetes("GET", "/api/v1/namespaces/shop/secrets/" + PullScene.SECRET, "")
                        .status())
                .isEqualTo(404);
        assertThat(scene.graph(APPLICATIONS).path("value")).isEmpty();
    }

    @Test
    void roleThatAnotherClusterNeedsIsKept() {
        start(Map.of("ACR_ATTACH_RULES_TEAM_METHOD", "role"), estate -> {
            ObjectNode twin = Estates.resource(estate, "aks-shop").deepCopy();
            twin.put("name", "aks-twin").put("id", Estates.cluster("aks-twin"));
            estate.withArray("/resources").add(twin);
        });
        call("attach").statusCode(200).body("outcome", equalTo("Granted"));
        call("detach").statusCode(200).body("removed", hasSize(0)).body("kept", hasSize(1));
        assertThat(scene.made()).hasSize(1);
    }

    @Test
    void roleThatAClusterMayNeedThatIsBeingMadeIsKept() {
        start(
                Map.of("ACR_ATTACH_RULES_TEAM_METHOD", "role"),
                estate -> Estates.readyAfter(Duration.ofHours(1), estate));
        call("attach").statusCode(200).body("outcome", equalTo("Granted"));
        call("detach")
                .statusCode(200)
                .body("removed", hasSize(0))
                .body("kept[0]", containsString("Azure is still making or changing it"));
        assertThat(scene.made()).hasSize(1);
    }

    private ValidatableResponse reconcile(String body) {
        return post("reconcile", body);
    }
}
