package io.github.acrattach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.CredentialKey;
import io.github.acrattach.domain.CredentialKind;
import io.github.acrattach.domain.Pairing;
import io.github.acrattach.domain.Samples;
import io.github.acrattach.emulator.Client;
import io.github.acrattach.emulator.arm.authorization.RoleAssignment;
import io.github.acrattach.emulator.host.Invocation;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What somebody without any right plants under this program's name gets nothing from it, with a rule and without one. */
class PlantedIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CLUSTER = Estates.cluster("aks-shop");
    private static final String REGISTRY = Estates.registry("acrshop");
    private static final CredentialKey KEY = key(REGISTRY, CredentialKind.SERVICE_PRINCIPAL);

    /** Due as soon as it was made. */
    private static final Map<String, String> BY_RULE = Map.of(
            "ACR_ATTACH_RULES_TEAM_CLUSTERS_NAMES", "aks-shop",
            "ACR_ATTACH_RULES_TEAM_REGISTRIES_NAMES", "acrshop",
            "ACR_ATTACH_RULES_TEAM_METHOD", "secret",
            "ACR_ATTACH_RULES_TEAM_SECRET_CREDENTIAL", "service-principal",
            "ACR_ATTACH_RULES_TEAM_SECRET_NAMESPACES", "shop",
            "ACR_ATTACH_RULES_TEAM_SECRET_RENEW_AFTER", "0.00000001");

    private static final Map<Map<String, String>, PackagedProgram> PROGRAMS = new HashMap<>();

    private static PullScene scene;
    private PackagedProgram program;

    @BeforeAll
    static void open() {
        scene = PullScene.emulated(estate -> {});
    }

    @AfterAll
    static void close() {
        PROGRAMS.values().forEach(PackagedProgram::close);
        scene.close();
    }

    @BeforeEach
    void arrange() {
        scene.reset();
        scene.namespace("shop");
        scene.namespace("web");
    }

    /** Goes on with the program that has this rule. */
    private void start(Map<String, String> rule) {
        Map<String, String> settings = new HashMap<>(rule.isEmpty() ? Map.of() : PackagedProgram.BY_TEAM);
        settings.putAll(rule);
        program = PROGRAMS.computeIfAbsent(settings, each -> PackagedProgram.start(scene.azure, each));
    }

    @Test
    void strangersApplicationGetsNoRoleFromTheTimer() {
        JsonNode hers = plantApplication();
        start(Map.of());
        tick();
        assertPowerless(hers);
    }

    @Test
    void strangersApplicationGetsNoRoleWhereARulePairsTheTwo() {
        JsonNode hers = plantApplication();
        start(BY_RULE);
        JsonNode outcome = program.host()
                .invoke("ResourceChanged", Estates.written(CLUSTER))
                .answer()
                .orElseThrow()
                .path("ReturnValue")
                .path(0);
        assertThat(outcome.path("outcome").asText()).isEqualTo("Provisioned");
        assertThat(outcome.path("notes").findValuesAsText("kind"))
                .containsExactly("foreign-credential", "not-referenced");
        assertThat(scene.pulls("shop")).isTrue();
        tick();
        assertThat(scene.pulls("shop")).isTrue();
        assertPowerless(hers);
        program.post("/api/detach", pair()).then().statusCode(200);
        assertThat(scene.made()).containsExactly(KEY.name());
    }

    /** It belongs to this program alone, and names a living cluster and a registry that is gone, of a living one's name. */
    @Test
    void applicationForARegistryThatNeverWasTakesNoReferenceFromALivingPair() {
        Map<String, String> rule = new HashMap<>(BY_RULE);
        rule.put("ACR_ATTACH_RULES_TEAM_SECRET_CREDENTIAL", "acr-token");
        rule.put("ACR_ATTACH_RULES_TEAM_SECRET_SERVICE_ACCOUNTS", "default");
        rule.put("ACR_ATTACH_RULES_TEAM_SECRET_LIFETIME", "P90D");
        start(rule);
        program.post("/api/attach", pair()).then().statusCode(200);
        JsonNode before = references("shop");
        assertThat(before).isNotEmpty();
        String gone = REGISTRY.replace("/resourceGroups/", "/resourceGroups/no-");
        CredentialKey key = key(gone, CredentialKind.SERVICE_PRINCIPAL);
        giveApplication(key);
        start(Map.of());
        tick();
        assertThat(scene.made()).doesNotContain(key.name());
        assertThat(references("shop")).isEqualTo(before);
    }

    /** A rule by auto pairs the two, whose role does: she has a namespace, and would like a password in it. */
    @Test
    void applicationThatIsGivenToThisProgramMakesNoSecretWhereARoleDoes() {
        Map<String, String> rule = new HashMap<>(BY_RULE);
        rule.put("ACR_ATTACH_RULES_TEAM_METHOD", "auto");
        rule.put("ACR_ATTACH_RULES_TEAM_SECRET_CREDENTIAL", "acr-token");
        start(rule);
        program.post("/api/attach", pair()).then().statusCode(200).body("outcome", equalTo("Granted"));
        List<String> before = scene.made();
        giveApplication(KEY);
        tick();
        assertThat(secret("shop", PullScene.SECRET).status()).isEqualTo(404);
        assertThat(scene.made()).isEqualTo(before);
    }

    private JsonNode references(String namespace) {
        return scene.get("/api/v1/namespaces/" + namespace + "/serviceaccounts/default")
                .path("imagePullSecrets");
    }

    /** The federated credential of somebody who had the application's owner's right for a moment. */
    @Test
    void credentialThatOthersHaveAHandInIsReplaced() {
        start(BY_RULE);
        program.post("/api/attach", pair()).then().statusCode(200);
        List<String> before = principals();
        String id = scene.graph("/v1.0/applications(uniqueName='" + KEY.name() + "')")
                .path("id")
                .asText();
        control(
                "PATCH",
                "directoryObjects",
                "{'id':'" + id + "','federatedIdentityCredentials':[{'name':'ci','issuer':'https://token.example',"
                        + "'subject':'repo:theirs'}]}");
        tick();
        assertThat(scene.pulls("shop")).isTrue();
        assertThat(principals()).as("its role was taken back").hasSize(1).doesNotContainAnyElementsOf(before);
    }

    /** At a registry of his own, whose password he knows. */
    @Test
    void strangersScopeMapPutsNothingIntoACluster() {
        String his = Estates.registry("acrbilling");
        CredentialKey key = key(his, CredentialKind.ACR_TOKEN);
        String map = his + "/scopeMaps/" + key.name();
        ObjectNode properties = JSON.createObjectNode()
                .put("description", key.description(Samples.VERSION).toString());
        properties.putArray("actions").add("repositories/*/content/read").add("repositories/*/metadata/read");
        plantChild(map, properties);
        plantChild(
                his + "/tokens/" + key.name(),
                JSON.createObjectNode().put("scopeMapId", map).put("status", "enabled"));
        start(Map.of());
        tick();
        for (String namespace : List.of("shop", "web")) {
            assertThat(secret(namespace, "acr-attach-acrbilling").status()).isEqualTo(404);
        }
    }

    @Test
    void decoyGetsNothingWhereTheRuleNamesNoPlace() {
        start(BY_RULE);
        program.post("/api/attach", pair()).then().statusCode(200);
        ObjectNode decoy = (ObjectNode) secret("shop", PullScene.SECRET).body();
        ObjectNode metadata = (ObjectNode) decoy.path("metadata");
        metadata.put("namespace", "web").remove(List.of("uid", "resourceVersion", "creationTimestamp"));
        ((ObjectNode) decoy.path("data"))
                .put(
                        ".dockerconfigjson",
                        Base64.getEncoder().encodeToString("{\"auths\":{}}".getBytes(StandardCharsets.UTF_8)));
        scene.kubernetes("POST", "/api/v1/namespaces/web/secrets", decoy.toString());
        tick();
        assertThat(scene.pulls("shop")).isTrue();
        assertThat(scene.dockerConfig("web").path("auths")).isEmpty();
    }

    /** Its rule is taken away: it is renewed where it stands, and nowhere else. */
    @Test
    void whatNoRuleWantsAnyMoreIsNotSpread() {
        start(BY_RULE);
        program.post("/api/attach", pair()).then().statusCode(200);
        JsonNode before = scene.dockerConfig("shop");
        start(Map.of());
        program.post("/api/rotate", pair()).then().statusCode(200).body("outcome", equalTo("Provisioned"));
        assertThat(scene.dockerConfig("shop")).isNotEqualTo(before);
        assertThat(scene.pulls("shop")).isTrue();
        assertThat(secret("web", PullScene.SECRET).status()).isEqualTo(404);
    }

    /** Under the name, with the tags and notes that this program would give it, and a password that she knows. */
    private JsonNode plantApplication() {
        return control(
                "POST",
                "applications",
                "{'uniqueName':'" + KEY.name() + "','tags':['acr-attach','" + KEY.name() + "'],'notes':'"
                        + KEY.description(Samples.VERSION) + " Registry: " + REGISTRY
                        + "','passwords':1,'servicePrincipal':{},'createdDateTime':'2026-01-01T00:00:00Z'}");
    }

    /** One that says to be the credential, and that this program owns alone. */
    private void giveApplication(CredentialKey key) {
        control(
                "POST",
                "applications",
                "{'uniqueName':'" + key.name() + "','tags':['acr-attach'],'notes':'" + key.description(Samples.VERSION)
                        + " Registry: "
                        + key.pairing().registry() + "','owners':['" + Estates.PROGRAM
                        + "'],'createdDateTime':'2026-01-01T00:00:00Z'}");
    }

    private void plantChild(String id, ObjectNode properties) {
        ObjectNode body = JSON.createObjectNode().put("id", id);
        body.set("properties", properties);
        control("POST", "registryChildren", body.toString());
    }

    private JsonNode control(String method, String path, String body) {
        return Client.of(scene.azure).control(method, path, body);
    }

    private void tick() {
        Invocation tick = program.host().invoke("RotatePullSecrets", JSON.createObjectNode());
        assertThat(tick.succeeded()).as(tick.body()).isTrue();
    }

    private void assertPowerless(JsonNode application) {
        assertThat(principals())
                .doesNotContain(application.path("servicePrincipal").path("id").asText());
        String signIn = application.path("appId").asText()
                + ':'
                + application.path("passwords").path(0).asText();
        ObjectNode config = JSON.createObjectNode();
        config.putObject("auths")
                .putObject("acrshop.azurecr.io")
                .put("auth", Base64.getEncoder().encodeToString(signIn.getBytes(StandardCharsets.UTF_8)));
        assertThat(scene.pulls(config)).isFalse();
    }

    /** Who holds a role at acrshop that this program gave. */
    private List<String> principals() {
        return scene.azure.roleAssignments().stream()
                .filter(each -> each.id().contains("/registries/acrshop/"))
                .map(RoleAssignment::principalId)
                .toList();
    }

    private PullScene.Answer secret(String namespace, String name) {
        return scene.kubernetes("GET", "/api/v1/namespaces/" + namespace + "/secrets/" + name, "");
    }

    private static Map<String, String> pair() {
        return Map.of("cluster", CLUSTER, "registry", REGISTRY);
    }

    private static CredentialKey key(String registry, CredentialKind kind) {
        return new CredentialKey(new Pairing(ArmId.parse(CLUSTER), ArmId.parse(registry)), kind);
    }
}
