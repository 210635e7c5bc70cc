package io.github.acrattach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.Client;
import io.github.acrattach.emulator.host.Invocation;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pull secret from its birth to its end, with everything real that this machine has. */
@Order(2)
class SecretWayIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TOKENS = Estates.registry("acrshop") + "/tokens";
    private static final String SCOPE_MAPS = Estates.registry("acrshop") + "/scopeMaps";
    private static final String APPLICATIONS = "/v1.0/applications?$filter=tags/any(t:t%20eq%20'acr-attach')";
    private static final String SHOP_SECRET = "/api/v1/namespaces/shop/secrets/" + PullScene.SECRET;

    private static PullScene scene;
    private PackagedProgram program;

    @BeforeAll
    static void arrange() {
        scene = PullScene.start();
        scene.namespace("shop");
        scene.namespace("web");
    }

    @AfterAll
    static void clear() {
        scene.close();
    }

    @AfterEach
    void takeBack() {
        call("detach").statusCode(200);
    }

    private void start(String kind) {
        start(kind, Map.of());
    }

    private void start(String kind, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "ACR_ATTACH_RULES_TEAM_SECRET_CREDENTIAL", kind,
                "ACR_ATTACH_RULES_TEAM_SECRET_NAMESPACES", "shop,web",
                "ACR_ATTACH_RULES_TEAM_SECRET_SERVICE_ACCOUNTS", "default"));
        settings.putAll(more);
        program = scene.program(settings);
    }

    @ParameterizedTest
    @ValueSource(strings = {"acr-token", "service-principal"})
    void newClusterPullsUntilItIsDetached(String kind) {
        start(kind);
        Invocation told = program.host().invoke("ResourceChanged", Estates.written(Estates.cluster("aks-shop")));
        assertThat(told.succeeded()).as(told.body()).isTrue();
        JsonNode outcome = told.answer().orElseThrow().path("ReturnValue").path(0);
        assertThat(outcome.path("outcome").asText()).isEqualTo("Provisioned");
        assertThat(outcome.path("credentialKind").asText()).isEqualTo(kind);
        assertThat(scene.pulls("shop")).isTrue();
        assertThat(scene.pulls("web")).isTrue();
        assertThat(references("web")).containsExactly(PullScene.SECRET);
        JsonNode held = scene.dockerConfig("shop");

        call("attach").statusCode(200).body("changed", equalTo(false));
        assertThat(scene.dockerConfig("shop")).isEqualTo(held);

        call("rotate").statusCode(200).body("changed", equalTo(true));
        assertThat(scene.dockerConfig("shop")).isNotEqualTo(held);
        assertThat(scene.pulls("web")).isTrue();
        assertThat(scene.pulls(held)).as("the password that was replaced").isFalse();

        JsonNode last = scene.dockerConfig("shop");
        call("detach").statusCode(200).body("outcome", equalTo("Revoked"));
        assertThat(scene.pulls(last)).as("the password after detaching").isFalse();
        assertThat(secret("shop").status()).isEqualTo(404);
        assertThat(references("web")).isEmpty();
        assertThat(scene.made()).isEmpty();
    }

    @Test
    void accessTellsTheWayTheEndAndTheRenewal() {
        start("acr-token");
        access().statusCode(200)
                .body("verdict", equalTo("missing"))
                .body("method", equalTo("secret"))
                .body("fix", startsWith("POST /api/attach"));
        call("attach").statusCode(200);
        ValidatableResponse seen = access().statusCode(200)
                .body("verdict", equalTo("effective"))
                .body("provenAt", not(equalTo("")))
                .body("method", equalTo("secret"))
                .body("secret.name", equalTo(PullScene.SECRET))
                .body("secret.proof", equalTo("pulls"))
                .body("secret.namespaces.namespace", hasItems("shop", "web"))
                .body("secret.namespaces.state", hasItems("ready"));
        Instant expires = Instant.parse(seen.extract().path("secret.expires"));
        Instant renewal = Instant.parse(seen.extract().path("secret.renews"));
        assertThat(Duration.between(Instant.now(), expires)).isBetween(Duration.ofDays(89), Duration.ofDays(91));
        assertThat(renewal).isBefore(expires.minus(Duration.ofDays(20)));
    }

    @Test
    void timerTakesInNamespacesThatCameSince() {
        start("acr-token", Map.of("ACR_ATTACH_RULES_TEAM_SECRET_NAMESPACES", "shop,late-*"));
        call("attach").statusCode(200).body("namespaces", hasSize(1));
        scene.namespace("late-one");
        Invocation tick = program.host().invoke("RotatePullSecrets", JSON.createObjectNode());
        assertThat(tick.succeeded()).as(tick.body()).isTrue();
        assertThat(scene.pulls("late-one")).isTrue();
        assertThat(scene.dockerConfig("late-one")).isEqualTo(scene.dockerConfig("shop"));
    }

    @Test
    void serviceAccountsThatComeLaterAreFoundByTheTimerAndUntilThenThatIsNoted() {
        start("acr-token", Map.of("ACR_ATTACH_RULES_TEAM_SECRET_SERVICE_ACCOUNTS", "front-*"));
        call("attach")
                .statusCode(200)
                .body("outcome", equalTo("Provisioned"))
                .body("notes.kind", contains("not-referenced"))
                .body("notes[0].cause", containsString("in 2 namespaces: shop, web."))
                .body("namespaces.referenced", contains(false, false))
                .body("notes[0].cause", containsString("imagePullSecrets: [{name: " + PullScene.SECRET + "}]"));
        access().statusCode(200)
                .body("verdict", equalTo("effective"))
                .body("secret.notes.kind", contains("not-referenced"))
                .body("secret.namespaces.referenced", contains(false, false));
        scene.kubernetes("POST", "/api/v1/namespaces/web/serviceaccounts", "{\"metadata\":{\"name\":\"front-1\"}}");

        Invocation tick = program.host().invoke("RotatePullSecrets", JSON.createObjectNode());

        assertThat(tick.body()).contains("refers to the secret " + PullScene.SECRET + " in the namespace shop.");
        assertThat(references("web", "front-1")).containsExactly(PullScene.SECRET);
        assertThat(references("web")).isEmpty();
        call("detach").statusCode(200);
        assertThat(references("web", "front-1")).isEmpty();
    }

    @Test
    void whatIsDueIsRenewedByEachRunOfTheTimer() {
        start("acr-token", Map.of("ACR_ATTACH_RULES_TEAM_SECRET_RENEW_AFTER", "0.00000001"));
        call("attach").statusCode(200);
        for (int renewal = 0; renewal < 3; renewal++) {
            JsonNode before = scene.dockerConfig("shop");
            Invocation tick = program.host().invoke("RotatePullSecrets", JSON.createObjectNode());
            assertThat(tick.succeeded()).as(tick.body()).isTrue();
            assertThat(scene.dockerConfig("shop")).isNotEqualTo(before);
            assertThat(scene.pulls("shop")).isTrue();
            assertThat(scene.pulls(before)).isFalse();
        }
        assertThat(passwords()).hasSize(1);
    }

    @Test
    void whatIsOtherPeoplesStaysAsItIs() {
        String theirs = "/api/v1/namespaces/web/secrets/" + PullScene.SECRET;
        scene.kubernetes(
                "POST",
                "/api/v1/namespaces/web/secrets",
                "{\"apiVersion\":\"v1\",\"kind\":\"Secret\",\"metadata\":{\"name\":\"" + PullScene.SECRET
                        + "\"},\"type\":\"Opaque\",\"data\":{\"a\":\"Yg==\"}}");
        JsonNode account = scene.get("/api/v1/namespaces/shop/serviceaccounts/default");
        ((ObjectNode) account).putArray("imagePullSecrets").addObject().put("name", "theirs");
        scene.kubernetes("PUT", "/api/v1/namespaces/shop/serviceaccounts/default", account.toString());
        JsonNode before = scene.get(theirs);
        try {
            start("acr-token");
            call("attach")
                    .statusCode(200)
                    .body("namespaces.find { it.namespace == 'web' }.state", equalTo("skipped"))
                    .body("namespaces.find { it.namespace == 'web' }.problem.kind", equalTo("foreign-secret"))
                    .body("namespaces.find { it.namespace == 'web' }.problem.cause", containsString("Opaque"))
                    .body("namespaces.find { it.namespace == 'shop' }.state", equalTo("ready"));
            assertThat(references("shop")).containsExactly("theirs", PullScene.SECRET);
            call("detach").statusCode(200);
            assertThat(references("shop")).containsExactly("theirs");
            assertThat(scene.get(theirs)).isEqualTo(before);
        } finally {
            scene.kubernetes("DELETE", theirs, "");
        }
    }

    @Test
    void oneFullNamespaceDoesNotStopTheOthers() {
        scene.namespace("full");
        scene.kubernetes(
                "POST",
                "/api/v1/namespaces/full/resourcequotas",
                "{\"apiVersion\":\"v1\",\"kind\":\"ResourceQuota\",\"metadata\":{\"name\":\"none\"},"
                        + "\"spec\":{\"hard\":{\"secrets\":\"0\"}}}");
        PullScene.await("the quota", () -> scene.get("/api/v1/namespaces/full/resourcequotas/none")
                .path("status")
                .has("hard"));
        start("acr-token", Map.of("ACR_ATTACH_RULES_TEAM_SECRET_NAMESPACES", "shop,full"));
        call("attach")
                .statusCode(200)
                .body("namespaces.find { it.namespace == 'full' }.problem.kind", equalTo("quota-exceeded"))
                .body("namespaces.find { it.namespace == 'full' }.problem.fix", not(equalTo("")))
                .body("namespaces.find { it.namespace == 'shop' }.state", equalTo("ready"));
        assertThat(scene.pulls("shop")).isTrue();
        scene.kubernetes("DELETE", "/api/v1/namespaces/full", "");
    }

    @Test
    void deletionThatIsNotTrueRemovesNothing() {
        start("service-principal");
        call("attach").statusCode(200);
        Invocation told = program.host().invoke("ResourceChanged", Estates.deleted(Estates.cluster("aks-shop")));
        assertThat(told.answer()
                        .orElseThrow()
                        .path("ReturnValue")
                        .path(0)
                        .path("outcome")
                        .asText())
                .isEqualTo("Ignored");
        assertThat(scene.pulls("shop")).isTrue();
    }

    /** Whether it wrote no version yet, or another one. */
    @ParameterizedTest
    @ValueSource(strings = {"acr-token", "service-principal"})
    void upgradeWritesNothingAndWhatWasMadeBeforeIsTakenBack(String kind) {
        start(kind);
        call("attach").statusCode(200).body("outcome", equalTo("Provisioned"));
        List<String> told = descriptions();
        assertThat(told).isNotEmpty().allMatch(each -> each.startsWith("acr-attach " + Pom.version() + ": "));
        JsonNode made = secret("shop").body();
        assertThat(made.at("/metadata/annotations/acr-attach~1version").asText())
                .isEqualTo(Pom.version());

        describeAs("acr-attach 9.0.0");
        ((ObjectNode) made.at("/metadata/annotations")).remove("acr-attach/version");
        scene.kubernetes("PUT", SHOP_SECRET, made.toString());
        JsonNode before = secret("shop").body();
        scene.azure.requests().clear();
        call("attach").statusCode(200).body("changed", equalTo(false));
        assertThat(program.host()
                        .invoke("ResourceChanged", Estates.written(Estates.cluster("aks-shop")))
                        .succeeded())
                .isTrue();
        assertThat(scene.azure
                        .requests()
                        .matching(each -> List.of("PUT", "PATCH", "DELETE").contains(each.method())
                                || each.path().matches(".*/(generateCredentials|addPassword|applications)")
                                        && each.method().equals("POST")))
                .isEmpty();
        assertThat(secret("shop").body()).isEqualTo(before);

        call("detach").statusCode(200).body("outcome", equalTo("Revoked"));
        assertThat(scene.made()).isEmpty();
        assertThat(secret("shop").status()).isEqualTo(404);
    }

    /** By kind: of the scope map, or of the role assignment and in the notes of the application. */
    private static List<String> descriptions() {
        return Stream.of(
                        ours(scene.arm(SCOPE_MAPS)).map(each -> each.at("/properties/description")),
                        ours(scene.graph(APPLICATIONS)).map(each -> each.path("notes")),
                        scene.azure.roleAssignments().stream()
                                .map(each -> each.body().at("/properties/description")))
                .flatMap(each -> each)
                .map(JsonNode::asText)
                .filter(each -> each.startsWith("acr-attach"))
                .toList();
    }

    /** What the program says of what it made, as another version of it would say that. */
    private static void describeAs(String maker) {
        Client owner = Client.you(scene.azure);
        ours(scene.arm(SCOPE_MAPS))
                .forEach(map -> describe(owner, "PUT", map.path("id").asText(), map, maker));
        scene.azure.roleAssignments().stream()
                .filter(each -> each.id().contains("/registries/acrshop/"))
                .forEach(each -> describe(owner, "PUT", each.id() + "?api-version=2022-04-01", each.body(), maker));
        Client directory =
                Client.of(scene.azure).with(scene.azure.tokenOf(Estates.PROGRAM, "https://graph.microsoft.com"));
        ours(scene.graph(APPLICATIONS))
                .forEach(each -> describe(
                        directory,
                        "PATCH",
                        "/v1.0/applications/" + each.path("id").asText(),
                        JSON.createObjectNode().put("notes", each.path("notes").asText()),
                        maker));
        assertThat(descriptions()).isNotEmpty().allMatch(each -> each.startsWith(maker + ": lets "));
    }

    private static void describe(Client client, String method, String path, JsonNode body, String maker) {
        String described = body.toString().replaceAll("\"acr-attach [^ ]+: lets ", '"' + maker + ": lets ");
        assertThat(client.send(method, path, described).status()).as(described).isBetween(200, 299);
    }

    private static Stream<JsonNode> ours(JsonNode list) {
        return StreamSupport.stream(list.path("value").spliterator(), false)
                .filter(each -> each.toString().contains(": lets "));
    }

    private ValidatableResponse call(String what) {
        return program.post(
                        "/api/" + what,
                        Map.of("cluster", Estates.cluster("aks-shop"), "registry", Estates.registry("acrshop")))
                .then();
    }

    private ValidatableResponse access() {
        return program.http()
                .queryParam("cluster", Estates.cluster("aks-shop"))
                .queryParam("registry", Estates.registry("acrshop"))
                .get("/api/access")
                .then();
    }

    private static PullScene.Answer secret(String namespace) {
        return scene.kubernetes("GET", "/api/v1/namespaces/" + namespace + "/secrets/" + PullScene.SECRET, "");
    }

    private static List<String> references(String namespace) {
        return references(namespace, "default");
    }

    private static List<String> references(String namespace, String account) {
        return scene.get("/api/v1/namespaces/" + namespace + "/serviceaccounts/" + account)
                .path("imagePullSecrets")
                .findValuesAsText("name");
    }

    private static JsonNode passwords() {
        return scene.arm(TOKENS)
                .path("value")
                .path(0)
                .path("properties")
                .path("credentials")
                .path("passwords");
    }
}
