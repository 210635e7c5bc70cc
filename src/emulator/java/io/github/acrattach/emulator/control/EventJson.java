package io.github.acrattach.emulator.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.eventgrid.Attempt;
import io.github.acrattach.emulator.eventgrid.Delivery;
import io.github.acrattach.emulator.eventgrid.Event;
import io.github.acrattach.emulator.eventgrid.EventGrid;
import io.github.acrattach.emulator.http.Json;
import java.util.List;

/** Events and what became of them, as JSON. */
final class EventJson {
    private EventJson() {}

    /** One event or an array of them, in either schema. */
    static List<Event> read(byte[] body) {
        return Json.parse(body)
                .filter(json -> json.isObject() || json.isArray())
                .map(json ->
                        json.isArray() ? new Fields(Json.object().set("events", json)).list("events") : List.of(json))
                .orElseThrow(() -> new BadInput("body", "must be an event or an array of events"))
                .stream()
                .map(json -> {
                    if (!(json instanceof ObjectNode event)) {
                        throw new BadInput("body", "each event must be a JSON object");
                    }
                    return Event.of(event);
                })
                .toList();
    }

    static ObjectNode write(EventGrid grid) {
        ObjectNode json = Json.object();
        json.set("subscriptions", Json.array(grid.subscriptions().stream().map(SubscriptionJson::write)));
        json.set("deliveries", Json.array(grid.deliveries().stream().map(EventJson::delivery)));
        json.set("deadLetters", Json.array(grid.deadLetters().stream()));
        return json;
    }

    private static ObjectNode delivery(Delivery delivery) {
        return Json.object()
                .put("event", delivery.event().id())
                .put("type", delivery.event().type())
                .put("subject", delivery.event().subject())
                .put("subscription", delivery.subscription().name())
                .put("state", delivery.state().name())
                .set("attempts", Json.array(delivery.attempts().stream().map(EventJson::attempt)));
    }

    private static ObjectNode attempt(Attempt attempt) {
        return Json.object()
                .put("start", attempt.start().toString())
                .put("end", attempt.end().toString())
                .put("status", attempt.outcome().status())
                .put("detail", attempt.outcome().detail());
    }
}
