package io.github.acrattach.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.estate.Estate;
import io.github.acrattach.emulator.eventgrid.AdvancedFilter;
import io.github.acrattach.emulator.eventgrid.Attempt;
import io.github.acrattach.emulator.eventgrid.Delivery;
import io.github.acrattach.emulator.eventgrid.EventFilter;
import io.github.acrattach.emulator.eventgrid.EventSchema;
import io.github.acrattach.emulator.eventgrid.EventSubscription;
import io.github.acrattach.emulator.eventgrid.FilterCommand;
import io.github.acrattach.emulator.eventgrid.Webhook;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventGridTest {
    /** Ten seconds last 100 milliseconds. */
    private static final double FASTER = 100;

    private static final String AKS_NEW = Sample.PLATFORM + Sample.CLUSTERS + "/aks-new";
    private static final String CLUSTER = "{'location':'westeurope','identity':{'type':'SystemAssigned'}}";
    private static final EventFilter CLUSTERS =
            EventFilter.operations(List.of("Microsoft.ContainerService/managedClusters/write"));

    private Emulator emulator;
    private Receiver receiver;

    @BeforeEach
    void start() throws IOException {
        emulator = Emulator.start(EmulatorOptions.of(Estate.sample()).withTimeScale(FASTER));
        receiver = new Receiver(EventGridTest::shakeHands);
    }

    @AfterEach
    void stop() {
        emulator.close();
        receiver.close();
    }

    @Test
    void aWebhookThatDoesNotAnswerTheHandshakeIsRefused() {
        receiver.behave(request -> Receiver.Answered.json("{}"));

        assertThatThrownBy(() -> emulator.eventGrid().subscribe(webhook()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Webhook validation handshake failed")
                .hasMessageContaining("without the validationResponse");
        assertThat(emulator.eventGrid().subscriptions()).isEmpty();
    }

    @Test
    void theBirthOfAClusterIsAnnouncedWithoutAnHttpRequest() {
        emulator.eventGrid().subscribe(webhook().only(CLUSTERS));
        Client.you(emulator).put(AKS_NEW, CLUSTER);
        Receiver.Received notification = notifications(2).get(1);
        JsonNode event = notification.body().get(0);

        assertThat(notification.headers().getFirst("aeg-event-type")).isEqualTo("Notification");
        assertThat(notification.headers().getFirst("aeg-subscription-name")).isEqualTo("ATTACH");
        assertThat(notification.headers().getFirst("aeg-delivery-count")).isEqualTo("0");
        assertThat(event.path("eventType").asText()).isEqualTo("Microsoft.Resources.ResourceWriteSuccess");
        assertThat(event.path("topic").asText()).isEqualTo(Sample.PRODUCTION);
        assertThat(event.path("subject").asText()).isEqualToIgnoringCase(AKS_NEW);
        assertThat(event.path("data").has("httpRequest")).isFalse();
        assertThat(event.path("data").path("operationName").asText())
                .isEqualTo("Microsoft.ContainerService/managedClusters/write");
        assertThat(event.path("data").path("authorization").path("action").asText())
                .isEqualTo("Microsoft.ContainerService/managedClusters/write");
        assertThat(event.path("data").path("tenantId").asText()).isEqualTo(Sample.TENANT);
    }

    @Test
    void aClusterAnnouncedEarlyReachesWhoeverSubscribesInTime() {
        emulator.eventGrid().subscribe(webhook());

        assertThat(notifications(1).get(0).body().get(0).path("subject").asText())
                .isEqualToIgnoringCase(Sample.AKS_LATE);
        assertThat(emulator.resource(Sample.AKS_LATE)
                        .orElseThrow()
                        .path("properties")
                        .path("provisioningState")
                        .asText())
                .isEqualTo("Creating");
    }

    @Test
    void cloudEventsComeOneAtATime() {
        emulator.eventGrid()
                .subscribe(webhook()
                        .in(EventSchema.CloudEventSchemaV1_0)
                        .only(new EventFilter(
                                "", List.of("Microsoft.Resources.ResourceDeleteSuccess"), List.of(), "", "/acrshop")));
        assertThat(receiver.received().get(0).method()).isEqualTo("OPTIONS");
        Client.you(emulator).delete(Sample.ACR_SHOP);
        await(() -> receiver.received().size() == 2);
        JsonNode event = receiver.received().get(1).body();

        assertThat(receiver.received().get(1).headers().getFirst("Content-Type"))
                .startsWith("application/cloudevents+json");
        assertThat(event.path("specversion").asText()).isEqualTo("1.0");
        assertThat(event.path("type").asText()).isEqualTo("Microsoft.Resources.ResourceDeleteSuccess");
        assertThat(event.path("source").asText()).isEqualTo(Sample.PRODUCTION);
        assertThat(event.path("data").path("httpRequest").path("method").asText())
                .isEqualTo("DELETE");
        assertThat(event.has("eventType")).isFalse();
    }

    @Test
    void roleAssignmentsAreEventsToo() {
        emulator.eventGrid()
                .subscribe(webhook()
                        .only(EventFilter.operations(List.of("Microsoft.Authorization/roleAssignments/write"))));
        String assignment = Sample.ACR_SHOP + Sample.ASSIGNMENTS + "/11111111-2222-4333-8444-555555555555";
        Client.attach(emulator)
                .put(
                        assignment,
                        "{'properties':{'roleDefinitionId':'" + Sample.DEFINITIONS + "/" + Sample.ACR_PULL
                                + "','principalId':'" + Sample.SHOP_KUBELET + "'}}");

        assertThat(notifications(1).get(0).body().get(0).path("subject").asText())
                .isEqualTo(assignment);
    }

    /** Who sets tags writes no resource: the operation is that of Microsoft.Resources, whoever provides what is tagged. */
    @Test
    void tagsThatAreSetOrTakenAwayAreEventsOfTheirOwn() {
        emulator.eventGrid().subscribe(webhook().only(about("/tags/default")));
        Client you = Client.you(emulator);
        String tags = Sample.ACR_SHOP + "/providers/Microsoft.Resources/tags/default";
        you.send("PATCH", tags, "{'operation':'Merge','properties':{'tags':{'a':'b'}}}");
        assertThat(you.delete(tags).status()).isEqualTo(200);
        assertThat(you.get(Sample.ACR_SHOP).json().path("tags")).isEmpty();
        assertThat(happened(2))
                .containsExactlyInAnyOrder(
                        "ResourceWriteSuccess Microsoft.Resources/tags/write " + tags,
                        "ResourceDeleteSuccess Microsoft.Resources/tags/delete " + tags);
    }

    @Test
    void stopAndStartOfAClusterAreActions() {
        emulator.eventGrid().subscribe(webhook().only(about("/aks-shop")));
        Client you = Client.you(emulator);
        assertThat(you.post(Sample.AKS_SHOP + "/stop", "").status()).isEqualTo(202);
        assertThat(power(you)).isEqualTo("Stopped");
        assertThat(you.post(Sample.AKS_SHOP + "/start", "").status()).isEqualTo(202);
        assertThat(power(you)).isEqualTo("Running");
        assertThat(Client.attach(emulator).post(Sample.AKS_SHOP + "/stop", "").code())
                .isEqualTo("AuthorizationFailed");
        String cluster =
                emulator.resource(Sample.AKS_SHOP).orElseThrow().path("id").asText();
        assertThat(happened(2))
                .containsExactlyInAnyOrder(
                        "ResourceActionSuccess Microsoft.ContainerService/managedClusters/stop/action " + cluster,
                        "ResourceActionSuccess Microsoft.ContainerService/managedClusters/start/action " + cluster);
    }

    /** So whoever reacts to actions hears of those that it asks for itself. */
    @Test
    void readingAKubeconfigIsAnEventToo() {
        emulator.eventGrid().subscribe(webhook().only(about("/aks-shop")));
        Client.you(emulator).post(Sample.AKS_SHOP + "/listClusterUserCredential", "");
        assertThat(happened(1)).singleElement().asString().contains("/listClusterUserCredential/action ");
    }

    @Test
    void deletionOfAGroupTellsOfAllThatWentWithIt() {
        emulator.eventGrid()
                .subscribe(webhook()
                        .only(new EventFilter(
                                "", List.of("Microsoft.Resources.ResourceDeleteSuccess"), List.of(), "", "")));
        Client you = Client.you(emulator);
        assertThat(you.delete(Sample.PLATFORM).status()).isEqualTo(202);
        assertThat(you.get(Sample.AKS_SHOP).code()).isEqualTo("ResourceGroupNotFound");
        assertThat(you.get(Sample.SHARED + "/resourceGroups/shared" + Sample.REGISTRIES + "/acrbilling")
                        .status())
                .isEqualTo(200);
        assertThat(you.delete(Sample.PLATFORM).code()).isEqualTo("ResourceGroupNotFound");
        List<String> happened = happened(6);
        assertThat(happened)
                .filteredOn(each -> each.contains("managedClusters/delete "))
                .hasSize(3);
        assertThat(happened)
                .filteredOn(each -> each.contains("registries/delete "))
                .hasSize(2);
        assertThat(happened)
                .filteredOn(each -> each.contains("Microsoft.Resources/subscriptions/resourceGroups/delete "))
                .singleElement()
                .asString()
                .endsWith(Sample.PLATFORM);
    }

    @Test
    void filtersAreAllToHold() {
        EventFilter filter = FilterCommand.read("az eventgrid event-subscription create --name x \\\n"
                + "  --included-event-types Microsoft.Resources.ResourceWriteSuccess \\\n"
                + "  --advanced-filter data.operationName StringIn microsoft.resources/TAGS/write a/b \\\n"
                + "  --advanced-filter subject StringContains /REGISTRIES/acrs /nothing/");
        emulator.eventGrid().subscribe(webhook().only(filter));
        Client you = Client.you(emulator);
        for (String tagged : List.of(Sample.AKS_SHOP, Sample.ACR_SHOP)) {
            you.put(tagged + "/providers/Microsoft.Resources/tags/default", "{'properties':{'tags':{}}}");
        }
        you.send("PATCH", Sample.ACR_SHOP, "{'tags':{}}");
        assertThat(happened(1)).singleElement().asString().contains("tags/write " + Sample.ACR_SHOP);
    }

    @Test
    void filterThatAzureRefusesIsRefused() {
        List<String> many = IntStream.range(0, 26).mapToObj(String::valueOf).toList();
        assertThatThrownBy(() -> EventFilter.operations(many)).hasMessageContaining("25");
        assertThatThrownBy(
                        () -> new AdvancedFilter("subject", AdvancedFilter.Operator.StringIn, List.of("x".repeat(513))))
                .hasMessageContaining("512");
        assertThatThrownBy(() -> FilterCommand.read("az x --advanced-filter subject StringLike a"))
                .hasMessageContaining("StringLike");
    }

    private static String power(Client you) {
        return you.get(Sample.AKS_SHOP)
                .json()
                .path("properties")
                .path("powerState")
                .path("code")
                .asText();
    }

    private static EventFilter about(String end) {
        return new EventFilter("", List.of(), List.of(), "", end);
    }

    /** Type, operation and subject of so many events. */
    private List<String> happened(int events) {
        await(() -> emulator.eventGrid().deliveries().size() >= events);
        return emulator.eventGrid().deliveries().stream()
                .map(delivery -> delivery.event().type().replace("Microsoft.Resources.", "") + " "
                        + delivery.event()
                                .body()
                                .path("data")
                                .path("operationName")
                                .asText()
                        + " " + delivery.event().subject())
                .toList();
    }

    @Test
    void aFailedDeliveryIsTriedAgainOnSchedule() {
        receiver.behave(request -> receiver.received().size() < 4 ? failAfterHandshake(request) : shakeHands(request));
        emulator.eventGrid().subscribe(webhook().only(acrWrites()));
        Client.you(emulator).send("PATCH", Sample.ACR_SHOP, "{'tags':{'team':'data'}}");
        await(() -> emulator.eventGrid().deliveries().stream()
                .anyMatch(delivery -> delivery.state() == Delivery.State.DELIVERED));
        List<Attempt> attempts = emulator.eventGrid().deliveries().get(0).attempts();

        assertThat(attempts).extracting(attempt -> attempt.outcome().status()).containsExactly(500, 500, 200);
        assertThat(Duration.between(attempts.get(0).end(), attempts.get(1).start()))
                .isGreaterThan(Duration.ofMillis(95));
        assertThat(Duration.between(attempts.get(1).end(), attempts.get(2).start()))
                .isGreaterThan(Duration.ofMillis(295));
        assertThat(receiver.received().get(3).headers().getFirst("aeg-delivery-count"))
                .isEqualTo("2");
    }

    @Test
    void aClientErrorIsADeadLetterAtOnce() {
        emulator.eventGrid().subscribe(webhook().only(acrWrites()));
        receiver.behave(request -> Receiver.Answered.status(403));
        Client.you(emulator).send("PATCH", Sample.ACR_SHOP, "{'tags':{}}");
        await(() -> !emulator.eventGrid().deadLetters().isEmpty());
        ObjectNode letter = emulator.eventGrid().deadLetters().get(0);

        assertThat(letter.path("deliveryAttempts").asInt()).isEqualTo(1);
        assertThat(letter.path("lastDeliveryOutcome").asText()).isEqualTo("Forbidden");
        assertThat(letter.path("subject").asText()).isEqualTo(Sample.ACR_SHOP);
    }

    @Test
    void whatFailsTooOftenIsADeadLetter() {
        emulator.eventGrid().subscribe(webhook().only(acrWrites()).triedAtMost(2));
        receiver.behave(request -> Receiver.Answered.status(500));
        Client.you(emulator).send("PATCH", Sample.ACR_SHOP, "{'tags':{}}");
        await(() -> !emulator.eventGrid().deadLetters().isEmpty());

        assertThat(emulator.eventGrid()
                        .deadLetters()
                        .get(0)
                        .path("deadLetterReason")
                        .asText())
                .isEqualTo("MaxDeliveryAttemptsExceeded");
        assertThat(emulator.eventGrid().pending()).isEmpty();
    }

    @Test
    void aSlowCreationIsAnnouncedWhenItIsDone() {
        try (Emulator slow =
                Emulator.start(EmulatorOptions.of(Estate.sample()).withClusterCreation(Duration.ofMillis(300)))) {
            slow.eventGrid().subscribe(webhook().only(new EventFilter("", List.of(), List.of(), "", "/aks-new")));
            Instant begun = Instant.now();
            Client.you(slow).put(AKS_NEW, CLUSTER);
            await(() -> slow.eventGrid().deliveries().size() == 1);

            assertThat(Duration.between(begun, Instant.now())).isGreaterThan(Duration.ofMillis(150));
            assertThat(slow.resource(AKS_NEW)
                            .orElseThrow()
                            .path("properties")
                            .path("provisioningState")
                            .asText())
                    .isEqualTo("Succeeded");
        }
    }

    @Test
    void rawEventsAreDeliveredAsTheyAre() {
        Client anybody = Client.of(emulator);
        Client.Reply subscribed = anybody.post(
                "/_emulator/eventSubscriptions",
                "{'name':'raw','webhook':'" + receiver.uri() + "','subjectBeginsWith':'/odd'}");
        Client.Reply published =
                anybody.post("/_emulator/events", "[{'id':'1','subject':'/odd/thing','eventType':'Odd','x':[1]}]");

        assertThat(subscribed.status()).isEqualTo(201);
        assertThat(published.status()).isEqualTo(202);
        assertThat(notifications(1).get(0).body().toString())
                .isEqualTo("[{\"id\":\"1\",\"subject\":\"/odd/thing\",\"eventType\":\"Odd\",\"x\":[1]}]");
        await(() -> anybody.get("/_emulator/events").text().contains("DELIVERED"));
        assertThat(anybody.post("/_emulator/events", "7").status()).isEqualTo(400);
        assertThat(anybody.post("/_emulator/eventSubscriptions", "{'name':'x'}").text())
                .contains("webhook: either this or handler is required");
    }

    private EventSubscription webhook() {
        return EventSubscription.to("attach", new Webhook(receiver.uri().resolve("/events")));
    }

    private static EventFilter acrWrites() {
        return EventFilter.operations(List.of("Microsoft.ContainerRegistry/registries/write"));
    }

    private List<Receiver.Received> notifications(int count) {
        await(() -> only("Notification").size() >= count);
        return only("Notification");
    }

    private List<Receiver.Received> only(String eventType) {
        return receiver.received().stream()
                .filter(request -> eventType.equals(request.headers().getFirst("aeg-event-type")))
                .toList();
    }

    private static Receiver.Answered failAfterHandshake(Receiver.Received request) {
        boolean handshake = "SubscriptionValidation".equals(request.headers().getFirst("aeg-event-type"));
        return handshake ? shakeHands(request) : Receiver.Answered.status(500);
    }

    private static Receiver.Answered shakeHands(Receiver.Received request) {
        String code = request.body().path(0).path("data").path("validationCode").asText();
        return Receiver.Answered.json("{\"validationResponse\":\"" + code + "\"}");
    }

    private static void await(BooleanSupplier condition) {
        Instant limit = Instant.now().plusSeconds(60);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).as("still waiting").isBefore(limit);
            try {
                Thread.sleep(5);
            } catch (InterruptedException stopped) {
                throw new AssertionError(stopped);
            }
        }
    }
}
