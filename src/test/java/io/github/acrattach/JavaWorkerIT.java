package io.github.acrattach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.azure.functions.HttpResponseMessage;
import io.github.acrattach.Fleet.Kind;
import io.github.acrattach.Fleet.Pair;
import io.github.acrattach.Fleet.Standing;
import io.github.acrattach.emulator.Client;
import io.github.acrattach.emulator.Emulator;
import io.github.acrattach.emulator.EmulatorOptions;
import io.github.acrattach.emulator.Kube;
import io.github.acrattach.emulator.frontdoor.Fault;
import io.github.acrattach.emulator.http.Answer;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every function of the package for the Java worker, and every way, on the class path that the worker gives it. */
@Order(2)
class JavaWorkerIT {

    private static final int PAIRS = 2;
    private static final Pair WITH_A_ROLE = new Pair(Kind.ACR_TOKEN, 0);
    private static final Pair PRIVATE = new Pair(Kind.SERVICE_PRINCIPAL, 1);
    private static final int TRIES = 5;
    private static final ObjectMapper JSON = new ObjectMapper();

    private static Emulator emulator;
    private static Fleet fleet;
    private static JavaWorker worker;

    @BeforeAll
    static void start() throws Exception {
        EmulatorOptions options =
                EmulatorOptions.of(Fleet.estate(PAIRS, JavaWorkerIT::arrange)).withPrincipalReplication(Duration.ZERO);
        emulator = Emulator.start(RealCluster.assets().map(options::withKubectl).orElse(options));
        fleet = new Fleet(emulator);
        worker = JavaWorker.start(settings());
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
    void roleIsAssignedAndTakenBack() throws Exception {
        ObjectNode pair = body(WITH_A_ROLE);
        assertThat(outcome(post("Attach", pair.deepCopy().put("method", "role"))))
                .isEqualTo("Granted");
        assertThat(fleet.traces(WITH_A_ROLE)).containsExactly("role assignment");
        assertThat(access(WITH_A_ROLE).path("method").asText()).isEqualTo("role");
        assertThat(outcome(post("Detach", pair))).isEqualTo("Revoked");
        assertThat(fleet.traces(WITH_A_ROLE)).isEmpty();
    }

    @Test
    void accessIsAPageOfTextForWhoeverWantsOne() throws Exception {
        HttpResponseMessage page = (HttpResponseMessage)
                worker.invoke("Access", JavaWorkerRequest.get(WITH_A_ROLE.body(), Map.of("accept", "text/plain")));
        assertThat(page.getStatusCode()).isEqualTo(200);
        assertThat(page.getHeader("Content-Type")).isEqualTo("text/plain; charset=utf-8");
        assertThat((String) page.getBody())
                .startsWith("aks-t000 cannot pull from acrt000: ")
                .contains("\n  login server     acr");
    }

    @Test
    void decisionIsLoggedOnceWithItsSeverityAndItsRequest() throws Exception {
        ObjectNode pair = body(WITH_A_ROLE).put("method", "role");
        post("Attach", pair);
        assertLogged("Granted", Level.INFO, 2);
        emulator.faults()
                .add(Fault.reply(
                        "/roleAssignments",
                        Answer.json(429, JSON.createObjectNode()).with("Retry-After", "60")));
        assertThat(worker.post("Attach", pair.toString()).getStatusCode()).isEqualTo(503);
        assertLogged("Postponed", Level.WARNING, 2);
    }

    private static void assertLogged(String outcome, Level severity, int lines) throws IOException {
        List<LogRecord> log = worker.log();
        LogRecord last = log.get(log.size() - 1);
        assertThat(last.getLevel()).isEqualTo(severity);
        JsonNode told = JSON.readTree(last.getMessage());
        assertThat(told.path("outcome").asText()).isEqualTo(outcome);
        assertThat(told.path("operationId").asText()).isEqualTo(JavaWorker.OPERATION);
        assertThat(log)
                .filteredOn(line -> line.getMessage()
                        .contains("\"" + told.path("invocationId").asText() + "\""))
                .as("that it began, if somebody asked for it, and how it ended")
                .hasSize(lines);
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void secretPullsUntilItIsDetached(Pair pair) throws Exception {
        assumeTrue(!pair.equals(PRIVATE) || hasKubectl(), "No kubectl for Run Command: set KUBEBUILDER_ASSETS");
        assertThat(outcome(post("Attach", body(pair).put("method", "secret")))).isEqualTo("Provisioned");
        assertThat(fleet.traces(pair)).isEqualTo(Fleet.whole(pair.kind()));
        List<Standing> first = fleet.standing(pair);
        assertThat(first).allMatch(each -> fleet.pulls(pair, each));
        assertThat(access(pair).path("verdict").asText())
                .as("of a new password that is not read through Run Command, nothing is proven")
                .isEqualTo(pair.equals(PRIVATE) ? "granted" : "effective");

        assertThat(post("Rotate", body(pair)).path("changed").asBoolean()).isTrue();
        assertThat(fleet.standing(pair))
                .hasSameSizeAs(first)
                .doesNotContainAnyElementsOf(first)
                .allMatch(each -> fleet.pulls(pair, each));
        assertThat(first).noneMatch(each -> fleet.pulls(pair, each));

        assertThat(outcome(post("Detach", body(pair)))).isEqualTo("Revoked");
        assertThat(fleet.traces(pair)).isEmpty();
    }

    @Test
    void reconcileTakesBackWhatNoRuleWants() throws Exception {
        Pair cluster = WITH_A_ROLE;
        Pair registry = new Pair(Kind.SERVICE_PRINCIPAL, 0);
        ObjectNode unwanted = JSON.createObjectNode()
                .put("cluster", cluster.cluster())
                .put("registry", registry.registry())
                .put("method", "role");
        assertThat(outcome(post("Attach", unwanted))).isEqualTo("Granted");
        untilWhole(() -> post("Reconcile", JSON.createObjectNode().put("revoke", true)), cluster, registry);
    }

    @Test
    void timerBringsBackWhatSomebodyDeleted() throws Exception {
        Pair pair = new Pair(Kind.ACR_TOKEN, 0);
        post("Attach", body(pair));
        Kube.attach(emulator, pair.cluster()).delete("/api/v1/namespaces/web/secrets/" + pair.secret());
        assertThat(isWhole(pair)).isFalse();
        untilWhole(() -> worker.invoke("RotatePullSecrets", "{\"Schedule\":{}}"), pair);
    }

    @Test
    void eventBringsTheSecretAndTakesItAway() throws Exception {
        Pair pair = new Pair(Kind.SERVICE_PRINCIPAL, 0);
        deliver(Estates.written(pair.cluster()));
        assertThat(fleet.traces(pair)).isEqualTo(Fleet.whole(pair.kind()));
        Client.you(emulator).delete(pair.registry());
        deliver(Estates.deleted(pair.registry()));
        assertThat(fleet.standing(pair)).isEmpty();
    }

    @Test
    void eventThatIsMissingIsIgnoredWithAReason() throws Exception {
        worker.invoke("ResourceChanged", null);
        assertLogged("Ignored", Level.INFO, 1);
    }

    @Test
    void messageThatWaitsComesAgainUntilItsLastTry() throws Exception {
        String event = Estates.written(new Pair(Kind.ACR_TOKEN, 0).cluster()).toString();
        int busy = emulator.faults()
                .add(Fault.reply(
                        "^/subscriptions",
                        Answer.json(429, JSON.createObjectNode()).with("Retry-After", "60")));
        assertThatThrownBy(() -> worker.invoke("ResourceChangeQueued", event, Map.of("DequeueCount", 19)))
                .hasMessageStartingWith("The event has to come again");
        worker.invoke("ResourceChangeQueued", event, Map.of("DequeueCount", 20));
        assertThat(emulator.faults().strikes(busy)).isPositive();
        assertLogged("Postponed", Level.WARNING, 1);
        assertThat(worker.log().get(worker.log().size() - 1).getMessage())
                .contains("last of 20 tries", "the timer takes it up");
        worker.invoke("ResourceChangeQueued", "no event", Map.of("DequeueCount", 1));
        assertLogged("Ignored", Level.INFO, 1);
    }

    @Test
    void installationTellsWhatRunsIt() throws Exception {
        JsonNode self = done(() -> worker.get("Self", Map.of()));
        assertThat(self.path("checks").path(0).path("check").asText()).isEqualTo("worker");
        assertThat(self.path("checks").path(0).path("seen").asText()).isEqualTo("the Java worker");
        assertThat(self.path("version").asText()).isNotEmpty();
    }

    @Test
    void itsHostStartsNoCustomHandler() throws IOException {
        assertThat(JSON.readTree(JavaWorkerPackage.FOLDER.resolve("host.json").toFile())
                        .has("customHandler"))
                .isFalse();
    }

    private static List<Pair> pairs() {
        return List.of(new Pair(Kind.ACR_TOKEN, 0), new Pair(Kind.SERVICE_PRINCIPAL, 0), PRIVATE);
    }

    private static void arrange(ObjectNode estate) {
        Estates.assign(estate, Estates.PROGRAM, "Contributor", "/subscriptions/" + Estates.PRODUCTION);
        ObjectNode secluded = properties(estate, PRIVATE);
        secluded.putObject("apiServerAccessProfile").put("enablePrivateCluster", true);
        secluded.remove("aadProfile");
        // They are copies of one another, and a role is kept as long as another cluster of the same identity needs it.
        Stream.of(Kind.values())
                .flatMap(kind -> Fleet.pairs(kind, PAIRS).stream())
                .filter(pair -> !pair.equals(WITH_A_ROLE))
                .forEach(pair -> properties(estate, pair).remove("identityProfile"));
    }

    private static ObjectNode properties(ObjectNode estate, Pair pair) {
        return (ObjectNode) Estates.resource(estate, "aks-" + pair).path("properties");
    }

    private static Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(Fleet.settings());
        settings.putAll(Map.of(
                "ACR_ATTACH_AZURE_CREDENTIAL", "client-secret",
                "AZURE_TENANT_ID", Estates.TENANT,
                "AZURE_CLIENT_ID", Estates.PROGRAM_CLIENT,
                "AZURE_CLIENT_SECRET", Estates.PROGRAM_SECRET,
                "ACR_ATTACH_KUBERNETES_RUN_COMMAND", "true"));
        return PackagedProgram.environment(emulator, settings);
    }

    private static boolean hasKubectl() {
        return RealCluster.assets().isPresent()
                || Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "kubectl")));
    }

    private static ObjectNode body(Pair pair) {
        return JSON.valueToTree(pair.body());
    }

    private static String outcome(JsonNode answer) {
        return answer.path("outcome").asText();
    }

    private static JsonNode post(String function, JsonNode body) throws Exception {
        return done(() -> worker.post(function, body.toString()));
    }

    private static JsonNode access(Pair pair) throws Exception {
        return done(() -> worker.get("Access", pair.body()));
    }

    /** Again, while the program asks for it, which it does on a machine that is too busy. */
    private static JsonNode done(Callable<HttpResponseMessage> call) throws Exception {
        HttpResponseMessage answer = call.call();
        for (int again = 0; again < TRIES && answer.getStatusCode() == 503; again++) {
            answer = call.call();
        }
        assertThat(answer.getStatusCode()).as("%s", answer.getBody()).isEqualTo(200);
        return JSON.readTree((String) answer.getBody());
    }

    /** Again, while the program leaves something for the next time. */
    private static void untilWhole(Callable<?> call, Pair... pairs) throws Exception {
        for (int again = 0; again < TRIES && !Stream.of(pairs).allMatch(JavaWorkerIT::isWhole); again++) {
            call.call();
        }
        assertThat(pairs).allSatisfy(pair -> assertThat(fleet.traces(pair)).isEqualTo(Fleet.whole(pair.kind())));
    }

    private static boolean isWhole(Pair pair) {
        return fleet.traces(pair).equals(Fleet.whole(pair.kind()));
    }

    /** As Event Grid does: again, while the program asks for it. */
    private static void deliver(JsonNode event) throws Exception {
        for (int again = 0; ; again++) {
            try {
                worker.invoke("ResourceChanged", event.toString());
                return;
            } catch (IllegalStateException failure) {
                if (again == TRIES || !failure.getMessage().startsWith("The event has to come again")) {
                    throw failure;
                }
            }
        }
    }
}
