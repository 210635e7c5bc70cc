package io.github.acrattach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.Emulator;
import io.github.acrattach.emulator.EmulatorOptions;
import io.github.acrattach.emulator.frontdoor.Fault;
import io.github.acrattach.emulator.host.Invocation;
import io.github.acrattach.emulator.http.Answer;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each way to sign in, with settings that are given when the program starts. Managed identity is the other tests' way. */
class SignInIT {

    /** As it stands in a line of JSON. */
    private static final String ASSIGN =
            "az functionapp identity assign --name \\\"attach-prod\\\" --resource-group \\\"platform\\\"";

    private static Emulator emulator;

    @BeforeAll
    static void start() {
        emulator = Emulator.start(EmulatorOptions.of(Estates.changed(
                estate -> ((ObjectNode) estate.path("principals").path(0)).put("federated", true))));
    }

    @AfterAll
    static void stop() {
        emulator.close();
    }

    @BeforeEach
    void reset() {
        emulator.reset();
    }

    @Test
    void clientSecret() {
        attach(by("client-secret", Map.of("AZURE_CLIENT_SECRET", Estates.PROGRAM_SECRET)))
                .statusCode(200)
                .body("outcome", equalTo("Granted"));
    }

    @Test
    void workloadIdentity() throws IOException {
        Path assertion = Files.createTempFile("assertion", ".jwt");
        assertion.toFile().deleteOnExit();
        String claims = "{\"sub\":\"system:serviceaccount:platform:acr-attach\",\"exp\":4102444800}";
        String encoded =
                Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(StandardCharsets.UTF_8));
        Files.writeString(assertion, "eyJhbGciOiJSUzI1NiJ9." + encoded + ".c2lnbmF0dXJl");
        attach(by("workload-identity", Map.of("AZURE_FEDERATED_TOKEN_FILE", assertion.toString())))
                .statusCode(200)
                .body("outcome", equalTo("Granted"));
    }

    @Test
    void wrongSecretIsToldAtOnceAndNeverShown() {
        Map<String, String> settings = by("client-secret", Map.of("AZURE_CLIENT_SECRET", "wr0ng-s3cret"));
        try (PackagedProgram program = PackagedProgram.start(emulator, settings)) {
            String answer = attach(program)
                    .statusCode(502)
                    .body("problem.kind", equalTo("sign-in-failed"))
                    .body("problem.waitingHelps", equalTo(false))
                    .body("detail", containsString("AADSTS7000215"))
                    .extract()
                    .asString();
            assertThat(answer).doesNotContain("wr0ng-s3cret");
            String self = program.http()
                    .get("/api/self")
                    .then()
                    .statusCode(200)
                    .body("whole", equalTo(false))
                    .body("checks.find { it.check == 'identity' }.cause", containsString("AADSTS7000215"))
                    .body("checks.find { it.check == 'rights' }.state", equalTo("skipped"))
                    .extract()
                    .asString();
            assertThat(self).doesNotContain("wr0ng-s3cret");
            assertThat(program.output()).noneMatch(line -> line.contains("wr0ng-s3cret"));
        }
    }

    @Test
    void appWithoutAnIdentityIsToldAtItsStartAndInEachAnswer() {
        Map<String, String> settings = new HashMap<>(PackagedProgram.BY_TEAM);
        settings.putAll(Map.of(
                "IDENTITY_ENDPOINT", "",
                "IDENTITY_HEADER", "",
                "WEBSITE_SITE_NAME", "attach-prod",
                "WEBSITE_RESOURCE_GROUP", "platform",
                // None is a setting of the program, and all are beside its own.
                "AzureWebJobs.RotatePullSecrets.Disabled", "true",
                "AzureWebJobs.ResourceChangeQueued.Disabled", "true",
                "ACR_ATTACH_PORT_80_TCP", "tcp://10.0.0.1:80"));
        try (PackagedProgram program = PackagedProgram.start(emulator, settings)) {
            assertThat(program.awaitLine("Nothing can be done in Azure")).contains("\"level\":\"Error\"", ASSIGN);
            assertThat(program.awaitLine("The function RotatePullSecrets is disabled"))
                    .contains("\"level\":\"Warning\"", "az functionapp config appsettings delete");
            assertThat(program.awaitLine("The function ResourceChangeQueued is disabled"))
                    .contains("\"level\":\"Warning\"", "where events come by the queue acr-attach-events");
            attach(program)
                    .statusCode(502)
                    .body("problem.kind", equalTo("sign-in-failed"))
                    .body("problem.waitingHelps", equalTo(false))
                    .body("problem.fix", containsString("az functionapp identity assign --name \"attach-prod\""));
            Invocation event = program.host().invoke("ResourceChanged", Estates.written(Estates.cluster("aks-shop")));
            assertThat(event.succeeded()).as("not delivered again").isTrue();
            assertThat(program.output())
                    .filteredOn(line -> line.contains("Nothing can be done in Azure"))
                    .hasSize(1);
        }
    }

    @Test
    void appWithUserAssignedIdentitiesAloneIsToldTheSettingThatNamesOne() {
        try (Emulator other = Emulator.start(EmulatorOptions.of(Estates.changed(estate -> {
                    estate.remove("managedIdentity");
                    estate.putArray("userAssignedIdentities").add("acr-attach");
                })));
                PackagedProgram program = PackagedProgram.start(other, Map.of())) {
            attach(program)
                    .statusCode(502)
                    .body("problem.kind", equalTo("sign-in-failed"))
                    .body("problem.waitingHelps", equalTo(false))
                    .body("problem.cause", containsString("AZURE_CLIENT_ID names no user-assigned one"))
                    .body("problem.fix", containsString("az functionapp identity assign"));
        }
    }

    @Test
    void identityEndpointThatIsBusyIsNoRefusal() {
        emulator.faults().add(Fault.reply("/msi/token", Answer.empty(503)));
        attach(Map.of()).statusCode(503).body("problem.kind", equalTo("unavailable"));
    }

    private static Map<String, String> by(String credential, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "ACR_ATTACH_AZURE_CREDENTIAL", credential,
                "AZURE_TENANT_ID", Estates.TENANT,
                "AZURE_CLIENT_ID", Estates.PROGRAM_CLIENT));
        settings.putAll(more);
        return settings;
    }

    private static ValidatableResponse attach(Map<String, String> settings) {
        try (PackagedProgram program = PackagedProgram.start(emulator, settings)) {
            return attach(program);
        }
    }

    private static ValidatableResponse attach(PackagedProgram program) {
        return program.post(
                        "/api/attach",
                        Map.of("cluster", Estates.cluster("aks-shop"), "registry", Estates.registry("acrshop")))
                .then();
    }
}
