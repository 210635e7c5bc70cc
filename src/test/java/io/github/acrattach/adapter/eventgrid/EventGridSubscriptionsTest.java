package io.github.acrattach.adapter.eventgrid;

import static io.github.acrattach.adapter.azure.Answered.error;
import static io.github.acrattach.adapter.azure.Answered.found;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.Estates;
import io.github.acrattach.adapter.InstalledApp;
import io.github.acrattach.adapter.azure.AzureAt;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.installation.EventSubscription;
import io.github.acrattach.domain.installation.Right;
import io.github.acrattach.domain.installation.SubscriptionEvents;
import io.github.acrattach.emulator.Emulator;
import io.github.acrattach.emulator.EmulatorOptions;
import io.github.acrattach.emulator.frontdoor.Fault;
import io.github.acrattach.emulator.http.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class EventGridSubscriptionsTest {

    private static final UUID PRODUCTION = UUID.fromString(Estates.PRODUCTION);
    private static final String EXTENSION =
            "/subscriptions/" + Estates.PRODUCTION + "/providers/Microsoft.EventGrid/eventSubscriptions/old-one";

    @Test
    void subscriptionsOfTopicsAndOfTheSubscriptionItselfAreRead() {
        with(EventGridSubscriptionsTest::both, emulator -> {
            SubscriptionEvents events = at(emulator).in(PRODUCTION);
            assertThat(events.unseen()).isEmpty();
            assertThat(events.found())
                    .extracting(EventSubscription::name)
                    .containsExactlyInAnyOrder(InstalledApp.SUBSCRIPTION_NAME, "old-one");
            assertThat(events.found())
                    .filteredOn(each -> each.name().equals(InstalledApp.SUBSCRIPTION_NAME))
                    .singleElement()
                    .satisfies(each -> {
                        assertThat(each.topic()).isEqualTo(InstalledApp.TOPIC);
                        assertThat(each.state()).isEqualTo("Succeeded");
                        assertThat(each.destination()).isEqualTo("StorageQueue");
                        assertThat(each.destinationId()).isEqualTo(InstalledApp.ACCOUNT_ID);
                        assertThat(each.queue()).isEqualTo("acr-attach-events");
                        assertThat(each.keepsDeadLetters()).isTrue();
                        assertThat(each.filter().types()).contains("Microsoft.Resources.ResourceActionSuccess");
                        assertThat(each.filter().advanced()).hasSize(2);
                    });
        });
    }

    @Test
    void whatMayNotBeReadHidesNothingElse() {
        with(EventGridSubscriptionsTest::both, emulator -> {
            refuse(emulator, "providers/Microsoft.EventGrid/eventSubscriptions", Right.READ_EVENT_SUBSCRIPTIONS);
            SubscriptionEvents events = at(emulator).in(PRODUCTION);
            assertThat(events.found()).hasSize(1);
            assertThat(events.unseen())
                    .extracting(Problem::action)
                    .containsExactly(Optional.of(Right.READ_EVENT_SUBSCRIPTIONS.action()));
        });
    }

    @Test
    void topicsOfStorageAccountsAreNotLookedInto() {
        with(
                estate -> ((ObjectNode) InstalledApp.topic(estate).path(0).path("properties"))
                        .put("topicType", "Microsoft.Storage.StorageAccounts"),
                emulator -> {
                    assertThat(at(emulator).in(PRODUCTION).found()).isEmpty();
                    assertThat(emulator.requests()
                                    .matching(request -> request.path().contains("/systemTopics/")))
                            .isEmpty();
                });
    }

    @Test
    void hourOfTheLastDeliveryIsRead() {
        with(InstalledApp::toQueue, emulator -> {
            EventSubscription subscription = at(emulator).in(PRODUCTION).found().get(0);
            Instant now = Instant.parse("2026-11-27T15:30:00Z");
            emulator.faults()
                    .add(Fault.reply(
                            "/metrics",
                            Answer.text(
                                    200,
                                    Answer.JSON,
                                    "{\"value\":[{\"timeseries\":[{\"data\":["
                                            + "{\"timeStamp\":\"2026-11-27T12:30:00Z\",\"total\":2.0},"
                                            + "{\"timeStamp\":\"2026-11-27T13:30:00Z\",\"total\":1.0},"
                                            + "{\"timeStamp\":\"2026-11-27T14:30:00Z\",\"total\":0.0},"
                                            + "{\"timeStamp\":\"2026-11-27T14:30:00Z\"}]}]}]}")));
            assertThat(found(at(emulator).lastDelivery(subscription, now.minus(Duration.ofDays(7)), now)))
                    .isEqualTo(Instant.parse("2026-11-27T13:30:00Z"));
        });
    }

    @Test
    void metricWithoutAnyDeliveryIsNone() {
        with(EventGridSubscriptionsTest::both, emulator -> {
            for (EventSubscription each : at(emulator).in(PRODUCTION).found()) {
                assertThat(at(emulator).lastDelivery(each, Instant.now().minus(Duration.ofDays(7)), Instant.now()))
                        .as(each.name())
                        .isInstanceOf(Lookup.Absent.class);
            }
        });
    }

    /** Names end up in commands that people copy. */
    @Test
    void subscriptionWithAnOddNameIsLeftOut() {
        with(
                estate -> {
                    InstalledApp.toQueue(estate);
                    ((ObjectNode) estate.path("eventGrid").path(1)).put("name", "x\"; rm -rf /");
                },
                emulator -> assertThat(at(emulator).in(PRODUCTION).found()).isEmpty());
    }

    private static void both(ObjectNode estate) {
        InstalledApp.toQueue(estate);
        ObjectNode old = estate.withArray("eventGrid").addObject();
        old.put("id", EXTENSION).put("name", "old-one").put("type", "Microsoft.EventGrid/eventSubscriptions");
        ObjectNode properties = old.putObject("properties");
        properties.put("provisioningState", "Succeeded");
        properties.putObject("destination").put("endpointType", "WebHook").putObject("properties");
    }

    private static void refuse(Emulator emulator, String path, Right right) {
        emulator.faults()
                .add(Fault.reply(
                        path,
                        error(
                                403,
                                "AuthorizationFailed",
                                "The client 'x' with object id '" + Estates.PROGRAM
                                        + "' does not have authorization to perform action '" + right.action()
                                        + "' over scope '/subscriptions/" + Estates.PRODUCTION + "'.")));
    }

    private static void with(Consumer<ObjectNode> change, Consumer<Emulator> test) {
        try (Emulator emulator = Emulator.start(EmulatorOptions.of(Estates.changed(change)))) {
            test.accept(emulator);
        }
    }

    private static EventGridSubscriptions at(Emulator emulator) {
        return new EventGridSubscriptions(AzureAt.emulator(emulator));
    }
}
