package io.github.acrattach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;

import io.github.acrattach.emulator.frontdoor.Fault;
import io.github.acrattach.emulator.http.Answer;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** How a cluster gets access to a registry, by a role or by a secret; how the one replaces the other, and how it ends. */
@Order(1)
class AccessLifecycleIT extends Lifecycle {

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
    private ValidatableResponse attach(String method) {
        return post("attach", Map.of("cluster", CLUSTER, "registry", REGISTRY, "method", method));
    }

    private ValidatableResponse reconcile(String body) {
        return post("reconcile", body);
    }
}
