package io.github.acrattach.adapter.acr;

import static io.github.acrattach.adapter.azure.Answered.found;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.Estates;
import io.github.acrattach.adapter.azure.Azure;
import io.github.acrattach.adapter.azure.AzureAt;
import io.github.acrattach.adapter.azure.Reply;
import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.CredentialKey;
import io.github.acrattach.domain.CredentialKind;
import io.github.acrattach.domain.NamespaceSelector;
import io.github.acrattach.domain.Pairing;
import io.github.acrattach.domain.Problem.Kind;
import io.github.acrattach.domain.Proof;
import io.github.acrattach.domain.Proof.Verdict;
import io.github.acrattach.domain.ProvisioningState;
import io.github.acrattach.domain.PullCredential;
import io.github.acrattach.domain.PullRole;
import io.github.acrattach.domain.PullSecretTerms;
import io.github.acrattach.domain.Registry;
import io.github.acrattach.domain.Samples;
import io.github.acrattach.domain.Secret;
import io.github.acrattach.domain.ServiceAccountPatterns;
import io.github.acrattach.emulator.Client;
import io.github.acrattach.emulator.Emulator;
import io.github.acrattach.emulator.EmulatorOptions;
import io.github.acrattach.emulator.estate.Estate;
import io.github.acrattach.emulator.frontdoor.Fault;
import io.github.acrattach.emulator.http.Answer;
import io.github.acrattach.emulator.http.Certificate;
import io.github.acrattach.emulator.http.Port;
import io.github.acrattach.port.CloudUnavailable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A token of the emulator's registry, tried there. */
class AcrLoginsTest {

    private static final ArmId REGISTRY = ArmId.parse(Estates.registry("acrshop"));
    private static final CredentialKey KEY = new CredentialKey(
            new Pairing(ArmId.parse(Estates.cluster("aks-shop")), REGISTRY), CredentialKind.ACR_TOKEN);
    private static final Instant NOW = Instant.parse("2026-05-04T03:02:01Z");
    private static final Proof PULLS = Proof.PULLS.at(NOW);
    private static final Secret WRONG = new Secret("made-up-wrong-password");

    private Emulator emulator;
    private Azure azure;
    private Registry registry;

    /** The first token of a registry would wait for it, on a busy machine longer than is waited for an answer. */
    @BeforeAll
    static void makeTheKeyOfRegistries() {
        Certificate.ofRegistries();
    }

    @AfterEach
    void stop() {
        emulator.close();
    }

    private void start(Consumer<ObjectNode> change) {
        Estate estate = Estates.changed(json -> {
            Estates.assign(json, Estates.PROGRAM, "Owner", REGISTRY.toString());
            change.accept(json);
        });
        emulator = Emulator.start(EmulatorOptions.of(estate));
        azure = azureAt(emulator.uri() + "/_registries/{login-server}");
        registry = registry(emulator.resource(REGISTRY.toString())
                .orElseThrow()
                .path("properties")
                .path("loginServer")
                .asText());
    }

    private void start() {
        start(same -> {});
    }

    @Test
    void freshPasswordPulls() {
        start();
        Secret password = password("*");
        emulator.requests().clear();
        assertThat(prove(password, "*")).isEqualTo(PULLS);
        assertThat(emulator.requests().list()).hasSize(2);
        assertThat(prove(password, "shop/web", "shop/*")).isEqualTo(PULLS);
    }

    @Test
    void wrongPasswordIsRejected() {
        start();
        password("*");
        Proof proof = prove(WRONG, "*");
        assertThat(proof.verdict()).isEqualTo(Verdict.REJECTED);
        assertThat(proof.problem().orElseThrow().kind()).isEqualTo(Kind.CREDENTIAL_REJECTED);
        assertThat(proof.problem().orElseThrow().cause()).contains(KEY.name(), "so new");
    }

    @Test
    void pageOfAFirewallInBetweenIsNoNetworkRuleOfTheRegistry() {
        start();
        Secret password = password("*");
        emulator.faults().add(Fault.reply("oauth2/token", Answer.text(403, "text/html", "<html>Blocked</html>")));
        Proof proof = prove(password, "*");
        assertThat(proof.verdict()).isEqualTo(Verdict.UNREACHABLE);
        assertThat(proof.problem().orElseThrow().cause()).contains("does not refuse as a registry does");
        assertThat(proof.problem().orElseThrow().fix()).doesNotContain("network-rule");
    }

    @Test
    void passwordThatIsNotKnownEverywhereYetIsRejectedAndThenPulls() {
        start();
        Secret password = password("*");
        emulator.faults()
                .add(Fault.reply("oauth2/token", errors(401, "UNAUTHORIZED", "authentication required"))
                        .times(1));
        assertThat(prove(password, "*").verdict()).isEqualTo(Verdict.REJECTED);
        assertThat(prove(password, "*")).isEqualTo(PULLS);
    }

    @Test
    void servicePrincipalPullsOnceItsPasswordIsKnownAndItHasTheRole() {
        start();
        emulator.close();
        emulator = Emulator.start(EmulatorOptions.of(Estate.sample()).withPasswordReplication(Duration.ofMinutes(2)));
        azure = azureAt(emulator.uri() + "/_registries/{login-server}");
        JsonNode application = graph("applications", "{\"displayName\":\"puller\"}");
        String clientId = application.path("appId").asText();
        String principal = graph("servicePrincipals", "{\"appId\":\"" + clientId + "\"}")
                .path("id")
                .asText();
        Secret password =
                new Secret(graph("applications/" + application.path("id").asText() + "/addPassword", "{}")
                        .path("secretText")
                        .asText());
        assertThat(prove(clientId, password, "*").verdict()).isEqualTo(Verdict.REJECTED);
        emulator.clock().advance(Duration.ofMinutes(2));
        assertThat(prove(clientId, password, "*").verdict()).isEqualTo(Verdict.UNAUTHORIZED);
        Client.you(emulator)
                .put(
                        REGISTRY + "/providers/Microsoft.Authorization/roleAssignments/"
                                + "0c0ffee0-0000-4000-8000-000000000001?api-version=2022-04-01",
                        "{\"properties\":{\"principalId\":\"" + principal
                                + "\",\"principalType\":\"ServicePrincipal\",\"roleDefinitionId\":\"/subscriptions/"
                                + Estates.PRODUCTION + "/providers/Microsoft.Authorization/roleDefinitions/"
                                + PullRole.ACR_PULL.definition() + "\"}}");
        assertThat(prove(clientId, password, "*", "shop/web")).isEqualTo(PULLS);
    }

    @Test
    void passwordThatMayNotPullIsPowerless() {
        start();
        Secret password = password("shop/*");
        assertThat(prove(password, "shop/*")).isEqualTo(PULLS);
        Proof proof = prove(password, "shop/*", "base/java");
        assertThat(proof.verdict()).isEqualTo(Verdict.UNAUTHORIZED);
        assertThat(proof.problem().orElseThrow().kind()).isEqualTo(Kind.CREDENTIAL_UNAUTHORIZED);
        assertThat(proof.problem().orElseThrow().cause()).contains("base/java");
    }

    @Test
    void namedRepositoryThatIsNotThereIsTold() {
        start();
        Secret password = password("*");
        Proof proof = prove(password, "shop/web", "shop/nowhere");
        assertThat(proof.verdict()).isEqualTo(Verdict.NO_REPOSITORY);
        assertThat(proof.problem().orElseThrow().kind()).isEqualTo(Kind.REPOSITORY_MISSING);
        assertThat(proof.problem().orElseThrow().cause()).contains("shop/nowhere");
        assertThat(proof.fails()).isFalse();
    }

    @Test
    void opaqueTokenIsJudgedByWhatTheRegistryAnswers() {
        start();
        emulator.faults()
                .add(Fault.reply("oauth2/token", Answer.text(200, Answer.JSON, "{\"token\":\"made-up-opaque\"}")));
        emulator.faults()
                .add(Fault.reply("manifests", errors(404, "NAME_UNKNOWN", "unknown"))
                        .times(1));
        assertThat(prove(WRONG, "*")).isEqualTo(PULLS);
        emulator.faults()
                .add(Fault.reply("manifests", errors(401, "UNAUTHORIZED", "authentication required"))
                        .times(1));
        assertThat(prove(WRONG, "*").verdict()).isEqualTo(Verdict.UNAUTHORIZED);
    }

    @Test
    void missingTagThatIsAnsweredLikeAMissingRightIsNoFault() {
        start();
        Secret password = password("*");
        emulator.faults().add(Fault.reply("manifests", errors(401, "UNAUTHORIZED", "authentication required")));
        assertThat(prove(password, "shop/web")).isEqualTo(PULLS);
    }

    @Test
    void firewallShutsThisProgramOut() {
        start(json -> ((ObjectNode) Estates.resource(json, "acrshop").path("properties"))
                .putObject("networkRuleSet")
                .put("defaultAction", "Deny"));
        Proof proof = prove(WRONG, "*");
        assertThat(proof.verdict()).isEqualTo(Verdict.UNREACHABLE);
        assertThat(proof.problem().orElseThrow().kind()).isEqualTo(Kind.REGISTRY_UNREACHABLE);
        assertThat(proof.problem().orElseThrow().cause()).contains("client with IP '127.0.0.1' is not allowed access");
        assertThat(proof.problem().orElseThrow().fix())
                .contains(
                        "az acr network-rule add --subscription ",
                        "--ip-address \"127.0.0.1\"",
                        "--default-action Allow");
    }

    @Test
    void registryThatCannotBeReachedShutsThisProgramOut() {
        start();
        azure = azureAt("https://localhost:1");
        assertThat(prove(WRONG, "*")).satisfies(proof -> {
            assertThat(proof.verdict()).isEqualTo(Verdict.UNREACHABLE);
            assertThat(proof.problem().orElseThrow().cause()).contains("the connection is refused");
            assertThat(proof.problem().orElseThrow().fix())
                    .startsWith("az functionapp vnet-integration add --resource-group")
                    .contains("--name", "--vnet", "--subnet", "private endpoints");
        });
        azure = azureAt("https://no-such-host.invalid");
        assertThat(prove(WRONG, "*").problem().orElseThrow().cause()).contains("its name is not known");
    }

    @Test
    void strangersCertificateShutsThisProgramOut() {
        start();
        azure = AzureAt.emulator(
                emulator,
                Map.of(
                        "trusted-certificates",
                        AzureAt.file(Certificate.ofRegistries().pem()).toString(),
                        "endpoints.registry",
                        emulator.uri() + "/_registries/{login-server}"));
        Proof proof = prove(WRONG, "*");
        assertThat(proof.verdict()).isEqualTo(Verdict.UNREACHABLE);
        assertThat(proof.problem().orElseThrow().kind()).isEqualTo(Kind.UNTRUSTED_CERTIFICATE);
        assertThat(emulator.requests().list()).isEmpty();
    }

    @Test
    void passwordGoesToNobodyButTheRegistry() {
        start();
        Queue<String> elsewhere = new ConcurrentLinkedQueue<>();
        try (Port other = listening(elsewhere)) {
            String own = emulator.uri() + "/_registries/acrshop.azurecr.io/oauth2/token";
            int port = emulator.uri().getPort();
            for (String realm : List.of(
                    "https://evil.example/oauth2/token",
                    "https://localhost:" + other.number() + "/oauth2/token",
                    "https://localhost/oauth2/token",
                    "https://localhost.:" + port + "/oauth2/token",
                    "https://127.0.0.1:" + port + "/oauth2/token",
                    "https://[::1]:" + port + "/oauth2/token",
                    own.replace("https:", "http:"),
                    own.replace("//", "//me@"),
                    own.replace("//localhost", "//localhost\\@evil.example"),
                    own + "?service=another.azurecr.io",
                    own + "?scope=registry:catalog:*",
                    own + "#",
                    "not a url",
                    "")) {
                challenges("realm=\"" + realm + "\",service=\"acrshop.azurecr.io\"");
                assertThat(prove(WRONG, "*").verdict()).as(realm).isEqualTo(Verdict.UNREACHABLE);
                assertThat(emulator.requests().list()).as(realm).hasSize(1);
            }
        }
        assertThat(elsewhere).isEmpty();
    }

    @Test
    void passwordIsForNoServiceButTheRegistry() {
        start();
        String realm = "realm=\"" + emulator.uri() + "/_registries/acrshop.azurecr.io/oauth2/token\"";
        for (String service : List.of("", ",service=\"\"", ",service=\"another.azurecr.io\"")) {
            challenges(realm + service);
            assertThat(prove(WRONG, "*").verdict()).as(service).isEqualTo(Verdict.UNREACHABLE);
            assertThat(emulator.requests().list()).as(service).hasSize(1);
        }
    }

    @Test
    void whatAnswersInTheRegistrysPlaceIsShownByItsHost() {
        start();
        challenges("");
        assertThat(prove(WRONG, "*").problem().orElseThrow().fix())
                .as("two registries can have the name, and az acr check-health takes no suffix")
                .contains("curl -v https://acrshop.azurecr.io/v2/")
                .doesNotContain("check-health");
    }

    @Test
    void caseOfRealmAndServiceDoesNotMatter() {
        start();
        Secret password = password("*");
        String realm = "HTTPS://LOCALHOST:" + emulator.uri().getPort() + "/_registries/acrshop.azurecr.io/oauth2/token";
        challenges("realm=\"" + realm + "\",service=\"ACRSHOP.azurecr.io\"");
        assertThat(prove(password, "*")).isEqualTo(PULLS);
    }

    @Test
    void redirectIsNotFollowed() {
        start();
        Secret password = password("*");
        Queue<String> elsewhere = new ConcurrentLinkedQueue<>();
        try (Port other = listening(elsewhere)) {
            for (int status : List.of(301, 302, 307, 308)) {
                for (String path : List.of("/v2", "oauth2/token", "manifests")) {
                    emulator.faults().clear();
                    emulator.faults()
                            .add(Fault.reply(
                                    path,
                                    Answer.empty(status)
                                            .with("Location", "https://localhost:" + other.number() + '/')));
                    prove(password, "shop/web");
                }
            }
        }
        assertThat(elsewhere).isEmpty();
    }

    /** Whoever answers there would take any password. */
    private static Port listening(Queue<String> heard) {
        return Port.https(0, Certificate.ofThisProcess().tls(), request -> {
            heard.add(request.method() + ' ' + request.path());
            return Optional.of(Answer.text(200, Answer.JSON, "{\"access_token\":\"made-up\"}"));
        });
    }

    private void challenges(String parameters) {
        emulator.faults().clear();
        emulator.faults()
                .add(Fault.reply(
                        "/v2", errors(401, "UNAUTHORIZED", "x").with("WWW-Authenticate", "Bearer " + parameters)));
        emulator.requests().clear();
    }

    @Test
    void throttlingIsHandedOnWithItsTime() {
        start();
        emulator.faults()
                .add(Fault.reply(
                        "oauth2/token",
                        errors(429, "TOOMANYREQUESTS", "too many requests").with("Retry-After", "60")));
        assertThatThrownBy(() -> prove(WRONG, "*")).isInstanceOfSatisfying(CloudUnavailable.class, unavailable -> {
            assertThat(unavailable.retryAfter()).contains(Duration.ofSeconds(60));
            assertThat(unavailable.problem().kind()).isEqualTo(Kind.THROTTLED);
            assertThat(told(unavailable)).doesNotContain(WRONG.reveal());
        });
    }

    @Test
    void answerWithoutEndIsNotRead() {
        start();
        emulator.faults()
                .add(Fault.reply("oauth2/token", Answer.text(200, Answer.JSON, "{\"token\":\"" + "x".repeat(1 << 21))));
        assertThatThrownBy(() -> prove(WRONG, "*"))
                .isInstanceOfSatisfying(
                        CloudUnavailable.class,
                        unavailable -> assertThat(unavailable.problem().cause()).contains("longer than any"));
    }

    @Test
    void passwordStandsInNoUrlAndNoText() {
        start();
        Secret password = password("*");
        for (Secret each : List.of(password, WRONG)) {
            assertThat(prove(each, "*", "shop/web").toString()).doesNotContain(each.reveal());
            assertThat(emulator.requests().list().toString()).doesNotContain(each.reveal());
        }
    }

    private static String told(Throwable failure) {
        return failure
                + Arrays.toString(failure.getStackTrace())
                + failure.getCause()
                + ((CloudUnavailable) failure).problem();
    }

    private Azure azureAt(String registries) {
        return AzureAt.emulator(emulator, Map.of("endpoints.registry", registries));
    }

    private static Registry registry(String loginServer) {
        return Samples.registry(REGISTRY, Map.of(), ProvisioningState.SUCCEEDED, loginServer, Optional.empty());
    }

    private Proof prove(Secret password, String... repositories) {
        return prove(KEY.name(), password, repositories);
    }

    private Proof prove(String username, Secret password, String... repositories) {
        return new AcrLogins(azure, Clock.fixed(NOW, ZoneOffset.UTC))
                .prove(registry, username, password, List.of(repositories));
    }

    private JsonNode graph(String path, String body) {
        HttpRequest request = new HttpRequest(HttpMethod.POST, emulator.uri() + "/v1.0/" + path)
                .setHeader(HttpHeaderName.CONTENT_TYPE, "application/json")
                .setBody(body);
        return Reply.to(request, azure.graph()).json();
    }

    /** Of a token that may pull from these. */
    private Secret password(String... repositories) {
        AcrTokens tokens = new AcrTokens(azure, Clock.systemUTC(), Samples.VERSION);
        PullSecretTerms terms = new PullSecretTerms(
                CredentialKind.ACR_TOKEN,
                List.of(repositories),
                NamespaceSelector.all(),
                ServiceAccountPatterns.NONE,
                Duration.ofDays(90),
                0.5);
        PullCredential made = found(tokens.make(KEY, terms, Set.of())).credential();
        return found(tokens.addPassword(made, Instant.now().plus(Duration.ofDays(90))))
                .value();
    }

    private static Answer errors(int status, String code, String message) {
        return Answer.text(
                status, Answer.JSON, "{\"errors\":[{\"code\":\"" + code + "\",\"message\":\"" + message + "\"}]}");
    }
}
