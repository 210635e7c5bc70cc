package io.github.acrattach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What tells registries apart that share a name, and what stays of one whose id changes. One start serves all of it. */
class RegistryIdentityIT {

    private static final String CLUSTER = Estates.cluster("aks-shop");
    private static final String REGISTRY = Estates.registry("acrshop");
    private static final String EAST = "/subscriptions/" + Estates.PRODUCTION + "/resourceGroups/east";
    private static final String MOVED = inEast("acrshop");

    private static PullScene scene;
    private static PackagedProgram program;

    @BeforeAll
    static void arrange() {
        scene = PullScene.emulated(estate -> estate.withArray("/repositories")
                .addObject()
                .put("registry", "acrtwin")
                .put("name", "shop/web")
                .putArray("tags")
                .add("1.0"));
        program = scene.program(Map.of(
                "ACR_ATTACH_RULES_TEAM_CLUSTERS_NAMES",
                "aks-shop",
                "ACR_ATTACH_RULES_TEAM_SECRET_NAMESPACES",
                "shop",
                "ACR_ATTACH_RULES_TEAM_SECRET_SERVICE_ACCOUNTS",
                "default"));
    }

    @AfterAll
    static void clear() {
        scene.close();
    }

    @BeforeEach
    void startAgain() {
        scene.reset();
        scene.arm("PUT", EAST, "{\"location\":\"westeurope\"}");
    }

    @Test
    void registriesOfOneNameHaveASecretEach() {
        String first = labelled(Estates.registry("acrtwin"));
        String second = labelled(inEast("acrtwin"));
        call("attach", Estates.registry("acrtwin")).statusCode(200).body("namespaces.state", equalTo(List.of("ready")));
        call("attach", inEast("acrtwin")).statusCode(200).body("namespaces.state", equalTo(List.of("ready")));
        assertThat(pulls(first)).isTrue();
        assertThat(pulls(second)).isTrue();
        assertThat(references()).contains(first, second);
        access(inEast("acrtwin")).statusCode(200).body("secret.name", equalTo(second));

        JsonNode before = scene.dockerConfig("shop", first);
        call("rotate", inEast("acrtwin")).statusCode(200).body("changed", equalTo(true));
        assertThat(scene.dockerConfig("shop", first)).isEqualTo(before);
        call("detach", Estates.registry("acrtwin"))
                .statusCode(200)
                .body("removed", hasItem("the secret " + first + " in namespace shop"));
        assertThat(pulls(second)).isTrue();
        assertThat(references()).contains(second).doesNotContain(first);

        scene.arm("DELETE", inEast("acrtwin"), "");
        assertThat(outcomes(Estates.deleted(inEast("acrtwin"))).findValuesAsText("outcome"))
                .containsExactly("Revoked");
        assertThat(references()).doesNotContain(second);
        assertThat(secret(second).status()).isEqualTo(404);
    }

    @Test
    void secretThatAnEarlierVersionNamedKeepsItsName() {
        String newer = labelled(Estates.registry("acrtwin"));
        call("attach", Estates.registry("acrtwin")).statusCode(200);
        String former = "acr-attach-acrtwin";
        rename(newer, former);

        call("attach", Estates.registry("acrtwin"))
                .statusCode(200)
                .body("changed", equalTo(false))
                .body("namespaces[0].secret", equalTo(former));
        call("rotate", Estates.registry("acrtwin")).statusCode(200).body("namespaces[0].secret", equalTo(former));
        assertThat(pulls(former)).isTrue();
        assertThat(secret(newer).status()).isEqualTo(404);
        assertThat(references()).containsOnlyOnce(former).doesNotContain(newer);
        String second = labelled(inEast("acrtwin"));
        call("attach", inEast("acrtwin")).statusCode(200).body("namespaces.state", equalTo(List.of("ready")));
        assertThat(pulls(second)).isTrue();
        call("detach", Estates.registry("acrtwin"))
                .statusCode(200)
                .body("removed", hasItem("the secret " + former + " in namespace shop"));
        assertThat(pulls(second)).isTrue();
    }

    @Test
    void movedRegistryIsPulledFromAllTheTime() {
        call("attach", REGISTRY).statusCode(200);
        JsonNode before = scene.dockerConfig("shop");
        move(REGISTRY, EAST);
        assertThat(scene.pulls("shop")).isTrue();

        assertThat(outcomes(Estates.deleted(REGISTRY)).toString())
                .contains("moved")
                .contains(MOVED);
        assertThat(scene.pulls("shop"))
                .as("after the event of the id that it had")
                .isTrue();
        access(REGISTRY).statusCode(404).body("code", equalTo("REGISTRY_MOVED")).body("detail", containsString(MOVED));
        access(MOVED).statusCode(200).body("secret.notes.kind", hasItem("moved"));
        program.host().invoke("RotatePullSecrets", NullNode.instance);

        assertThat(scene.dockerConfig("shop")).isNotEqualTo(before);
        assertThat(scene.pulls("shop")).isTrue();
        assertThat(scene.pulls(before))
                .as("the password that was made under the id that it had")
                .isFalse();
        assertThat(scene.arm(MOVED + "/tokens").path("value")).hasSize(1);
        assertThat(references()).containsOnlyOnce(PullScene.SECRET);
        access(MOVED).statusCode(200).body("verdict", equalTo("effective"));
        call("detach", MOVED).statusCode(200);
        assertThat(scene.arm(MOVED + "/tokens").path("value")).isEmpty();
    }

    @Test
    void passwordThatOthersKnowIsReplacedAfterAMove() {
        call("attach", REGISTRY).statusCode(200);
        JsonNode before = scene.dockerConfig("shop");
        move(REGISTRY, EAST);
        call("rotate", REGISTRY).statusCode(404).body("detail", containsString(MOVED));
        call("rotate", MOVED).statusCode(200).body("changed", equalTo(true));
        assertThat(scene.pulls("shop")).isTrue();
        assertThat(scene.pulls(before)).isFalse();
    }

    @Test
    void roleIsGivenAgainWhereARegistryIsNow() {
        attach("role", REGISTRY).statusCode(200).body("outcome", equalTo("Granted"));
        move(REGISTRY, EAST);
        access(MOVED).statusCode(200).body("verdict", equalTo("missing"));
        attach("role", REGISTRY).statusCode(404).body("detail", containsString(MOVED));
        attach("role", MOVED).statusCode(200).body("outcome", equalTo("Granted"));
    }

    @Test
    void secretOpensEachLoginServerThatTheRegistryHas() {
        call("attach", REGISTRY).statusCode(200);
        JsonNode before = scene.dockerConfig("shop").path("auths");
        scene.arm("PATCH", REGISTRY, "{\"properties\":{\"regionalEndpoints\":\"Enabled\"}}");

        call("attach", REGISTRY).statusCode(200).body("changed", equalTo(true));
        ObjectNode after = (ObjectNode) scene.dockerConfig("shop");
        JsonNode auths = after.path("auths");
        assertThat(auths.fieldNames())
                .toIterable()
                .containsExactly("acrshop.azurecr.io", "acrshop.westeurope.geo.azurecr.io");
        assertThat(auths)
                .as("the password is the same")
                .containsOnly(before.elements().next());
        assertThat(scene.pulls(after)).isTrue();
        after.withObject("/auths").remove("acrshop.azurecr.io");
        assertThat(scene.pulls(after)).as("by the region's own name").isTrue();
        assertThat(scene.arm(REGISTRY + "/tokens").path("value")).hasSize(1);

        call("attach", REGISTRY).statusCode(200).body("changed", equalTo(false));
        access(REGISTRY).statusCode(200).body("verdict", equalTo("effective"));
    }

    private static String inEast(String name) {
        return EAST + "/providers/Microsoft.ContainerRegistry/registries/" + name;
    }

    /** Makes a registry whose name others can have, and tells how its pull secret is to be called. */
    private static String labelled(String id) {
        JsonNode made = scene.arm(
                        "PUT",
                        id,
                        "{\"location\":\"westeurope\",\"sku\":{\"name\":\"Standard\"},\"tags\":{\"team\":\"shop\"},"
                                + "\"properties\":{\"autoGeneratedDomainNameLabelScope\":\"ResourceGroupReuse\"}}")
                .body();
        return "acr-attach-"
                + made.path("properties").path("loginServer").asText().replace(".azurecr.io", "");
    }

    private static void move(String id, String group) {
        String source = id.substring(0, id.indexOf("/providers/"));
        assertThat(scene.arm(
                                "POST",
                                source + "/moveResources",
                                "{\"resources\":[\"" + id + "\"],\"targetResourceGroup\":\"" + group + "\"}")
                        .status())
                .isEqualTo(202);
    }

    /** As if the secret had been made under the other name, and been referred to by it. */
    private static void rename(String name, String other) {
        String secrets = "/api/v1/namespaces/shop/secrets";
        ObjectNode made = (ObjectNode) scene.get(secrets + "/" + name);
        made.withObject("/metadata").remove(List.of("uid", "resourceVersion"));
        made.withObject("/metadata").put("name", other);
        scene.kubernetes("POST", secrets, made.toString());
        scene.kubernetes("DELETE", secrets + "/" + name, "");
        String account = "/api/v1/namespaces/shop/serviceaccounts/default";
        scene.kubernetes("PUT", account, scene.get(account).toString().replace(name, other));
    }

    private static PullScene.Answer secret(String name) {
        return scene.kubernetes("GET", "/api/v1/namespaces/shop/secrets/" + name, "");
    }

    private static boolean pulls(String secret) {
        return scene.pulls(scene.dockerConfig("shop", secret));
    }

    private static List<String> references() {
        return scene.get("/api/v1/namespaces/shop/serviceaccounts/default")
                .path("imagePullSecrets")
                .findValuesAsText("name");
    }

    private static JsonNode outcomes(ObjectNode event) {
        return program.host()
                .invoke("ResourceChanged", event)
                .answer()
                .orElseThrow()
                .path("ReturnValue");
    }

    private static ValidatableResponse call(String what, String registry) {
        return program.post("/api/" + what, Map.of("cluster", CLUSTER, "registry", registry))
                .then();
    }

    private static ValidatableResponse attach(String method, String registry) {
        return program.post("/api/attach", Map.of("cluster", CLUSTER, "registry", registry, "method", method))
                .then();
    }

    private static ValidatableResponse access(String registry) {
        return program.http()
                .queryParam("cluster", CLUSTER)
                .queryParam("registry", registry)
                .get("/api/access")
                .then();
    }
}
