package io.github.acrattach.trigger.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.acrattach.domain.Change;
import io.github.acrattach.domain.OutsideText;
import io.github.acrattach.trigger.OutsideJson;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * Reads events in the Event Grid schema and in CloudEvents 1.0. Whatever cannot be read is an irrelevant change with a
 * reason, never a failure: Event Grid would only send it again.
 *
 * <p>The subject alone is relied on: {@code data} can be absent (Azure's schema for resource events; CloudEvents 1.0,
 * section 2.4), and all of it is a hint from outside.
 */
final class EventReader {

    /** The host quotes a string once more than it came. */
    private static final int MOST_QUOTES = 3;

    /** learn.microsoft.com/azure/event-grid/quotas-limits; a delivery has at most 1 MB besides. */
    private static final int MOST_EVENTS = 5_000;

    private EventReader() {}

    /** The events in what the host hands over: an event, an array of them, or either as (doubly) quoted text. */
    static List<ResourceEvent> read(JsonNode handedOver) {
        try {
            JsonNode events = unquoted(handedOver);
            if (!events.isArray()) {
                return List.of(event(events));
            }
            if (events.isEmpty()) {
                return List.of(ResourceEvent.unreadable("The batch of events is empty."));
            }
            return events.size() > MOST_EVENTS
                    ? List.of(ResourceEvent.unreadable("The batch has " + events.size()
                            + " events; Event Grid sends at most " + MOST_EVENTS + ", so none of them is handled."))
                    : StreamSupport.stream(events.spliterator(), false)
                            .map(EventReader::item)
                            .toList();
        } catch (OutsideJson.Unreadable e) {
            return List.of(unreadable(e));
        }
    }

    /** Whether it is an object with such a field, in letters of any case: nobody promises that its reader tells those apart. */
    static boolean hasField(JsonNode handedOver, String name) {
        try {
            JsonNode event = unquoted(handedOver);
            return StreamSupport.stream(((Iterable<String>) event::fieldNames).spliterator(), false)
                    .anyMatch(name::equalsIgnoreCase);
        } catch (OutsideJson.Unreadable e) {
            return false;
        }
    }

    private static JsonNode unquoted(JsonNode node) throws OutsideJson.Unreadable {
        JsonNode inner = node;
        for (int quotes = 0; inner.isTextual() && quotes < MOST_QUOTES; quotes++) {
            inner = OutsideJson.parse(inner.asText());
        }
        return inner;
    }

    private static ResourceEvent item(JsonNode item) {
        try {
            return event(unquoted(item));
        } catch (OutsideJson.Unreadable e) {
            return unreadable(e);
        }
    }

    private static ResourceEvent unreadable(OutsideJson.Unreadable thrown) {
        return ResourceEvent.unreadable("The event is text that " + thrown.reason());
    }

    private static ResourceEvent event(JsonNode event) throws OutsideJson.Unreadable {
        JsonNode data = data(event.path("data"));
        return new ResourceEvent(
                OutsideText.word(event.path("id").asText("")),
                OutsideText.word(data.path("correlationId").asText("")),
                change(event, data.path("operationName").asText("")));
    }

    /** Older events carry it as JSON text. That it is some other text does not matter. */
    private static JsonNode data(JsonNode data) throws OutsideJson.Unreadable {
        try {
            return unquoted(data);
        } catch (OutsideJson.Unreadable e) {
            if (e.cause() == OutsideJson.Unreadable.Cause.NOT_JSON) {
                return MissingNode.getInstance();
            }
            throw e;
        }
    }

    private static Change change(JsonNode event, String operation) {
        if (!event.isObject()) {
            return new Change.Irrelevant("The event is not a JSON object.");
        }
        JsonNode type = event.hasNonNull("eventType") ? event.path("eventType") : event.path("type");
        if (!type.isTextual()) {
            return new Change.Irrelevant("The event has no eventType (Event Grid) and no type (CloudEvents).");
        }
        if (!Reaction.isTo(type.asText())) {
            return new Change.Irrelevant(
                    "Events of the type " + OutsideText.word(type.asText()) + " are not reacted to.");
        }
        if (!event.path("subject").isTextual()) {
            return new Change.Irrelevant("The event has no subject.");
        }
        try {
            return change(type.asText(), Subject.parse(event.path("subject").asText()), operation);
        } catch (IllegalArgumentException e) {
            return new Change.Irrelevant("The event's subject is no resource id: " + e.getMessage());
        }
    }

    private static Change change(String type, Subject subject, String operation) {
        if (!subject.isClusterOrRegistry()) {
            return new Change.Irrelevant(
                    "Resources of the type " + subject.resource().type() + " are not reacted to.");
        }
        // An operation on a child or an action can carry the id of the resource itself as its subject.
        return Reaction.to(type, subject, operation)
                .map(reaction -> reaction.change(subject.resource()))
                .orElseGet(() -> new Change.Irrelevant(
                        operation.isEmpty()
                                ? "The event names no operation, so that it cannot be told what was done."
                                : "The operation " + OutsideText.word(operation) + " is not reacted to."));
    }
}
