package io.github.acrattach.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.eventgrid.Destination;
import io.github.acrattach.emulator.eventgrid.Event;
import io.github.acrattach.emulator.eventgrid.EventFilter;
import io.github.acrattach.emulator.eventgrid.EventSubscription;
import io.github.acrattach.emulator.eventgrid.Webhook;
import io.github.acrattach.emulator.http.Json;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class EventGridResourcesTest extends Running {
    private static final String PROVIDER = "/providers/Microsoft.EventGrid/";
    private static final String TOPIC = Sample.PLATFORM + PROVIDER + "systemTopics/events";
    private static final String VERSION = "?api-version=2025-02-15";

    @Override
    EmulatorOptions options() {
        return EmulatorOptions.of(Sample.changed(estate -> {
            add(estate, TOPIC, "Microsoft.EventGrid/systemTopics");
            add(estate, TOPIC + "/eventSubscriptions/mine", "Microsoft.EventGrid/systemTopics/eventSubscriptions");
            add(
                    estate,
                    Sample.SHARED + PROVIDER + "eventSubscriptions/other",
                    "Microsoft.EventGrid/eventSubscriptions");
        }));
    }

    private static void add(ObjectNode estate, String id, String type) {
        estate.withArray("eventGrid")
                .addObject()
                .put("id", id)
                .put("name", id.substring(id.lastIndexOf('/') + 1))
                .put("type", type);
    }

    @Test
    void topicsAndSubscriptionsAreListedWhereTheyAre() {
        Client you = Client.you(emulator);
        assertThat(names(you, Sample.PRODUCTION + PROVIDER + "systemTopics")).containsExactly("events");
        assertThat(names(you, Sample.SHARED + PROVIDER + "systemTopics")).isEmpty();
        assertThat(names(you, TOPIC.toUpperCase(Locale.ROOT) + "/eventSubscriptions"))
                .containsExactly("mine");
        assertThat(names(you, Sample.SHARED + PROVIDER + "eventSubscriptions")).containsExactly("other");
        assertThat(names(you, Sample.PRODUCTION + PROVIDER + "eventSubscriptions"))
                .isEmpty();
        assertThat(you.get(TOPIC + "2/eventSubscriptions" + VERSION).code()).isEqualTo("ResourceNotFound");
    }

    @Test
    void rightAndVersionAreAskedFor() {
        String topics = Sample.PRODUCTION + PROVIDER + "systemTopics";
        Client nobody = Client.armAs(emulator, Sample.LEGACY_APP, Sample.LEGACY_SECRET);
        assertThat(nobody.get(topics + VERSION).message()).contains("'Microsoft.EventGrid/systemTopics/read'");
        assertThat(nobody.get(TOPIC + "/eventSubscriptions" + VERSION).message())
                .contains("'Microsoft.EventGrid/systemTopics/eventSubscriptions/read'");
        assertThat(Client.you(emulator).get(topics + "?api-version=2019-01-01").status())
                .isEqualTo(400);
    }

    @Test
    void metricCountsWhatWasDelivered() throws IOException, InterruptedException {
        Instant now = Instant.now();
        String metrics = TOPIC + "/providers/Microsoft.Insights/metrics?api-version=2023-10-01"
                + "&metricnames=DeliverySuccessCount&aggregation=Total&interval=PT1H&timespan="
                + now.minus(Duration.ofMinutes(90)) + "/" + now.plus(Duration.ofMinutes(30))
                + "&$filter=EventSubscriptionName eq 'mine'";
        assertThat(total(metrics)).isZero();
        try (Receiver receiver = new Receiver(EventGridResourcesTest::answer)) {
            Destination webhook = new Webhook(receiver.uri());
            emulator.eventGrid()
                    .subscribe(EventSubscription.to("mine", webhook)
                            .only(new EventFilter("", List.of("x"), List.of(), "", "")));
            emulator.eventGrid()
                    .publish(Event.of(
                            Json.object().put("id", "1").put("eventType", "x").put("subject", "y")));
            while (!emulator.eventGrid().pending().isEmpty()) {
                Thread.sleep(5);
            }
            emulator.eventGrid().unsubscribe("mine");
        }
        assertThat(total(metrics)).isEqualTo(1);
        assertThat(total(metrics.replace("'mine'", "'another'"))).isZero();
        assertThat(Client.you(emulator)
                        .get(metrics.replace("EventSubscriptionName", "Topic"))
                        .status())
                .isEqualTo(400);
        assertThat(Client.you(emulator).get(metrics.replace("PT1H", "1h")).status())
                .isEqualTo(400);
    }

    private static Receiver.Answered answer(Receiver.Received request) {
        String code = request.body().path(0).path("data").path("validationCode").asText();
        return Receiver.Answered.json("{\"validationResponse\":\"" + code + "\"}");
    }

    private double total(String metrics) {
        JsonNode points = Client.you(emulator)
                .get(metrics)
                .json()
                .path("value")
                .path(0)
                .path("timeseries")
                .path(0)
                .path("data");
        assertThat(points).hasSize(2);
        return StreamSupport.stream(points.spliterator(), false)
                .mapToDouble(point -> point.path("total").asDouble())
                .sum();
    }

    private static List<String> names(Client client, String path) {
        return StreamSupport.stream(
                        client.get(path + VERSION).json().path("value").spliterator(), false)
                .map(each -> each.path("name").asText())
                .toList();
    }
}
