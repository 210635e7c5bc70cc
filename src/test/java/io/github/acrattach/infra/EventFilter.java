package io.github.acrattach.infra;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The filter of an event subscription, as Event Grid applies it (learn.microsoft.com/azure/event-grid/event-filtering):
 * all of its parts have to hold, each by one of its values, without case; a key that an event does not have does not.
 */
public record EventFilter(JsonNode filter) {

    /** That of the one event subscription which a snapshot makes. */
    public static EventFilter of(Snapshot snapshot) {
        return new EventFilter(snapshot.only("Microsoft.EventGrid/systemTopics/eventSubscriptions")
                .at("/properties/filter"));
    }

    /** Whether an event in either schema is delivered. */
    public boolean delivers(JsonNode event) {
        String type = event.has("eventType")
                ? event.path("eventType").asText()
                : event.path("type").asText();
        return texts(filter.path("includedEventTypes")).anyMatch(type::equalsIgnoreCase)
                && StreamSupport.stream(filter.path("advancedFilters").spliterator(), false)
                        .allMatch(each -> holds(each, event));
    }

    private static boolean holds(JsonNode part, JsonNode event) {
        JsonNode value = event.at("/" + part.path("key").asText().replace('.', '/'));
        String text = value.asText().toLowerCase(Locale.ROOT);
        Stream<String> values = texts(part.path("values")).map(each -> each.toLowerCase(Locale.ROOT));
        return value.isTextual()
                && switch (part.path("operatorType").asText()) {
                    case "StringIn" -> values.anyMatch(text::equals);
                    case "StringContains" -> values.anyMatch(text::contains);
                    default -> throw new IllegalArgumentException("No operator: " + part);
                };
    }

    private static Stream<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText);
    }
}
