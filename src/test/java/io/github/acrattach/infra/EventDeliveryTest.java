package io.github.acrattach.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How events come from a topic to the app. */
class EventDeliveryTest {

    private static final String EVENTS = "Microsoft.EventGrid/systemTopics/eventSubscriptions";

    private static final String TOPICS = "Microsoft.EventGrid/systemTopics";

    private static final String QUEUE = "acr-attach-events";

    private final Bicep bicep = Bicep.compiler();

    @Test
    void functionThatEventGridCallsIsThere() {
        JsonNode destination = bicep.snapshot("function-delivery").only(EVENTS).at("/properties/destination");
        assertThat(destination.path("endpointType").asText()).isEqualTo("AzureFunction");
        String function = Snapshot.last(destination.at("/properties/resourceId").asText());
        assertThat(Path.of("src/main/functions", function, "function.json"))
                .content()
                .contains("eventGridTrigger");
    }

    @Test
    void eventsWaitInTheQueueByAnIdentityOfTheirOwn() {
        JsonNode delivery = bicep.snapshot("default").only(EVENTS).at("/properties/deliveryWithResourceIdentity");
        assertThat(delivery.at("/destination/endpointType").asText()).isEqualTo("StorageQueue");
        assertThat(delivery.at("/destination/properties/queueName").asText()).isEqualTo(QUEUE);
        assertThat(delivery.at("/identity/userAssignedIdentity").asText()).endsWith("/id-acr-attach-events");
        assertThat(bicep.snapshot("default").only(TOPICS).at("/identity/userAssignedIdentities"))
                .hasSize(1);
    }

    @Test
    void eventsThatCannotBeDeliveredAreKept() {
        for (String file : List.of("default", "existing-topic", "function-delivery", "enrol")) {
            JsonNode kept = bicep.snapshot(file).only(EVENTS).at("/properties/deadLetterWithResourceIdentity");
            assertThat(kept.at("/deadLetterDestination/properties/blobContainerName")
                            .asText())
                    .isEqualTo("acr-attach-dead-letters");
        }
    }

    @Test
    void topicThatIsThereIsUsedAndNotChanged() {
        Snapshot snapshot = bicep.snapshot("existing-topic");
        assertThat(snapshot.ofType(TOPICS)).isEmpty();
        JsonNode events = snapshot.only(EVENTS);
        assertThat(events.path("id").asText())
                .contains("/resourceGroups/defender/")
                .contains("/resource-events/");
        assertThat(events.at("/properties/deliveryWithResourceIdentity/identity/type")
                        .asText())
                .isEqualTo("SystemAssigned");
        assertThat(snapshot.resources().stream()
                        .filter(each -> each.path("id").asText().contains("/resourceGroups/defender/")))
                .hasSize(1);
    }

    @Test
    void eachSubscriptionHasATopicOfItsOwn() {
        assertThat(bicep.snapshot("two-subscriptions").ofType(TOPICS).map(each -> each.at("/properties/source")
                        .asText()))
                .containsExactlyInAnyOrder(
                        "/subscriptions/" + Bicep.SUBSCRIPTION, "/subscriptions/22222222-3333-4444-8555-666666666666");
    }
}
