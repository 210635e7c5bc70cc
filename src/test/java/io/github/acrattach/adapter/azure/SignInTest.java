package io.github.acrattach.adapter.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.acrattach.Estates;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.Problem.Kind;
import io.github.acrattach.domain.Secret;
import io.github.acrattach.emulator.Emulator;
import io.github.acrattach.emulator.EmulatorOptions;
import io.github.acrattach.emulator.estate.Estate;
import io.github.acrattach.emulator.frontdoor.Fault;
import io.github.acrattach.emulator.http.Answer;
import io.github.acrattach.port.CloudUnavailable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Why Entra ID refuses to sign this program in is told with the command that mends it, and asked once. */
class SignInTest {

    private static final Emulator EMULATOR = Emulator.start(EmulatorOptions.of(Estate.sample()));
    private static final String UNKNOWN = "11111111-2222-4333-8444-555555555555";

    @BeforeEach
    void reset() {
        EMULATOR.reset();
    }

    @AfterAll
    static void stop() {
        EMULATOR.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            7000215 | az ad app credential reset --id "e4a1b2c3-d4e5-4f60-8171-92a3b4c5d6e7" --append
            7000222 | az ad app credential reset --id "e4a1b2c3-d4e5-4f60-8171-92a3b4c5d6e7" --append
            700016  | az ad sp show --id "e4a1b2c3-d4e5-4f60-8171-92a3b4c5d6e7"
            90002   | az account show --query tenantId
            700213  | az ad app federated-credential list --id "e4a1b2c3-d4e5-4f60-8171-92a3b4c5d6e7"
            70021   | az ad app federated-credential list --id "e4a1b2c3-d4e5-4f60-8171-92a3b4c5d6e7"
            700024  | AZURE_FEDERATED_TOKEN_FILE
            500011  | check the settings ACR_ATTACH_AZURE_CREDENTIAL
            """)
    void refusalIsToldWithItsCommandAndNotAskedAgain(int code, String fix) {
        EMULATOR.faults().add(Fault.reply("oauth2/v2.0/token", refusal(401, code)));
        Problem problem = refused(Map.of());
        assertThat(problem.cause()).contains("AADSTS" + code);
        assertThat(problem.fix()).contains(fix);
        assertThat(EMULATOR.requests().matching(request -> request.path().contains("oauth2/v2.0/token")))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {50196, 90033})
    void whatEntraCallsTransientIsPostponed(int code) {
        EMULATOR.faults().add(Fault.reply("oauth2/v2.0/token", refusal(400, code)));
        assertThatThrownBy(() -> signIn(Map.of()))
                .isInstanceOfSatisfying(
                        CloudUnavailable.class,
                        unavailable -> assertThat(unavailable.problem().kind()).isEqualTo(Kind.UNAVAILABLE));
    }

    @Test
    void unknownTenantIsTold() {
        assertThat(refused(Map.of("tenant-id", UNKNOWN)).fix()).contains("az account show --query tenantId");
    }

    @Test
    void unknownApplicationIsTold() {
        assertThat(refused(Map.of("client-id", UNKNOWN)).fix()).contains("az ad sp show --id \"" + UNKNOWN + '"');
    }

    @Test
    void missingFederatedCredentialIsToldWithTheOneThatIsMissing() throws IOException {
        Problem problem = refused(federated(
                "{\"iss\":\"https://oidc.example.net/x/\",\"sub\":\"system:serviceaccount:platform:acr-attach\","
                        + "\"exp\":4102444800}"));
        assertThat(problem.cause()).contains("AADSTS700213");
        assertThat(problem.fix())
                .contains("az ad app federated-credential create --id \"" + Estates.PROGRAM_CLIENT + '"')
                .contains("\"issuer\":\"https://oidc.example.net/x/\"")
                .contains("\"subject\":\"system:serviceaccount:platform:acr-attach\"");
    }

    @Test
    void federatedTokenForgesNoCommand() throws IOException {
        Problem problem =
                refused(federated("{\"iss\":\"https://x/$(reboot)\",\"sub\":\"a'; reboot; '\",\"exp\":4102444800}"));
        assertThat(problem.fix()).contains("federated-credential").doesNotContain("reboot");
    }

    @Test
    void expiredFederatedTokenIsTold() throws IOException {
        Problem problem = refused(federated("{\"sub\":\"system:serviceaccount:platform:acr-attach\",\"exp\":1}"));
        assertThat(problem.cause()).contains("AADSTS700024");
        assertThat(problem.fix()).contains("AZURE_FEDERATED_TOKEN_FILE");
    }

    @Test
    void federatedTokenFileThatIsGoneIsToldAndNotWaitedFor() throws IOException {
        Map<String, String> settings = federated("{}");
        Files.delete(Path.of(settings.get("federated-token-file")));
        Problem problem = refused(settings);
        assertThat(problem.kind()).isEqualTo(Kind.SIGN_IN_FAILED);
        assertThat(problem.fix()).contains("AZURE_FEDERATED_TOKEN_FILE");
    }

    private static Map<String, String> federated(String claims) throws IOException {
        Path file = Files.createTempFile("assertion", ".jwt");
        file.toFile().deleteOnExit();
        String encoded =
                Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(StandardCharsets.UTF_8));
        Files.writeString(file, "eyJhbGciOiJSUzI1NiJ9." + encoded + ".c2lnbmF0dXJl");
        return Map.of("credential", "workload-identity", "federated-token-file", file.toString());
    }

    private static Problem refused(Map<String, String> settings) {
        Lookup<Secret> answer = signIn(settings);
        assertThat(answer).isInstanceOf(Lookup.Denied.class);
        Problem problem = ((Lookup.Denied<Secret>) answer).problem();
        assertThat(problem.kind()).isEqualTo(Kind.SIGN_IN_FAILED);
        return problem;
    }

    private static Lookup<Secret> signIn(Map<String, String> settings) {
        return AzureAt.emulator(EMULATOR, new HashMap<>(settings)).kubernetesToken(Estates.cluster("aks-shop"));
    }

    /** As Entra ID answers, whatever was asked. */
    private static Answer refusal(int status, int code) {
        return Answer.text(
                status,
                Answer.JSON,
                "{\"error\":\"invalid_client\",\"error_description\":\"AADSTS" + code + ": No. Trace ID:"
                        + " 0507ee4d-c15f-421a-b96b-e71e351bc69a\",\"error_codes\":[" + code + "]}");
    }
}
