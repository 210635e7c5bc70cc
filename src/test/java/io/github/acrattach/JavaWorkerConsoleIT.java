package io.github.acrattach;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.acrattach.emulator.Emulator;
import io.github.acrattach.emulator.EmulatorOptions;
import io.github.acrattach.emulator.frontdoor.Fault;
import io.github.acrattach.emulator.http.Answer;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a Java worker, as a process of its own, has on its console: lines of ours alone, each one record of its severity. */
class JavaWorkerConsoleIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static Emulator emulator;

    @BeforeAll
    static void start() {
        emulator = Emulator.start(EmulatorOptions.of(Estates.changed(estate -> {})));
    }

    @AfterAll
    static void stop() {
        emulator.close();
    }

    @BeforeEach
    void reset() {
        emulator.reset();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ACR_ATTACH_RULES_TEAM_CLUSTRS_NAMES | warn* | There is no setting ACR_ATTACH_RULES_TEAM_CLUSTRS_NAMES
            ACR_ATTACH_AZURE_CREDENTIAL         | warn  | acr-attach.azure.credential
            AZURE_CLIENT_SECRET | @Microsoft.KeyVault(SecretUri=https://warn) | AZURE_CLIENT_SECRET is a reference to Key Vault
            """)
    void startThatFailsEndsTheWorkerWithOneErrorThatNamesTheSetting(String name, String value, String told)
            throws Exception {
        JavaWorkerProcess.Ended worker = run(Map.of(name, value));
        assertThat(worker.code()).isEqualTo(1);
        assertThat(worker.stderr()).hasSize(1);
        assertThat(worker.stderr().get(0).toLowerCase(Locale.ROOT)).doesNotContain("warn");
        JsonNode line = JSON.readTree(worker.stderr().get(0));
        assertThat(line.path("level").asText()).isEqualTo("Error");
        assertThat(line.path("message").asText()).contains(told);
        assertOurs(worker.stdout());
    }

    @Test
    void allOfTheConsoleIsOurs() throws Exception {
        JavaWorkerProcess.Ended worker = run(Map.of(), "Attach", pair());
        assertThat(worker.code()).isZero();
        assertThat(worker.stderr()).isEmpty();
        assertThat(worker.stdout()).as("that it started").isNotEmpty();
        assertOurs(worker.stdout());
        assertThat(emulator.requests().list()).as("what the call did").isNotEmpty();
    }

    @Test
    void formatForPeopleHoldsToo() throws Exception {
        JavaWorkerProcess.Ended worker = run(Map.of("ACR_ATTACH_LOG_FORMAT", "text"));
        assertThat(worker.stderr()).isEmpty();
        assertThat(worker.stdout()).isNotEmpty().allMatch(line -> line.matches("[0-9:.]{12} INFO .*"));
    }

    @Test
    void defectIsOneErrorWithItsStackTraceAndCategoriesThatAreOffSayNothing() throws Exception {
        emulator.faults()
                .add(Fault.reply("/roleAssignments", Answer.text(200, "application/json", "{\"value\":[null]}"))
                        .onlyFor("GET"));
        Stream<String> categories = Stream.of(
                        "com.azure.core",
                        "com.microsoft.aad.msal4j.Any",
                        "reactor.core.publisher.Operators",
                        "org.example")
                .flatMap(category -> Stream.of(JavaWorkerProcess.LOG, category));
        JavaWorkerProcess.Ended worker = run(
                Map.of(), Stream.concat(Stream.of("Attach", pair()), categories).toArray(String[]::new));
        assertThat(worker.stderr()).as("the defect's, and the last category's").hasSize(2);
        JsonNode line = JSON.readTree(worker.stderr().get(0));
        assertThat(line.path("level").asText()).isEqualTo("Error");
        assertThat(line.path("exception").asText())
                .startsWith("java.lang.NullPointerException")
                .contains("\tat ");
        assertOurs(worker.stderr());
        assertOurs(worker.stdout());
    }

    private static JavaWorkerProcess.Ended run(Map<String, String> settings, String... calls) throws Exception {
        Map<String, String> environment = new HashMap<>(PackagedProgram.environment(emulator, settings));
        environment.put("QUARKUS_HTTP_HOST_ENABLED", "false");
        return JavaWorkerProcess.run(environment, calls);
    }

    private static String pair() {
        return JSON.createObjectNode()
                .put("cluster", Estates.cluster("aks-shop"))
                .put("registry", Estates.registry("acrshop"))
                .put("method", "role")
                .toString();
    }

    private static void assertOurs(List<String> lines) throws IOException {
        for (String line : lines) {
            JsonNode ours = JSON.readTree(line);
            assertThat(List.of("time", "level", "message")).as(line).allMatch(ours::hasNonNull);
        }
    }
}
