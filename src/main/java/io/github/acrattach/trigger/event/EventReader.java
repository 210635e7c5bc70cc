package io.github.acrattach.trigger.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.Change;
import io.github.acrattach.domain.OutsideText;
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

    private static final String WRITTEN = "Microsoft.Resources.ResourceWriteSuccess";
    private static final String DELETED = "Microsoft.Resources.ResourceDeleteSuccess";

    /** The host quotes a string once more than it came. */
    private static final int MOST_QUOTES = 3;

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private static final ObjectMapper JSON = new ObjectMapper();

    private EventReader() {}

    /** The events in what the host hands over: an event, an array of them, or either as (doubly) quoted text. */
    static List<ResourceEvent> read(JsonNode handedOver) {
        JsonNode events;
        try {
            events = unquoted(handedOver);
        } catch (JsonProcessingException e) {
            return irrelevant("The event is text that is not JSON.");
        }
        if (!events.isArray()) {
            return List.of(event(events));
        }
        return events.isEmpty()
                ? irrelevant("The batch of events is empty.")
                : StreamSupport.stream(events.spliterator(), false)
                        .map(EventReader::event)
                        .toList();
    }

    private static JsonNode unquoted(JsonNode node) throws JsonProcessingException {
        JsonNode inner = node;
        for (int quotes = 0; inner.isTextual() && quotes < MOST_QUOTES; quotes++) {
            inner = JSON.readTree(inner.asText().replace(BYTE_ORDER_MARK, ""));
        }
        return inner;
    }

    private static ResourceEvent event(JsonNode item) {
        JsonNode event = readable(item);
        // Older events carry their data as JSON text; data that cannot be read does not matter.
        JsonNode data = readable(event.path("data"));
        return new ResourceEvent(
                OutsideText.word(event.path("id").asText("")),
                OutsideText.word(data.path("correlationId").asText("")),
                change(event, data.path("operationName").asText("")));
    }

    private static JsonNode readable(JsonNode node) {
        try {
            return unquoted(node);
        } catch (JsonProcessingException notJson) {
            return MissingNode.getInstance();
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
        boolean written = type.asText().equalsIgnoreCase(WRITTEN);
        if (!written && !type.asText().equalsIgnoreCase(DELETED)) {
            return new Change.Irrelevant(
                    "Events of the type " + OutsideText.word(type.asText()) + " are not reacted to.");
        }
        if (!event.path("subject").isTextual()) {
            return new Change.Irrelevant("The event has no subject.");
        }
        try {
            return change(ArmId.parse(event.path("subject").asText()), written, operation);
        } catch (IllegalArgumentException e) {
            return new Change.Irrelevant("The event's subject is no resource id: " + e.getMessage());
        }
    }

    private static Change change(ArmId resource, boolean written, String operation) {
        boolean cluster = resource.isA(ArmId.CLUSTER);
        if (!cluster && !resource.isA(ArmId.REGISTRY)) {
            return new Change.Irrelevant("Resources of the type " + resource.type() + " are not reacted to.");
        }
        // An operation on a child or on the tags can carry the id of the resource itself as its subject.
        String own = resource.type() + (written ? "/write" : "/delete");
        if (!operation.isEmpty() && !operation.equalsIgnoreCase(own)) {
            return new Change.Irrelevant("The operation " + OutsideText.word(operation) + " is not reacted to.");
        }
        if (!written) {
            return new Change.Deleted(resource);
        }
        return cluster ? new Change.ClusterWritten(resource) : new Change.RegistryWritten(resource);
    }

    private static List<ResourceEvent> irrelevant(String reason) {
        return List.of(new ResourceEvent("", "", new Change.Irrelevant(reason)));
    }
}
