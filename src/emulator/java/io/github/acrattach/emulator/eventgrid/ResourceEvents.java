package io.github.acrattach.emulator.eventgrid;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.arm.ResourceEvent;
import io.github.acrattach.emulator.entra.Caller;
import io.github.acrattach.emulator.http.Json;
import java.time.Instant;
import java.util.UUID;

/**
 * Writes down what a resource provider did, as the system topic of a subscription publishes it:
 * learn.microsoft.com/azure/event-grid/event-schema-subscriptions.
 */
public final class ResourceEvents {
    private static final String CLAIMS = "http://schemas.microsoft.com/identity/claims/";

    private final String tenantId;

    public ResourceEvents(String tenantId) {
        this.tenantId = tenantId;
    }

    public Event event(ResourceEvent happened) {
        String subscription = happened.resourceId().split("/")[2];
        String type = "Microsoft.Resources.Resource" + happened.kind() + "Success";
        ObjectNode body = Json.object()
                .put("subject", happened.resourceId())
                .put("eventType", type)
                .put("eventTime", Json.timestamp(Instant.now()))
                .put("id", UUID.randomUUID().toString());
        body.set("data", data(happened, subscription));
        body.put("dataVersion", "2").put("metadataVersion", "1").put("topic", "/subscriptions/" + subscription);
        return new Event(body, EventSchema.EventGridSchema);
    }

    private ObjectNode data(ResourceEvent happened, String subscription) {
        ObjectNode data = Json.object();
        data.set("authorization", authorization(happened));
        data.set("claims", happened.caller().map(this::claims).orElseGet(Json::object));
        data.put("correlationId", UUID.randomUUID().toString());
        happened.request().ifPresent(request -> data.set("httpRequest", httpRequest(request)));
        return data.put("resourceProvider", happened.operation().split("/")[0])
                .put("resourceUri", happened.resourceId())
                .put("operationName", happened.operation())
                .put("status", "Succeeded")
                .put("subscriptionId", subscription)
                .put("tenantId", tenantId);
    }

    private static ObjectNode authorization(ResourceEvent happened) {
        ObjectNode evidence = Json.object();
        happened.caller().ifPresent(caller -> evidence.put(
                        "principalId", caller.objectId().replace("-", ""))
                .put("principalType", "ServicePrincipal"));
        return Json.object()
                .put("scope", happened.resourceId())
                .put("action", happened.operation())
                .set("evidence", evidence);
    }

    private ObjectNode claims(Caller caller) {
        return Json.object()
                .put("aud", "https://management.azure.com/")
                .put("appid", caller.appId())
                .put("appidacr", "1")
                .put(CLAIMS + "objectidentifier", caller.objectId())
                .put(CLAIMS + "tenantid", tenantId)
                .put("ver", "1.0");
    }

    private static ObjectNode httpRequest(ResourceEvent.HttpRequest request) {
        return Json.object()
                .put("clientRequestId", UUID.randomUUID().toString())
                .put("clientIpAddress", "127.0.0.1")
                .put("method", request.method())
                .put("url", request.url());
    }
}
