package io.github.acrattach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.github.acrattach.emulator.eventgrid.Delivery;
import io.github.acrattach.emulator.eventgrid.EventSubscription;
import io.github.acrattach.emulator.eventgrid.FilterCommand;
import io.github.acrattach.emulator.eventgrid.FunctionDestination;
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

/** What people decide by tags, by a start and by settings: who is let in by it, and what is left to them. */
@Order(2)
class DecisionLifecycleIT extends Lifecycle {

    private static final String TAGS = "/providers/Microsoft.Resources/tags/default";
    private static final Duration SOON = Duration.ofSeconds(30);

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

    private ValidatableResponse reconcile(String body) {
        return post("reconcile", body);
    }
}
