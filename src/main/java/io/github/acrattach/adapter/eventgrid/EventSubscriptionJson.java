package io.github.acrattach.adapter.eventgrid;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.acrattach.domain.OutsideText;
import io.github.acrattach.domain.installation.EventFilter;
import io.github.acrattach.domain.installation.EventFilter.AdvancedFilter;
import io.github.acrattach.domain.installation.EventSubscription;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** An event subscription as ARM answers it (learn.microsoft.com/azure/templates/microsoft.eventgrid/eventsubscriptions). */
final class EventSubscriptionJson {

    /** Ends up in commands that people copy. */
    private static final Pattern ID =
            Pattern.compile("/subscriptions/[\\p{L}\\p{N}_./()-]{1,1000}", Pattern.CASE_INSENSITIVE);

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private EventSubscriptionJson() {}

    static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    /** Empty for one that cannot be read, or goes on from another than a topic's or the subscription's own. */
    static Optional<EventSubscription> read(JsonNode node, String topic) {
        String id = node.path("id").asText("");
        String name = node.path("name").asText("");
        if (!isId(id) || !NAME.matcher(name).matches()) {
            return Optional.empty();
        }
        JsonNode properties = node.path("properties");
        JsonNode destination = properties.path("destination").isObject()
                ? properties.path("destination")
                : properties.path("deliveryWithResourceIdentity").path("destination");
        String destinationId = destination.path("properties").path("resourceId").asText("");
        return Optional.of(new EventSubscription(
                id,
                name,
                topic,
                OutsideText.word(properties.path("provisioningState").asText("unknown")),
                OutsideText.word(destination.path("endpointType").asText("")),
                isId(destinationId) ? destinationId : OutsideText.word(destinationId),
                OutsideText.word(
                        destination.path("properties").path("queueName").asText("")),
                Stream.of(
                                properties.path("deadLetterDestination"),
                                properties
                                        .path("deadLetterWithResourceIdentity")
                                        .path("deadLetterDestination"))
                        .anyMatch(JsonNode::isObject),
                filter(properties.path("filter"))));
    }

    private static EventFilter filter(JsonNode filter) {
        return new EventFilter(
                texts(filter.path("includedEventTypes")),
                stream(filter.path("advancedFilters"))
                        .map(each -> new AdvancedFilter(
                                each.path("operatorType").asText(""),
                                each.path("key").asText(""),
                                texts(each.path("values"))))
                        .toList(),
                OutsideText.word(filter.path("subjectBeginsWith").asText("")),
                OutsideText.word(filter.path("subjectEndsWith").asText("")));
    }

    private static List<String> texts(JsonNode array) {
        return stream(array).map(JsonNode::asText).toList();
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
