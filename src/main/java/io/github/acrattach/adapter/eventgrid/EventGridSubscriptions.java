package io.github.acrattach.adapter.eventgrid;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.acrattach.adapter.azure.Answers;
import io.github.acrattach.adapter.azure.ArmRequests;
import io.github.acrattach.adapter.azure.Azure;
import io.github.acrattach.concurrent.SideBySide;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.installation.EventSubscription;
import io.github.acrattach.domain.installation.Right;
import io.github.acrattach.domain.installation.SubscriptionEvents;
import io.github.acrattach.port.EventSubscriptions;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Reads event subscriptions, of system topics and of the subscription itself
 * (learn.microsoft.com/rest/api/eventgrid/controlplane, 2025-02-15), and the metric of what was delivered
 * (learn.microsoft.com/rest/api/monitor/metrics/list, 2023-10-01).
 */
@ApplicationScoped
class EventGridSubscriptions implements EventSubscriptions {

    private static final String VERSION = "api-version=2025-02-15";
    private static final Set<String> TOPIC_TYPES =
            Set.of("microsoft.resources.subscriptions", "microsoft.resources.resourcegroups");

    private final Azure azure;

    EventGridSubscriptions(Azure azure) {
        this.azure = azure;
    }

    @Override
    public SubscriptionEvents in(UUID subscription) {
        String scope = "/subscriptions/" + subscription;
        String provider = scope + "/providers/Microsoft.EventGrid/";
        return SideBySide.both(
                () -> list(provider + "systemTopics", Right.READ_TOPICS, scope)
                        .map(EventGridSubscriptions::ofResources)
                        .flatMap(topics -> ofTopics(topics, scope)),
                () -> list(provider + "eventSubscriptions", Right.READ_EVENT_SUBSCRIPTIONS, scope)
                        .map(all -> read(all, "")),
                (ofTopics, ofScope) -> new SubscriptionEvents(
                        Stream.of(ofTopics, ofScope)
                                .flatMap(each -> each.found().stream())
                                .flatMap(List::stream)
                                .toList(),
                        Stream.of(ofTopics, ofScope)
                                .flatMap(each -> each.denied().stream())
                                .toList()));
    }

    private Lookup<List<JsonNode>> list(String path, Right right, String scope) {
        return Answers.unlessRefused(
                () -> new Lookup.Found<>(new ArmRequests(azure).list(path + '?' + VERSION)),
                azure.operation(right.action(), scope));
    }

    /** The ids of the topics for what happens to resources. */
    private static List<String> ofResources(List<JsonNode> topics) {
        return topics.stream()
                .filter(topic -> TOPIC_TYPES.contains(
                        topic.path("properties").path("topicType").asText("").toLowerCase(Locale.ROOT)))
                .map(topic -> topic.path("id").asText(""))
                .filter(EventSubscriptionJson::isId)
                .toList();
    }

    private Lookup<List<EventSubscription>> ofTopics(List<String> topics, String scope) {
        List<Lookup<List<EventSubscription>>> read = SideBySide.each(
                topics, (String topic) -> list(topic + "/eventSubscriptions", Right.READ_TOPIC_SUBSCRIPTIONS, scope)
                        .map(all -> read(all, topic)));
        Optional<Problem> denied =
                read.stream().flatMap(each -> each.denied().stream()).findFirst();
        List<EventSubscription> found = read.stream()
                .flatMap(each -> each.found().stream())
                .flatMap(List::stream)
                .toList();
        return found.isEmpty() && denied.isPresent() ? new Lookup.Denied<>(denied.get()) : new Lookup.Found<>(found);
    }

    private static List<EventSubscription> read(List<JsonNode> all, String topic) {
        return all.stream()
                .flatMap(each -> EventSubscriptionJson.read(each, topic).stream())
                .toList();
    }

    @Override
    public Lookup<Instant> lastDelivery(EventSubscription subscription, Instant since, Instant now) {
        boolean ofTopic = !subscription.topic().isEmpty();
        String resource = ofTopic ? subscription.topic() : subscription.id();
        String path = resource + "/providers/Microsoft.Insights/metrics?api-version=2023-10-01"
                + "&metricnames=DeliverySuccessCount&aggregation=Total&interval=PT1H&timespan="
                + since.truncatedTo(ChronoUnit.SECONDS) + "/" + now.truncatedTo(ChronoUnit.SECONDS)
                + (ofTopic
                        ? "&$filter=" + ArmRequests.encoded("EventSubscriptionName eq '" + subscription.name() + "'")
                        : "");
        return Answers.unlessRefused(
                () -> last(new ArmRequests(azure).get(path))
                        .<Lookup<Instant>>map(Lookup.Found::new)
                        .orElseGet(Lookup.Absent::new),
                azure.operation(Right.READ_METRICS.action(), resource));
    }

    private static Optional<Instant> last(JsonNode metrics) {
        return stream(metrics.path("value"))
                .flatMap(metric -> stream(metric.path("timeseries")))
                .flatMap(series -> stream(series.path("data")))
                .filter(point -> point.path("total").asDouble(0) > 0)
                .flatMap(point -> time(point.path("timeStamp").asText("")).stream())
                .max(Comparator.naturalOrder());
    }

    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException unreadable) {
            return Optional.empty();
        }
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
