package io.github.acrattach;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.Emulator;
import io.github.acrattach.emulator.EmulatorOptions;
import io.github.acrattach.emulator.frontdoor.Fault;
import io.github.acrattach.emulator.host.Invocation;
import io.github.acrattach.emulator.host.Severity;
import io.github.acrattach.emulator.host.Telemetry;
import io.github.acrattach.emulator.http.Answer;
import io.restassured.response.Response;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the Functions host stores of a decision, of resources whose names the host would take for a severity. */
class HostLogIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CLUSTER = Estates.cluster("aks-warner");
    private static final String REGISTRY = Estates.registry("acrfail");

    private static Emulator emulator;
    private static PackagedProgram program;

    @BeforeAll
    static void start() {
        emulator = Emulator.start(EmulatorOptions.of(Estates.changed(estate -> {
            named(estate, "aks-shop", CLUSTER);
            named(estate, "acrshop", REGISTRY);
        })));
        program = PackagedProgram.start(emulator, PackagedProgram.BY_TEAM);
    }

    private static void named(ObjectNode estate, String name, String id) {
        Estates.resource(estate, name).put("id", id).put("name", id.substring(id.lastIndexOf('/') + 1));
    }

    @AfterAll
    static void stop() {
        program.close();
        emulator.close();
    }

    @BeforeEach
    void reset() {
        emulator.reset();
    }

    @Test
    void successIsInformation() throws IOException {
        assertThat(attach().statusCode()).isEqualTo(200);
        assertStored(Severity.INFORMATION, "Granted", lastRequest("Attach"));
    }

    @Test
    void refusalIsAWarning() throws IOException {
        emulator.faults()
                .add(Fault.reply("/roleAssignments/", Answer.text(403, "application/json", refusal()))
                        .onlyFor("PUT"));
        assertThat(attach().statusCode()).isEqualTo(403);
        assertStored(Severity.WARNING, "Refused", lastRequest("Attach"));
    }

    @Test
    void postponedEventIsAWarning() throws IOException {
        emulator.faults()
                .add(Fault.reply(
                        "/roleAssignments",
                        Answer.json(429, JSON.createObjectNode()).with("Retry-After", "60")));
        Invocation invocation = program.host().invoke("ResourceChanged", Estates.written(CLUSTER));
        assertThat(invocation.succeeded()).isFalse();
        assertStored(Severity.WARNING, "Postponed", invocation.operationId());
    }

    @Test
    void whatAPersonBeginsIsStoredBeforeItIsDone() throws IOException {
        attach();
        String operation = lastRequest("Attach");
        List<JsonNode> lines = linesOf(operation);
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0).path("message").asText())
                .isEqualTo("Began: POST /api/attach for aks-warner and acrfail.");
        assertThat(lines).allMatch(line -> !line.path("invocationId").asText().isEmpty());
    }

    @Test
    void workOnManyPairsEndsWithALineAlsoWhereThereWasNothingToDo() throws IOException {
        ObjectNode none = JSON.createObjectNode();
        none.putArray("value");
        emulator.faults().add(Fault.reply("/managedClusters$", Answer.json(200, none)));
        Invocation tick = program.host().invoke("RotatePullSecrets", JSON.createObjectNode());
        program.awaitLine("\"phase\":\"ended\"");
        assertThat(linesOf(tick.operationId()))
                .extracting(line -> line.path("phase").asText())
                .containsExactly("began", "ended");
    }

    private static Response attach() {
        return program.post("/api/attach", Map.of("cluster", CLUSTER, "registry", REGISTRY));
    }

    private static String refusal() {
        return "{\"error\":{\"code\":\"AuthorizationFailed\",\"message\":\"The client 'a' with object id 'b' does not have"
                + " authorization to perform action 'Microsoft.Authorization/roleAssignments/write' over scope '"
                + REGISTRY + "' or the scope is invalid.\"}}";
    }

    private static String lastRequest(String function) {
        return program.host().telemetry(Telemetry.Request.class).stream()
                .filter(request -> request.function().equals(function))
                .reduce((earlier, later) -> later)
                .orElseThrow()
                .operationId();
    }

    /** Once, whole, with that severity, and with the id of its request. */
    private static void assertStored(Severity severity, String outcome, String operation) throws IOException {
        program.awaitLine(operation);
        List<Telemetry.ConsoleLine> decisions = program.host().telemetry(Telemetry.ConsoleLine.class).stream()
                .filter(line ->
                        line.message().contains(operation) && line.message().contains("\"outcome\""))
                .toList();
        assertThat(decisions).hasSize(1);
        assertThat(decisions.get(0).severity()).isEqualTo(severity);
        JsonNode told = JSON.readTree(decisions.get(0).message());
        assertThat(told.path("outcome").asText()).isEqualTo(outcome);
        assertThat(told.path("cluster").asText()).isEqualToIgnoringCase(CLUSTER);
        assertThat(told.path("operationId").asText()).isEqualTo(operation);
        assertThat(program.host().telemetry(Telemetry.FunctionLog.class)).isEmpty();
    }

    private static List<JsonNode> linesOf(String operation) throws IOException {
        program.awaitLine(operation);
        List<JsonNode> lines = new ArrayList<>();
        for (String line : program.output()) {
            if (line.contains(operation)) {
                lines.add(JSON.readTree(line));
            }
        }
        return lines;
    }
}
