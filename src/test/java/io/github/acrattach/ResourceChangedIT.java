package io.github.acrattach;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.Emulator;
import io.github.acrattach.emulator.EmulatorOptions;
import io.github.acrattach.emulator.arm.authorization.RoleAssignment;
import io.github.acrattach.emulator.estate.Estate;
import io.github.acrattach.emulator.frontdoor.Fault;
import io.github.acrattach.emulator.host.Invocation;
import io.github.acrattach.emulator.http.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events in, role assignments out: the packaged program between the Functions host stand-in and the emulator. */
class ResourceChangedIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String LEGACY_PRINCIPAL = "d8e9f0a1-b2c3-4d4e-9f5a-6b7c8d9e0f1a";

    private static Emulator emulator;
    private static PackagedProgram program;

    @BeforeAll
    static void start() {
        emulator = Emulator.start(EmulatorOptions.of(Estate.sample()));
        program = PackagedProgram.start(emulator, PackagedProgram.BY_TEAM);
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "aks-created.json",
                "aks-created-cloudevent.json",
                "aks-created-without-data-cloudevent.json",
                "aks-created-upper-case.json",
                "aks-updated.json",
                "acr-created.json",
                "acr-created-cloudevent.json"
            })
    void clusterMayPullAfterEitherWasCreated(String file) throws IOException {
        assertThat(outcomes(invoke(read(file)))).containsExactly("Granted");
        assertThat(pullAssignments()).singleElement().satisfies(made -> {
            assertThat(made.principalId()).isEqualTo(Estates.SHOP_KUBELET);
            assertThat(made.roleDefinition()).contains("7f951dda-4ed3-4680-a7ca-43fe172d538d");
            assertThat(made.id()).startsWithIgnoringCase(Estates.registry("acrshop"));
        });
    }

    @Test
    void sameEventAgainWritesNothing() throws IOException {
        assertThat(outcomes(invoke(read("aks-created.json")))).containsExactly("Granted");
        emulator.requests().clear();
        assertThat(outcomes(invoke(read("aks-created.json")))).containsExactly("AlreadyGranted");
        assertThat(emulator.requests().matching(request -> !request.method().equals("GET")))
                .isEmpty();
    }

    @Test
    void olderClusterIsLetInByItsServicePrincipal() {
        assertThat(outcomes(invoke(written(Estates.registry("acrbilling"))))).containsExactly("Granted");
        assertThat(pullAssignments()).singleElement().satisfies(made -> {
            assertThat(made.principalId()).isEqualTo(LEGACY_PRINCIPAL);
            assertThat(made.roleDefinition()).contains("7f951dda-4ed3-4680-a7ca-43fe172d538d");
        });
        assertThat(emulator.requests().matching(request -> request.path().startsWith("/v1.0/")))
                .as("one directory look-up for the service principal")
                .hasSize(1);
    }

    @Test
    void notForUsIsIgnoredWithoutAskingAzure() throws IOException {
        JsonNode events = read("not-for-us.json");
        for (JsonNode event : events) {
            assertThat(outcomes(invoke(event))).containsExactly("Ignored");
        }
        assertThat(emulator.requests().list()).isEmpty();
    }

    @Test
    void deletionThatIsNotTrueChangesNothing() throws IOException {
        Invocation invocation = invoke(read("acr-deleted.json"));
        assertThat(outcomes(invocation)).containsExactly("Ignored");
        assertThat(invocation.body()).contains("is there");
        assertThat(emulator.requests().matching(request -> !request.method().equals("GET")))
                .isEmpty();
    }

    @Test
    void deletionOfWhatNoRuleSelectsIsIgnoredWithoutAskingAzure() {
        Invocation invocation =
                invoke(Estates.deleted(Estates.cluster("aks-shop").replace(Estates.PRODUCTION, Estates.SHARED)));
        assertThat(outcomes(invocation)).containsExactly("Ignored");
        assertThat(invocation.body()).contains("No rule selects");
        assertThat(emulator.requests().list()).isEmpty();
    }

    @Test
    void resourceThatIsGoneIsIgnored() {
        Invocation invocation = invoke(written(Estates.cluster("aks-gone")));
        assertThat(outcomes(invocation)).containsExactly("Ignored");
        assertThat(invocation.body()).contains("gone");
    }

    @Test
    void clusterThatNoRuleSelectsIsIgnoredWithoutAskingAzure() {
        String elsewhere = Estates.cluster("aks-shop").replace(Estates.PRODUCTION, Estates.SHARED);
        Invocation invocation = invoke(written(elsewhere));
        assertThat(outcomes(invocation)).containsExactly("Ignored");
        assertThat(invocation.body()).contains("No rule selects");
        assertThat(emulator.requests().list()).isEmpty();
    }

    @Test
    void clusterThatIsNotReadyFailsTheInvocationSoThatTheEventComesBack() {
        Invocation invocation = invoke(written(Estates.cluster("aks-late")));
        assertThat(invocation.succeeded()).isFalse();
        assertThat(invocation.body()).contains("shows no identity that pulls yet");
        assertThat(pullAssignments()).isEmpty();
    }

    @Test
    void refusalIsAnsweredOnceAndNotRetried() throws IOException {
        String message = "The client 'x' with object id '" + Estates.PROGRAM
                + "' does not have authorization to perform action 'Microsoft.Authorization/roleAssignments/write' over"
                + " scope '" + Estates.registry("acrshop") + "' or the scope is invalid.";
        emulator.faults()
                .add(Fault.reply("/roleAssignments/", error(403, "AuthorizationFailed", message))
                        .onlyFor("PUT"));
        Invocation invocation = invoke(read("aks-created.json"));
        assertThat(invocation.succeeded()).as("repeating cannot help").isTrue();
        assertThat(outcomes(invocation)).containsExactly("Refused");
        JsonNode problem =
                invocation.answer().orElseThrow().path("ReturnValue").path(0).path("problem");
        assertThat(problem.path("kind").asText()).isEqualTo("missing-right");
        assertThat(problem.path("action").asText()).isEqualTo("Microsoft.Authorization/roleAssignments/write");
        assertThat(problem.path("caller").asText()).isEqualTo(Estates.PROGRAM);
        assertThat(problem.path("waitingHelps").asBoolean()).isFalse();
        assertThat(problem.path("fix").asText()).startsWith("az role assignment create");
        assertThat(emulator.requests().matching(request -> request.method().equals("PUT")))
                .hasSize(1);
    }

    @Test
    void faultThatPassesFailsTheInvocationSoThatTheEventComesBack() throws IOException {
        emulator.faults()
                .add(Fault.reply(
                        "/registries", error(503, "ServiceUnavailable", "Busy.").with("Retry-After", "60")));
        Invocation invocation = invoke(read("aks-created.json"));
        assertThat(invocation.succeeded()).isFalse();
        assertThat(invocation.body()).contains("ServiceUnavailable");
        emulator.faults().clear();
        assertThat(outcomes(invoke(read("aks-created.json")))).containsExactly("Granted");
    }

    @Test
    void subscriptionThatCannotBeListedDoesNotHideWhatTheOthersHold() throws IOException {
        emulator.faults()
                .add(Fault.reply(
                        "^/subscriptions/" + Estates.SHARED + "/providers/Microsoft.ContainerRegistry/registries",
                        error(403, "AuthorizationFailed", "No.")));
        assertThat(outcomes(invoke(read("aks-created.json")))).containsExactly("Refused", "Granted");
    }

    @Test
    void twoHundredEventsForOnePairAtOnceMakeOneAssignment() throws Exception {
        List<JsonNode> events = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            events.add(read(i % 2 == 0 ? "aks-created.json" : "aks-created-cloudevent.json"));
            events.add(read(i % 2 == 0 ? "acr-created.json" : "acr-created-cloudevent.json"));
        }
        Collections.shuffle(events, new Random(7));
        var threads = Executors.newFixedThreadPool(events.size());
        try {
            List<Future<Invocation>> invocations = new ArrayList<>();
            for (JsonNode event : events) {
                invocations.add(threads.submit(() -> delivered(event)));
            }
            for (Future<Invocation> invocation : invocations) {
                assertThat(outcomes(invocation.get()))
                        .isSubsetOf("Granted", "AlreadyGranted")
                        .hasSize(1);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(pullAssignments()).hasSize(1);
    }

    @Test
    void oneJsonLineTellsEachDecision() throws IOException {
        ObjectNode event = (ObjectNode) read("aks-created.json");
        event.put("id", "one-line-for-this");
        Invocation invocation = invoke(event);
        program.awaitLine("one-line-for-this");
        assertThat(program.output())
                .filteredOn(line -> line.contains("one-line-for-this"))
                .singleElement()
                .satisfies(line -> {
                    JsonNode told = JSON.readTree(line);
                    assertThat(told.path("outcome").asText()).isEqualTo("Granted");
                    assertThat(told.path("message").asText())
                            .startsWith("Granted: aks-shop can now pull from acrshop by the role AcrPull;");
                    assertThat(told.path("invocationId").asText()).isEqualTo(invocation.id());
                    assertThat(told.path("correlationId").asText()).isEqualTo("2f9c4d7e-8a1b-4c3d-9e5f-6a7b8c9d0e1f");
                    assertThat(told.path("durationMs").isNumber()).isTrue();
                });
    }

    /** Again, as Event Grid does, while it is told to come back. */
    private static Invocation delivered(JsonNode event) {
        Invocation invocation = invoke(event);
        for (int i = 0; i < 5 && !invocation.succeeded(); i++) {
            invocation = invoke(event);
        }
        return invocation;
    }

    private static Invocation invoke(JsonNode event) {
        return program.host().invoke("ResourceChanged", event);
    }

    private static List<String> outcomes(Invocation invocation) {
        assertThat(invocation.succeeded()).as(invocation.toString()).isTrue();
        return invocation.answer().orElseThrow().path("ReturnValue").findValuesAsText("outcome");
    }

    private static List<RoleAssignment> pullAssignments() {
        return emulator.roleAssignments().stream()
                .filter(each -> each.id().contains("/registries/"))
                .toList();
    }

    private static ObjectNode written(String subject) {
        return JSON.createObjectNode()
                .put("id", "e-1")
                .put("eventType", "Microsoft.Resources.ResourceWriteSuccess")
                .put("subject", subject);
    }

    private static JsonNode read(String file) throws IOException {
        try (InputStream in = ResourceChangedIT.class.getResourceAsStream("/events/" + file)) {
            return JSON.readTree(in);
        }
    }

    private static Answer error(int status, String code, String message) {
        ObjectNode body = JSON.createObjectNode();
        body.putObject("error").put("code", code).put("message", message);
        return Answer.json(status, body);
    }
}
