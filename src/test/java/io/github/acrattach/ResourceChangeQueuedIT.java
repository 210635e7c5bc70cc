package io.github.acrattach;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.storage.queue.QueueClient;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.Azurite;
import io.github.acrattach.emulator.Client;
import io.github.acrattach.emulator.Emulator;
import io.github.acrattach.emulator.EmulatorOptions;
import io.github.acrattach.emulator.arm.authorization.RoleAssignment;
import io.github.acrattach.emulator.eventgrid.EventFilter;
import io.github.acrattach.emulator.eventgrid.EventSchema;
import io.github.acrattach.emulator.eventgrid.EventSubscription;
import io.github.acrattach.emulator.eventgrid.QueueDestination;
import io.github.acrattach.emulator.frontdoor.Fault;
import io.github.acrattach.emulator.host.FunctionApp;
import io.github.acrattach.emulator.host.FunctionsHost;
import io.github.acrattach.emulator.host.Invocation;
import io.github.acrattach.emulator.host.QueueListener;
import io.github.acrattach.emulator.host.StorageQueue;
import io.github.acrattach.emulator.http.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events in a queue, role assignments out: what waits comes back, and nothing but a defect is poison. */
class ResourceChangeQueuedIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String QUEUE = "acr-attach-events";
    private static final String FUNCTION = "ResourceChangeQueued";
    private static final Duration VISIBILITY_TIMEOUT = Duration.ofMinutes(1);

    /** Longer than whoever is held back lives. */
    private static final Duration FOR_EVER = Duration.ofSeconds(60);

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static Emulator emulator;
    private static PackagedProgram program;

    private Instant now = Instant.now();
    private StorageQueue queue;

    @BeforeAll
    static void start() {
        emulator = Emulator.start(EmulatorOptions.of(Estates.changed(InstalledRights.of("default"))));
        program = PackagedProgram.start(emulator, PackagedProgram.BY_TEAM);
    }

    @AfterAll
    static void stop() {
        program.close();
        emulator.close();
    }

    @BeforeEach
    void reset() {
        emulator.faults().clear();
        emulator.reset();
        queue = program.host().queue(FUNCTION, () -> now);
    }

    @ParameterizedTest
    @ValueSource(strings = {"aks-created.json", "aks-created-cloudevent.json", "acr-created-cloudevent.json"})
    void clusterMayPullAfterAnEventOfEitherSchema(String file) throws IOException {
        queue.send(read(file).toString());
        assertThat(outcomes(queue.pump().get(0))).containsExactly("Granted");
        assertThat(pullAssignments()).hasSize(1);
        assertNothingIsLeft();
    }

    @Test
    void clusterThatIsNotReadyComesBackAfterAMinuteAndIsLetIn() throws IOException {
        notReady("aks-shop");
        queue.send(read("aks-created.json").toString());
        assertThat(queue.pump().get(0).succeeded()).isFalse();
        assertThat(queue.pump()).as("hidden").isEmpty();
        emulator.faults().clear();
        now = now.plus(VISIBILITY_TIMEOUT);
        assertThat(outcomes(queue.pump().get(0))).containsExactly("Granted");
        assertNothingIsLeft();
    }

    @Test
    void clusterThatNeverGetsReadyIsLeftToTheTimerAtTheLastTry() throws IOException {
        notReady("aks-shop");
        ObjectNode event = (ObjectNode) read("aks-created.json");
        queue.send(event.put("id", "never-ready").toString());
        List<Invocation> tries = untilItIsGone();
        assertThat(tries).hasSize(20);
        assertThat(tries.subList(0, 19)).noneMatch(Invocation::succeeded);
        assertThat(outcomes(tries.get(19))).containsExactly("Postponed");
        assertThat(queue.poison()).isEmpty();
        waitUntil(() -> lines("never-ready").size() == 20);
        JsonNode line = JSON.readTree(lines("never-ready").get(19));
        assertThat(line.path("level").asText()).isEqualTo("Warning");
        assertThat(line.path("message").asText()).contains("last of 20 tries", "the timer takes it up");
        emulator.faults().clear();
        assertThat(program.host()
                        .invoke("RotatePullSecrets", JSON.createObjectNode())
                        .succeeded())
                .isTrue();
        assertThat(pullAssignments()).extracting(RoleAssignment::principalId).contains(Estates.SHOP_KUBELET);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "no event", "{", "[]", "7", "null", "{\"id\":1,\"id\":2}", "{\"subject\":\"../../etc\"}"})
    void messageThatCannotBeReadIsIgnoredWithTheReason(String text) {
        queue.send(text);
        assertThat(outcomes(queue.pump().get(0))).containsExactly("Ignored");
        assertNothingIsLeft();
        assertThat(emulator.requests().list()).isEmpty();
    }

    @Test
    void sameEventTwiceMakesOneAssignment() throws IOException {
        queue.send(read("aks-created.json").toString());
        queue.send(read("aks-created-cloudevent.json").toString());
        assertThat(queue.pump().stream().flatMap(each -> outcomes(each).stream()))
                .containsExactly("Granted", "AlreadyGranted");
        assertThat(pullAssignments()).hasSize(1);
        assertNothingIsLeft();
    }

    @Test
    void messageThatHidesHowOftenItWasTriedIsTriedOnce() throws IOException {
        notReady("aks-shop");
        ObjectNode event = (ObjectNode) read("aks-created.json");
        queue.send(event.put("DequeueCount", 1).toString());
        assertThat(outcomes(queue.pump().get(0))).containsExactly("Postponed");
        assertNothingIsLeft();
        assertThat(program.awaitLine("a field DequeueCount of its own")).contains("Warning");
    }

    @Test
    void messageWhoseHandlerIsKilledComesBack() throws IOException {
        int held = emulator.faults().add(Fault.delay("/roleAssignments", FOR_EVER));
        queue.send(read("aks-created.json").toString());
        CompletableFuture<List<Invocation>> inWork = CompletableFuture.supplyAsync(queue::pump);
        waitUntil(() -> emulator.faults().strikes(held) > 0);
        ProcessHandle.of(program.pid()).orElseThrow().destroyForcibly();
        assertThat(inWork.join().get(0).succeeded()).isFalse();
        emulator.faults().clear();
        assertThat(queue.messages()).hasSize(1);
        now = now.plus(VISIBILITY_TIMEOUT);
        List<Invocation> again = untilItIsGone();
        assertThat(outcomes(again.get(again.size() - 1))).isSubsetOf("Granted", "AlreadyGranted");
        assertThat(pullAssignments()).hasSize(1);
        assertNothingIsLeft();
    }

    @Test
    void eventsComeOutOfARealQueue() throws IOException {
        try (Azurite azurite = Azurite.start()) {
            QueueClient events = azurite.create(QUEUE);
            QueueClient poison = azurite.create(QUEUE + "-poison");
            FunctionApp atOnce = PackagedProgram.app().withVisibilityTimeout(Duration.ZERO);
            QueueListener listener =
                    FunctionsHost.at(atOnce, program.host().handler()).listen(FUNCTION, azurite);

            emulator.eventGrid()
                    .subscribe(EventSubscription.to("queued", new QueueDestination(azurite, QUEUE))
                            .in(EventSchema.CloudEventSchemaV1_0)
                            .only(EventFilter.operations(List.of("Microsoft.ContainerRegistry/registries/write"))));
            Client.you(emulator)
                    .put(
                            Estates.registry("acrshop"),
                            "{'location':'westeurope','sku':{'name':'Premium'},'tags':{'team':'shop'}}");
            waitUntil(() -> events.peekMessage() != null);
            assertThat(outcomes(listener.pump().get(0))).containsExactly("Granted");
            assertThat(events.getProperties().getApproximateMessagesCountLong()).isZero();

            events.sendMessage(base64("no event"));
            events.sendMessage("not base64!");
            assertThat(outcomes(listener.pump().get(0))).containsExactly("Ignored");
            assertThat(poison.receiveMessage().getBody()).hasToString("not base64!");
            poison.clearMessages();

            notReady("aks-shop");
            events.sendMessage(base64(read("aks-created.json").toString()));
            for (int tries = 1; tries < 20; tries++) {
                assertThat(listener.pump()).hasSize(1).noneMatch(Invocation::succeeded);
            }
            assertThat(outcomes(listener.pump().get(0))).containsExactly("Postponed");
            assertThat(events.getProperties().getApproximateMessagesCountLong()).isZero();
            assertThat(poison.getProperties().getApproximateMessagesCountLong()).isZero();
        } finally {
            emulator.eventGrid().unsubscribe("queued");
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private List<Invocation> untilItIsGone() {
        List<Invocation> tries = new ArrayList<>();
        while (!queue.messages().isEmpty()) {
            tries.addAll(queue.pump());
            now = now.plus(VISIBILITY_TIMEOUT);
        }
        return tries;
    }

    private void assertNothingIsLeft() {
        assertThat(queue.messages()).isEmpty();
        assertThat(queue.poison()).isEmpty();
    }

    /** As ARM shows it while it is being made: nobody knows yet whom it pulls as. */
    private static void notReady(String cluster) {
        ObjectNode resource =
                emulator.resource(Estates.cluster(cluster)).orElseThrow().deepCopy();
        ObjectNode properties = ((ObjectNode) resource.path("properties")).put("provisioningState", "Creating");
        properties.remove("identityProfile");
        emulator.faults()
                .add(Fault.reply("/managedClusters/" + cluster + "$", Answer.json(200, resource))
                        .onlyFor("GET"));
    }

    private static List<String> lines(String text) {
        return program.output().stream().filter(line -> line.contains(text)).toList();
    }

    private static void waitUntil(BooleanSupplier fact) {
        Instant end = Instant.now().plus(PATIENCE);
        while (!fact.getAsBoolean()) {
            assertThat(Instant.now()).isBefore(end);
            try {
                TimeUnit.MILLISECONDS.sleep(10);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
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

    private static JsonNode read(String file) throws IOException {
        try (InputStream in = ResourceChangeQueuedIT.class.getResourceAsStream("/events/" + file)) {
            return JSON.readTree(in);
        }
    }
}
