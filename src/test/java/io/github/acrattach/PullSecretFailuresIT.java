package io.github.acrattach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.acrattach.emulator.frontdoor.Fault;
import io.github.acrattach.emulator.http.Answer;
import io.github.acrattach.emulator.kubernetes.AdmissionRule;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** What stands in the way of a pull secret is told for what it is, and leaves nothing behind. */
@Order(3)
class PullSecretFailuresIT {

    private static final String REGISTRY = Estates.registry("acrshop");
    private static final Answer FORBIDDEN = status(403, "secrets is forbidden: User \"acr-attach\" cannot create it");

    private static PullScene scene;
    private PackagedProgram program;

    @BeforeAll
    static void arrange() {
        scene = PullScene.emulated(estate -> Estates.assign(
                estate,
                Estates.PROGRAM,
                "Azure Kubernetes Service Cluster Admin Role",
                "/subscriptions/" + Estates.PRODUCTION));
    }

    @AfterAll
    static void stop() {
        scene.close();
    }

    @BeforeEach
    void reset() {
        scene.reset();
    }

    @Test
    void secretThatMayNotBeCreatedLeavesNoPasswordHoweverOftenItIsTried() {
        start(Map.of("ACR_ATTACH_RULES_TEAM_METHOD", "secret"));
        scene.azure.faults().add(Fault.reply("/secrets$", FORBIDDEN).onlyFor("POST"));
        for (int i = 0; i < 3; i++) {
            call("attach")
                    .statusCode(403)
                    .body("problem.kind", equalTo("missing-kubernetes-right"))
                    .body("namespaces.state", everyItem(equalTo("refused")))
                    .body("namespaces", hasSize(3));
            assertThat(passwords()).isEmpty();
        }
        scene.azure.faults().clear();
        call("attach").statusCode(200);
        assertThat(passwords()).hasSize(1);
    }

    /** Somebody has narrowed what this program may assign: by `auto` that is no reason for a secret. */
    @Test
    void conditionOnTheRightToGrantIsNotGoneRoundByASecret() {
        start(Map.of("ACR_ATTACH_RULES_TEAM_METHOD", "secret"));
        scene.azure
                .faults()
                .add(Fault.reply(
                                "/roleAssignments/",
                                Answer.text(
                                        403,
                                        Answer.JSON,
                                        "{\"error\":{\"code\":\"AuthorizationFailed\",\"message\":\"The client 'a' with object"
                                                + " id '" + Estates.PROGRAM
                                                + "' has an authorization with ABAC condition"
                                                + " that is not fulfilled to perform action"
                                                + " 'Microsoft.Authorization/roleAssignments/write' over scope '"
                                                + REGISTRY
                                                + "' or the scope is invalid.\"}}"))
                        .onlyFor("PUT"));
        post("attach", Map.of("cluster", Estates.cluster("aks-shop"), "registry", REGISTRY, "method", "auto"))
                .statusCode(403)
                .body("problem.kind", equalTo("condition-not-fulfilled"))
                .body("problem.fix", containsString("--include-inherited"));
        assertThat(passwords()).isEmpty();
    }

    /** Neither by itself nor beside a right that is missing elsewhere, for which the administrator does step in. */
    @Test
    void whatAPolicyRefusesIsNotWrittenAsTheAdministrator() {
        start(Map.of("ACR_ATTACH_RULES_TEAM_METHOD", "secret", "ACR_ATTACH_KUBERNETES_ADMIN_CREDENTIAL", "true"));
        scene.azure
                .admission()
                .add(new AdmissionRule(
                        Set.of("secrets"),
                        Set.of("shop"),
                        true,
                        new AdmissionRule.Policy("p", Optional.of("b"), Optional.of("Forbidden"), "not this s3cret")));
        call("attach").body("namespaces.find { it.namespace == 'shop' }.state", equalTo("refused"));
        assertThat(administrators()).isZero();

        scene.azure
                .faults()
                .add(Fault.reply("/namespaces/web/secrets", FORBIDDEN)
                        .onlyFor("GET", "POST")
                        .times(1));
        String answer = call("attach")
                .body("namespaces.find { it.namespace == 'shop' }.state", equalTo("refused"))
                .body("namespaces.find { it.namespace == 'shop' }.problem.kind", equalTo("not-admitted"))
                .body("namespaces.find { it.namespace == 'web' }.state", equalTo("ready"))
                .body(
                        "namespaces.find { it.namespace == 'shop' }.problem.cause",
                        containsString("policy 'p' with binding 'b' refuses to create secrets"))
                .extract()
                .asString();
        assertThat(answer).doesNotContain("s3cret");
        assertThat(administrators()).isPositive();
        assertThat(scene.kubernetes("GET", "/api/v1/namespaces/shop/secrets/" + PullScene.SECRET, "")
                        .status())
                .isEqualTo(404);
        assertThat(scene.pulls("web")).isTrue();
    }

    private int administrators() {
        return scene.azure
                .requests()
                .matching(request -> request.path().contains("listClusterAdminCredential"))
                .size();
    }

    @Test
    void oneServiceAccountThatIsMissingIsToldBesideWhatHolds() {
        start(Map.of(
                "ACR_ATTACH_RULES_TEAM_METHOD", "secret", "ACR_ATTACH_RULES_TEAM_SECRET_SERVICE_ACCOUNTS", "default"));
        scene.azure
                .faults()
                .add(Fault.reply("/namespaces/web/serviceaccounts$", Answer.text(200, Answer.JSON, "{\"items\":[]}")));
        call("attach")
                .statusCode(503)
                .body("problem.kind", equalTo("service-account-missing"))
                .body("namespaces.find { it.namespace == 'web' }.state", equalTo("pending"))
                .body("namespaces.find { it.namespace == 'shop' }.state", equalTo("ready"));
        assertThat(scene.pulls("shop")).isTrue();
        assertThat(scene.pulls("web")).isTrue();
    }

    @Test
    void registryThatDoesNotAnswerDoesNotLoseThePassword() {
        start(Map.of("ACR_ATTACH_RULES_TEAM_METHOD", "secret"));
        scene.azure.faults().add(Fault.reply("/oauth2/token$", Answer.text(429, Answer.JSON, "{}")));
        for (int i = 0; i < 2; i++) {
            call("attach").statusCode(503).body("problem.kind", equalTo("throttled"));
            assertThat(passwords()).hasSize(1);
        }
        scene.azure.faults().clear();
        assertThat(scene.pulls("shop")).isTrue();
        call("attach").statusCode(200).body("changed", equalTo(false));
    }

    @Test
    void tokenThatIsRemovedMeanwhileIsNotTakenForTheRegistry() {
        start(Map.of("ACR_ATTACH_RULES_TEAM_METHOD", "secret"));
        scene.azure
                .faults()
                .add(Fault.reply(
                                "/generateCredentials$",
                                Answer.text(
                                        404, Answer.JSON, "{\"error\":{\"code\":\"NotFound\",\"message\":\"No.\"}}"))
                        .times(1));
        call("attach").statusCode(503).body("problem.kind", equalTo("in-progress"));
        call("attach").statusCode(200);
    }

    @Test
    void apiServerThatHangsIsNamedWhileTheEventIsWaitedFor() {
        start(Map.of("ACR_ATTACH_RULES_TEAM_METHOD", "secret"));
        scene.azure.faults().add(Fault.delay("/api/v1/namespaces$", Duration.ofMinutes(1)));
        assertThat(program.host()
                        .invoke("ResourceChanged", Estates.written(Estates.cluster("aks-shop")))
                        .body())
                .contains("The API server gave no usable answer");
        scene.azure.faults().clear();
    }

    @Test
    void detachingThatWasRefusedIsMadeUpFor() {
        start(Map.of("ACR_ATTACH_RULES_TEAM_METHOD", "role"));
        post("attach", Map.of("cluster", Estates.cluster("aks-shop"), "registry", REGISTRY, "method", "secret"))
                .statusCode(200);
        scene.azure.faults().add(Fault.reply("/serviceaccounts$", FORBIDDEN));
        JsonNode dead = scene.dockerConfig("shop");
        call("detach").statusCode(403);
        assertThat(scene.pulls(dead)).isFalse();
        call("detach").statusCode(200).body("removed", hasSize(0)).body("kept", hasSize(1));
        scene.azure.faults().clear();
        call("detach").statusCode(200).body("removed", hasItem("the secret acr-attach-acrshop in namespace shop"));
        assertThat(scene.kubernetes("GET", "/api/v1/namespaces/shop/secrets/" + PullScene.SECRET, "")
                        .status())
                .isEqualTo(404);
    }

    private void start(Map<String, String> settings) {
        program = scene.program(settings);
    }

    private static Answer status(int code, String message) {
        return Answer.text(
                code,
                Answer.JSON,
                "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"code\":" + code + ",\"message\":\""
                        + message.replace("\"", "\\\"") + "\"}");
    }

    private List<String> passwords() {
        return scene.arm(REGISTRY + "/tokens")
                .path("value")
                .path(0)
                .path("properties")
                .path("credentials")
                .path("passwords")
                .findValuesAsText("creationTime");
    }

    private ValidatableResponse call(String what) {
        return post(what, Map.of("cluster", Estates.cluster("aks-shop"), "registry", REGISTRY));
    }

    private ValidatableResponse post(String what, Object body) {
        return program.post("/api/" + what, body).then();
    }
}
