package io.github.acrattach.emulator.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.eventgrid.AdvancedFilter;
import io.github.acrattach.emulator.eventgrid.Destination;
import io.github.acrattach.emulator.eventgrid.EventFilter;
import io.github.acrattach.emulator.eventgrid.EventSchema;
import io.github.acrattach.emulator.eventgrid.EventSubscription;
import io.github.acrattach.emulator.eventgrid.FunctionDestination;
import io.github.acrattach.emulator.eventgrid.QueueDestination;
import io.github.acrattach.emulator.eventgrid.Webhook;
import io.github.acrattach.emulator.host.FunctionApp;
import io.github.acrattach.emulator.host.FunctionAppRefused;
import io.github.acrattach.emulator.host.FunctionsHost;
import io.github.acrattach.emulator.http.Json;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;

/** Event subscriptions as JSON, with Azure's names for what Azure has. */
final class SubscriptionJson {
    private SubscriptionJson() {}

    static EventSubscription read(Fields fields) {
        fields.allow(Set.of(
                "name",
                "webhook",
                "handler",
                "eventDeliverySchema",
                "topic",
                "includedEventTypes",
                "advancedFilters",
                "subjectBeginsWith",
                "subjectEndsWith",
                "maxDeliveryAttempts"));
        String schema = fields.text("eventDeliverySchema").orElse(EventSchema.EventGridSchema.name());
        EventFilter filter = new EventFilter(
                fields.text("topic").orElse(""),
                fields.texts("includedEventTypes"),
                fields.list("advancedFilters").stream()
                        .map(SubscriptionJson::advancedFilter)
                        .toList(),
                fields.text("subjectBeginsWith").orElse(""),
                fields.text("subjectEndsWith").orElse(""));
        return EventSubscription.to(fields.required("name"), destination(fields))
                .in(EventSchema.named(schema)
                        .orElseThrow(() -> new BadInput(
                                "eventDeliverySchema",
                                "must be EventGridSchema or CloudEventSchemaV1_0, not " + schema)))
                .only(filter)
                .triedAtMost(fields.number("maxDeliveryAttempts", 1, 30).orElse(30));
    }

    static ObjectNode write(EventSubscription subscription) {
        EventFilter filter = subscription.filter();
        return Json.object()
                .put("name", subscription.name())
                .put("destination", place(subscription.destination()))
                .put("eventDeliverySchema", subscription.schema().name())
                .<ObjectNode>set("includedEventTypes", Json.texts(filter.includedEventTypes().stream()))
                .put("maxDeliveryAttempts", subscription.maxDeliveryAttempts());
    }

    private static String place(Destination destination) {
        if (destination instanceof FunctionDestination function) {
            return function.host().handler() + "/" + function.function();
        }
        return destination instanceof QueueDestination queue
                ? queue.queue()
                : ((Webhook) destination).uri().toString();
    }

    private static Destination destination(Fields fields) {
        if (fields.has("webhook") == fields.has("handler")) {
            throw new BadInput("webhook", "either this or handler is required");
        }
        return fields.object("handler")
                .map(json -> function(new Fields(json)))
                .orElseGet(() -> new Webhook(uri("webhook", fields.required("webhook"))));
    }

    private static Destination function(Fields fields) {
        fields.allow(Set.of("url", "app", "functions", "function"));
        try {
            FunctionApp app = FunctionApp.read(
                    Path.of(fields.required("app"), "host.json"),
                    Path.of(fields.text("functions").orElseGet(() -> fields.required("app"))));
            URI url = uri("handler.url", fields.required("url"));
            return new FunctionDestination(FunctionsHost.at(app, url), fields.required("function"));
        } catch (FunctionAppRefused refused) {
            throw new BadInput("handler.app", refused.getMessage());
        }
    }

    private static URI uri(String field, String text) {
        try {
            URI uri = URI.create(text);
            if (uri.getHost() != null && Set.of("http", "https").contains(uri.getScheme())) {
                return uri;
            }
        } catch (IllegalArgumentException malformed) {
            throw new BadInput(field, "must be a URL: " + malformed.getMessage());
        }
        throw new BadInput(field, "must be an http or https URL, not " + text);
    }

    private static AdvancedFilter advancedFilter(JsonNode json) {
        Fields fields = new Fields(json).allow(Set.of("operatorType", "key", "values"));
        String operator = fields.required("operatorType");
        return new AdvancedFilter(
                fields.required("key"),
                Arrays.stream(AdvancedFilter.Operator.values())
                        .filter(each -> each.name().equals(operator))
                        .findFirst()
                        .orElseThrow(() -> new BadInput(
                                "advancedFilters.operatorType",
                                "must be one of " + Arrays.toString(AdvancedFilter.Operator.values()))),
                fields.texts("values"));
    }
}
