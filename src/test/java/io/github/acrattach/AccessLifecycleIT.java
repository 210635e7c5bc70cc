package io.github.acrattach;

import static io.github.acrattach.adapter.azure.Answered.error;
import static io.github.acrattach.adapter.azure.Answered.strayPage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.eventgrid.Delivery;
import io.github.acrattach.emulator.eventgrid.EventSubscription;
import io.github.acrattach.emulator.eventgrid.FilterCommand;
import io.github.acrattach.emulator.eventgrid.FunctionDestination;
import io.github.acrattach.emulator.frontdoor.Fault;
import io.github.acrattach.emulator.http.Answer;
import io.restassured.response.ValidatableResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** How a cluster gets access to a registry, by a role or by a secret; how the one replaces the other, and how it ends. */
@Order(1)
class AccessLifecycleIT extends Lifecycle {

    private static final String TAGS = "/providers/Microsoft.Resources/tags/default";
    private static final Duration SOON = Duration.ofSeconds(30);

    @Test
    void autoTakesTheRoleWhereItMay() {
        start(Map.of("ACR_ATTACH_RULES_TEAM_METHOD", "auto"));
        call("attach").statusCode(200).body("outcome", equalTo("Granted"));
        assertThat(scene.made()).singleElement().asString().contains("/roleAssignments/");
    }

    @Test
    void autoTakesTheSecretWhereTheRoleIsRefusedAndSaysWhy() {
        start(Map.of("ACR_ATTACH_RULES_TEAM_METHOD", "auto"), InstalledRights.of("secret-method"));
        call("attach")
                .statusCode(200)
                .body("outcome", equalTo("Provisioned"))
                .body("notes.kind", hasItem("missing-right"))
                .body("notes.action", hasItem("Microsoft.Authorization/roleAssignments/write"));
        assertThat(scene.pulls("shop")).isTrue();
        assertThat(scene.azure
                        .requests()
                        .matching(request ->
                                request.method().equals("PUT") && request.path().contains("/roleAssignments/")))
                .as("a refusal is not retried")
                .hasSize(1);
    }

    @Test
    void rotatingMakesNoSecretWhereThereIsNone() {
        start(Map.of("ACR_ATTACH_RULES_TEAM_METHOD", "role"));
        call("rotate").statusCode(200).body("outcome", equalTo("Ignored"));
        assertThat(scene.made()).isEmpty();
    }

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

    @Test
    void reconcileTellsWhatNoRuleWantsAndTakesItBackOnlyWhenAsked() {
        start(Map.of("ACR_ATTACH_RULES_TEAM_CLUSTERS_NAMES", "none"));
        attach("secret").statusCode(200).body("outcome", equalTo("Provisioned"));
        reconcile("{}").statusCode(200).body("outcomes.outcome", equalTo(List.of("Ignored")));
        assertThat(scene.pulls("shop")).isTrue();
        reconcile("{\"revoke\":true}").statusCode(200).body("outcomes.outcome", hasItem("Revoked"));
        assertThat(scene.made()).isEmpty();
    }

    @Test
    void secretGoesWhenARoleHasTakenItsPlace() {
        start(Map.of(
                "ACR_ATTACH_RULES_TEAM_METHOD", "role",
                "ACR_ATTACH_RULES_TEAM_CLUSTERS_NAMES", "aks-shop"));
        attach("secret").statusCode(200).body("outcome", equalTo("Provisioned"));
        reconcile("{\"revoke\":true}").body("outcomes.outcome", equalTo(List.of("Granted")));
        assertThat(scene.pulls("shop")).as("a role is not effective at once").isTrue();
        reconcile("{\"revoke\":true}").body("outcomes.outcome", equalTo(List.of("AlreadyGranted", "Revoked")));
        assertThat(scene.made()).singleElement().asString().contains("/roleAssignments/");
    }

    @Test
    void registryThatCannotBeAskedHidesNothingElse() {
        start(Map.of("ACR_ATTACH_RULES_TEAM_METHOD", "role"));
        scene.azure.faults().add(Fault.reply("/acrdata/.*/roleAssignments$", Answer.text(503, Answer.JSON, "{}")));
        reconcile("{}").statusCode(200).body("outcomes.outcome", hasItems("Granted", "Postponed"));
    }

    @Test
    void detachingTakesWhatNoRuleNamesAnyMore() {
        start(Map.of("ACR_ATTACH_RULES_TEAM_SECRET_CREDENTIAL", "service-principal"));
        call("attach").statusCode(200);
        goOnWith(Map.of("ACR_ATTACH_RULES_TEAM_METHOD", "role"));
        call("detach").statusCode(200).body("outcome", equalTo("Revoked"));
        assertThat(scene.made()).isEmpty();
    }

    @Test
    void whatIsGivenUpWhenAnotherRequestFailsIsNotLogged() {
        start(Map.of());
        scene.azure.faults().add(Fault.delay("/tokens/", Duration.ofSeconds(8)));
        scene.azure.faults().add(Fault.reply("/namespaces$", Answer.text(500, Answer.JSON, "{}")));
        call("attach").statusCode(503);
        scene.azure.faults().clear();
        call("attach").statusCode(200);
        assertThat(program.output()).noneMatch(line -> line.contains("\"exception\":"));
    }

    /** The way of a tag through ARM, Event Grid and the documented filter; it is no write of the resource. */
    @Test
    void tagThatJoinsLetsTheClusterInAndItsLossTakesNothingBack() {
        start(Map.of("ACR_ATTACH_RULES_TEAM_METHOD", "role"));
        scene.arm("PUT", REGISTRY + TAGS, "{\"properties\":{\"tags\":{}}}");
        assertThat(event(Estates.written(CLUSTER)).path("outcome").asText()).isEqualTo("Ignored");
        Events events = new Events();
        scene.arm("PUT", REGISTRY + TAGS, "{\"properties\":{\"tags\":{\"team\":\"shop\"}}}");
        events.awaitDelivery("Microsoft.Resources/tags/write");
        assertThat(scene.made()).singleElement().asString().contains("/roleAssignments/");
        scene.arm("DELETE", REGISTRY + TAGS, "");
        events.awaitDelivery("Microsoft.Resources/tags/delete");
        assertThat(scene.made())
                .as("the registry is there, and what stands stays")
                .hasSize(1);
        assertThat(event(Estates.written(REGISTRY)).path("reason").asText()).contains("\"revoke\": true");
    }

    @Test
    void clusterThatWasStoppedWhenItsEventCameIsTakenUpByItsStart() {
        start(Map.of());
        scene.arm("POST", CLUSTER + "/stop", "");
        program.host().invoke("ResourceChanged", Estates.written(CLUSTER));
        assertThat(scene.made()).isEmpty();
        Events events = new Events();
        scene.arm("POST", CLUSTER + "/start", "");
        events.awaitDelivery("Microsoft.ContainerService/managedClusters/start/action");
        assertThat(scene.pulls("shop")).isTrue();
    }

    @Test
    void whatAPersonTookBackStaysAwayByTheTagThatDetachNames() {
        start(Map.of("ACR_ATTACH_RULES_TEAM_METHOD", "role"));
        // As long as it is being made, it may need the role, which then is kept.
        scene.arm("DELETE", Estates.cluster("aks-late"), "");
        call("attach").statusCode(200).body("outcome", equalTo("Granted"));
        call("detach")
                .statusCode(200)
                .body("outcome", equalTo("Revoked"))
                .body("removed", hasSize(1))
                .body("notes.kind", equalTo(List.of("rule-stands")))
                .body(
                        "notes[0].fix",
                        containsString("az tag update --resource-id \"" + CLUSTER
                                + "\" --operation Merge --tags acr-attach=off"))
                .body("notes[0].fix", containsString("ACR_ATTACH_RULES_TEAM_EXCLUDED_PAIRS=aks-shop/acrshop"));
        Events events = new Events();
        String off = "{\"operation\":\"%s\",\"properties\":{\"tags\":{\"acr-attach\":\"off\"}}}";
        scene.arm("PATCH", CLUSTER + TAGS, off.formatted("Merge"));
        events.awaitDelivery("Microsoft.Resources/tags/write");
        assertThat(event(Estates.written(CLUSTER)).path("reason").asText())
                .startsWith("The tag acr-attach=off of aks-shop keeps aks-shop and acrshop apart.");
        reconcile("{\"revoke\":true}").statusCode(200);
        assertThat(scene.made()).isEmpty();
        assertThat(program.http()
                        .get("/api/access?cluster=" + CLUSTER + "&registry=" + REGISTRY)
                        .jsonPath()
                        .getList("notes.kind"))
                .containsExactly("excluded");
        call("attach")
                .statusCode(200)
                .body("outcome", equalTo("Granted"))
                .body("notes.kind", equalTo(List.of("excluded")));
    }

    @Test
    void pairThatASettingLeavesOutIsLeftToPeople() {
        start(Map.of(
                "ACR_ATTACH_RULES_TEAM_METHOD", "role",
                "ACR_ATTACH_RULES_TEAM_EXCLUDED_PAIRS", "aks-pay/*,aks-shop/acrshop",
                "ACR_ATTACH_RULES_TEAM_CLUSTERS_EXCLUDED_TAGS", "stage=dev",
                "ACR_ATTACH_RULES_TEAM_REGISTRIES_EXCLUDED_NAMES", "acrold*"));
        assertThat(event(Estates.written(REGISTRY)).path("reason").asText())
                .startsWith("The setting ACR_ATTACH_RULES_TEAM_EXCLUDED_PAIRS keeps aks-shop and acrshop");
        call("attach").statusCode(200).body("notes.kind", equalTo(List.of("excluded")));
        reconcile("{\"revoke\":true}").statusCode(200);
        assertThat(scene.made()).hasSize(1);
        call("detach").statusCode(200).body("outcome", equalTo("Revoked")).body("notes", equalTo(null));
    }

    /** Event Grid with the filter that the documentation shows, as long as one test. */
    private final class Events {

        Events() {
            scene.azure
                    .eventGrid()
                    .subscribe(
                            EventSubscription.to(SUBSCRIBED, new FunctionDestination(program.host(), "ResourceChanged"))
                                    .only(FilterCommand.in(Path.of("docs", "events.md"))));
        }

        void awaitDelivery(String operation) {
            await(() -> scene.azure.eventGrid().deliveries().stream()
                    .filter(delivery -> delivery.event()
                            .body()
                            .path("data")
                            .path("operationName")
                            .asText()
                            .equals(operation))
                    .anyMatch(delivery -> delivery.state() == Delivery.State.DELIVERED));
        }

        private void await(BooleanSupplier fact) {
            Instant end = Instant.now().plus(SOON);
            while (!fact.getAsBoolean()) {
                assertThat(Instant.now())
                        .as(String.join("\n", program.output()))
                        .isBefore(end);
                try {
                    TimeUnit.MILLISECONDS.sleep(20);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    private ValidatableResponse attach(String method) {
        return post("attach", Map.of("cluster", CLUSTER, "registry", REGISTRY, "method", method));
    }

    private ValidatableResponse reconcile(String body) {
        return post("reconcile", body);
    }
}
