package io.github.acrattach.adapter.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.github.acrattach.domain.FunctionApp;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where there is no identity is known before anybody is asked; where there may be one, the one who knows it is asked. */
class IdentityHostTest {

    private static final Map<String, String> APP =
            Map.of("WEBSITE_SITE_NAME", "attach-prod", "WEBSITE_RESOURCE_GROUP", "platform");
    private static final String WHICH = " --name \"attach-prod\" --resource-group \"platform\"";

    private static final Map<String, String> CONTAINER_APP =
            Map.of("CONTAINER_APP_NAME", "attach", "CONTAINER_APP_REVISION", "attach--4x1");
    private static final String ITS = " --name \"attach\" --resource-group \"<its resource group>\"";

    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void functionAppWithoutAnIdentityIsKnownWithoutAsking() {
        assertThat(obstacle(APP, false)).hasValueSatisfying(refusal -> {
            assertThat(refusal.why()).contains("has no identity");
            assertThat(refusal.fix()).isEqualTo("az functionapp identity assign" + WHICH);
        });
        assertThat(asked).hasValue(0);
        assertThat(new IdentityHost(APP, () -> false).isKnown()).isTrue();
    }

    @Test
    void containerAppWithoutAnIdentityIsToldTheCommandOfContainerApps() {
        assertThat(obstacle(CONTAINER_APP, true)).hasValueSatisfying(refusal -> {
            assertThat(refusal.why()).startsWith("The container app has no identity");
            assertThat(refusal.fix()).isEqualTo("az containerapp identity assign" + ITS + " --system-assigned");
        });
    }

    /** A function app in an environment of Container Apps is one of App Service for az: the app behind it is managed. */
    @Test
    void functionAppInAContainerEnvironmentStaysAFunctionApp() {
        Map<String, String> both = new HashMap<>(APP);
        both.put("CONTAINER_APP_NAME", "attach-prod--x");
        assertThat(obstacle(both, true)).hasValueSatisfying(refusal -> assertThat(refusal.fix())
                .isEqualTo("az functionapp identity assign" + WHICH));
    }

    @Test
    void containerAppIsToldItsOwnCommandsByEachRefusal() {
        assertThat(diagnosis(Map.of(), CONTAINER_APP).of("Identity not found"))
                .hasValueSatisfying(refusal -> assertThat(refusal.fix())
                        .startsWith("az containerapp identity assign" + ITS + " --system-assigned ")
                        .contains("az containerapp identity show" + ITS)
                        .doesNotContain("functionapp"));
        Map<String, String> named = Map.of("client-id", "e4a1b2c3-d4e5-4f60-8171-92a3b4c5d6e7");
        assertThat(diagnosis(named, CONTAINER_APP).of("Identity not found"))
                .hasValueSatisfying(refusal -> assertThat(refusal.fix())
                        .startsWith("az containerapp identity assign" + ITS
                                + " --user-assigned \"<resource id of the identity>\"")
                        .doesNotContain("functionapp"));
        assertThat(diagnosis(Map.of(), CONTAINER_APP).of("The header X-IDENTITY-HEADER does not match."))
                .hasValueSatisfying(refusal -> assertThat(refusal.fix())
                        .startsWith("az containerapp revision restart" + ITS + " --revision \"attach--4x1\""));
        Map<String, String> half = new HashMap<>(CONTAINER_APP);
        half.put("IDENTITY_HEADER", "x");
        assertThat(obstacle(half, true)).hasValueSatisfying(refusal -> assertThat(refusal.fix())
                .startsWith("az containerapp update" + ITS + " --remove-env-vars IDENTITY_ENDPOINT IDENTITY_HEADER")
                .doesNotContain("functionapp"));
    }

    @ParameterizedTest
    @CsvSource({"IDENTITY_ENDPOINT, the former", "IDENTITY_HEADER, the latter"})
    void halfOfTheTwoSettingsIsNone(String setting, String told) {
        Map<String, String> environment = new HashMap<>(APP);
        environment.put(setting, "http://localhost:4141/msi/token");
        assertThat(obstacle(environment, true)).hasValueSatisfying(refusal -> {
            assertThat(refusal.why()).contains(told);
            assertThat(refusal.fix()).contains("--setting-names IDENTITY_ENDPOINT IDENTITY_HEADER");
        });
    }

    @Test
    void emptySettingIsNone() {
        assertThat(obstacle(Map.of("WEBSITE_INSTANCE_ID", "x", "IDENTITY_ENDPOINT", "", "IDENTITY_HEADER", " "), true))
                .hasValueSatisfying(refusal -> assertThat(refusal.why()).contains("has no identity"));
    }

    @Test
    void hostThatNamesItsEndpointIsAsked() {
        Map<String, String> named = new HashMap<>(APP);
        named.putAll(Map.of("IDENTITY_ENDPOINT", "http://localhost/msi/token", "IDENTITY_HEADER", "x"));
        assertThat(obstacle(named, false)).isEmpty();
        assertThat(obstacle(Map.of("IDENTITY_ENDPOINT", "http://localhost", "IMDS_ENDPOINT", "http://x"), false))
                .as("Azure Arc")
                .isEmpty();
        assertThat(obstacle(Map.of("AZURE_POD_IDENTITY_AUTHORITY_HOST", "http://x"), false))
                .isEmpty();
    }

    @Test
    void elsewhereWithoutAMetadataServiceThereIsNone() {
        assertThat(obstacle(Map.of(), false)).hasValueSatisfying(refusal -> {
            assertThat(refusal.why()).contains("the metadata service of virtual machines does not answer");
            assertThat(refusal.fix())
                    .as("it is no function app, for that would be known")
                    .startsWith("set ACR_ATTACH_AZURE_CREDENTIAL")
                    .contains("az functionapp identity assign --name \"<function app>\"");
        });
    }

    @Test
    void metadataServiceThatHasAnsweredMayBeSilentForAMoment() {
        AtomicInteger times = new AtomicInteger();
        IdentityHost host = new IdentityHost(Map.of(), () -> times.getAndIncrement() == 1);
        assertThat(host.obstacle()).as("not yet").isPresent();
        assertThat(host.obstacle()).as("it answers").isEmpty();
        assertThat(host.obstacle()).as("it did before").isEmpty();
        assertThat(times).hasValue(2);
    }

    /** As the start and the first call do. */
    @Test
    void thoseWhoAskAtTheSameTimeAskOnce() throws Exception {
        CountDownLatch isAsked = new CountDownLatch(1);
        CountDownLatch answers = new CountDownLatch(1);
        IdentityHost host = new IdentityHost(Map.of(), () -> {
            asked.incrementAndGet();
            isAsked.countDown();
            await(answers);
            return true;
        });
        CompletableFuture<Optional<SignInRefusal>> start = CompletableFuture.supplyAsync(host::obstacle);
        await(isAsked);
        Thread call = new Thread(host::obstacle);
        call.start();
        while (asked.get() == 1 && call.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        answers.countDown();
        assertThat(start.get()).isEmpty();
        call.join();
        assertThat(asked).hasValue(1);
    }

    /** One that is silent, and one that breaks, are asked anew by the next. */
    @Test
    void nobodyWaitsForAnAnswerThatNeverComes() {
        IdentityHost host = new IdentityHost(Map.of(), () -> {
            throw new IllegalStateException("Asked for the time " + asked.incrementAndGet() + '.');
        });
        assertThatThrownBy(host::obstacle).hasMessageContaining("time 1");
        assertThatThrownBy(host::obstacle).hasMessageContaining("time 2");
    }

    /** Else the start would ask for itself, and the first call once more. */
    @Test
    void wholeProgramHasOne() {
        assertThat(IdentityHost.class).hasAnnotation(Singleton.class);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            400 | IMDS/150.870.65.1015 | application/json; charset=utf-8 | true
            400 | IMDS/150.870.65.1015 |                                 | true
            400 |                      | application/json                | true
            403 | envoy                | text/plain                      | false
            403 |                      |                                 | false
            302 | squid                | text/html                       | false
            """)
    void onlyTheMetadataServiceIsTakenForIt(int status, String server, String type, boolean taken) throws IOException {
        HttpServer other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        other.createContext("/", exchange -> {
            exchange.getResponseHeaders().set("Location", "http://localhost:1/");
            Optional.ofNullable(server)
                    .ifPresent(name -> exchange.getResponseHeaders().set("Server", name));
            Optional.ofNullable(type)
                    .ifPresent(name -> exchange.getResponseHeaders().set("Content-Type", name));
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        other.start();
        try {
            URI there = URI.create("http://localhost:" + other.getAddress().getPort() + "/metadata");
            assertThat(IdentityHost.answers(there)).isEqualTo(taken);
        } finally {
            other.stop(0);
        }
        assertThat(IdentityHost.answers(URI.create("http://localhost:1/")))
                .as("nobody")
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            [Managed Identity] Error Message: Unable to load the proper Managed Identity. Managed Identity Correlation ID: x
            No User Assigned or Delegated Managed Identity found for specified ClientId/ResourceId/PrincipalId.
            No Managed Identity found for specified ClientId/ResourceId/PrincipalId.
            No MSI found for specified ClientId/ResourceId.
            [Managed Identity] Authentication unavailable. The requested identity has not been assigned to this resource.
            {"error":"invalid_request","error_description":"Identity not found"}
            Multiple user assigned identities exist, please specify the clientId / resourceId of the identity in the token request
            """)
    void identityThatIsNotAssignedIsToldWithTheSettingThatNamesOne(String words) {
        assertThat(diagnosis(Optional.empty()).of(words)).hasValueSatisfying(refusal -> {
            assertThat(refusal.why()).contains("no system-assigned identity");
            assertThat(refusal.fix())
                    .contains("az functionapp identity assign" + WHICH)
                    .contains("AZURE_CLIENT_ID");
        });
        String id = "e4a1b2c3-d4e5-4f60-8171-92a3b4c5d6e7";
        assertThat(diagnosis(Optional.of(id)).of(words)).hasValueSatisfying(refusal -> {
            assertThat(refusal.why()).contains("No user-assigned identity with the client id " + id);
            assertThat(refusal.fix())
                    .contains("az functionapp identity assign" + WHICH + " --identities")
                    .contains("az functionapp identity show" + WHICH);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CredentialUnavailableException: AzureCliCredential authentication unavailable. Please run 'az login'.",
                "AzureCliCredential authentication failed. Error Details: ERROR: AADSTS70043: The refresh token has expired.",
                "AzureCliCredential authentication failed. Error Details: ERROR: AADSTS50076: You must use multi-factor",
                "AzureCliCredential authentication failed. Error Details: Cannot invoke length() because text is null."
            })
    void developerWhoIsNotSignedInIsToldToSignIn(String words) {
        SignInDiagnosis diagnosis =
                diagnosis(Map.of("credential", "developer", "tenant-id", "6d1f0a52-7c3b-4e8d-9a41-2b5c7d9e0f31"));
        assertThat(diagnosis.of(words)).hasValueSatisfying(refusal -> {
            assertThat(refusal.why()).contains("az login");
            assertThat(refusal.fix()).startsWith("az login").doesNotContain("AZURE_");
        });
    }

    /** A node of AKS has several, and answers pods, too. */
    @Test
    void machineIsToldTheSettingBeforeTheCommandOfFunctionApps() {
        assertThat(diagnosis(Map.of(), Map.of()).of("Multiple user assigned identities exist"))
                .hasValueSatisfying(refusal -> assertThat(refusal.fix())
                        .startsWith("name a user-assigned identity by its client id in the setting AZURE_CLIENT_ID")
                        .contains("workload-identity"));
    }

    @Test
    void clientIdThatIsNoneStandsInNoCommand() {
        assertThat(diagnosis(Optional.of("$(reboot)")).of("Identity not found"))
                .hasValueSatisfying(
                        refusal -> assertThat(refusal.why() + refusal.fix()).doesNotContain("reboot"));
    }

    @Test
    void headerThatTheHostDoesNotAcceptIsTold() {
        assertThat(diagnosis(Optional.empty()).of("The header X-IDENTITY-HEADER does not match."))
                .hasValueSatisfying(refusal -> assertThat(refusal.fix()).startsWith("az functionapp restart" + WHICH));
    }

    private Optional<SignInRefusal> obstacle(Map<String, String> environment, boolean metadataServiceAnswers) {
        return new IdentityHost(environment, () -> {
                    asked.incrementAndGet();
                    return metadataServiceAnswers;
                })
                .obstacle();
    }

    private static SignInDiagnosis diagnosis(Optional<String> clientId) {
        return diagnosis(clientId.map(id -> Map.of("client-id", id)).orElse(Map.of()));
    }

    private static SignInDiagnosis diagnosis(Map<String, String> own) {
        return diagnosis(own, APP);
    }

    private static SignInDiagnosis diagnosis(Map<String, String> own, Map<String, String> environment) {
        Map<String, String> settings = new HashMap<>();
        own.forEach((name, value) -> settings.put("acr-attach.azure." + name, value));
        return new SignInDiagnosis(
                new SmallRyeConfigBuilder()
                        .withMapping(AzureSettings.class)
                        .withSources(new PropertiesConfigSource(settings, "test", 100))
                        .build()
                        .getConfigMapping(AzureSettings.class),
                FunctionApp.in(environment));
    }
}
