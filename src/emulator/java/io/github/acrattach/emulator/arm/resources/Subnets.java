package io.github.acrattach.emulator.arm.resources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.arm.ArmError;
import io.github.acrattach.emulator.arm.Call;
import io.github.acrattach.emulator.arm.Route;
import io.github.acrattach.emulator.http.Answer;
import io.github.acrattach.emulator.http.Json;
import java.util.stream.StreamSupport;

/** The subnets that a virtual network's JSON lists, each by itself: learn.microsoft.com/rest/api/virtualnetwork/subnets. */
record Subnets(ResourceStore store, ResourceGroups groups) {
    private static final String TYPE = "Microsoft.Network/virtualNetworks";

    Route route() {
        return Route.of(
                "GET",
                "/subscriptions/{subscription}/resourceGroups/{group}/providers/" + TYPE + "/{network}/subnets/{name}",
                TYPE + "/subnets/read",
                this::get);
    }

    private Answer get(Call call) {
        groups.existing(call.subscription(), call.variable("group"));
        String network = "/subscriptions/" + call.subscription() + "/resourceGroups/" + call.variable("group")
                + "/providers/" + TYPE + "/" + call.variable("network");
        JsonNode listed = store.get(network)
                .map(body -> body.path("properties").path("subnets"))
                .orElseThrow(
                        () -> ArmError.resourceNotFound(TYPE + "/" + call.variable("network"), call.variable("group")));
        return StreamSupport.stream(listed.spliterator(), false)
                .filter(each -> each.path("name").asText().equalsIgnoreCase(call.variable("name")))
                .findFirst()
                .map(each -> Answer.json(
                        200,
                        Json.merge(
                                (ObjectNode) each,
                                Json.object()
                                        .put("id", network + "/subnets/" + call.variable("name"))
                                        .put("type", TYPE + "/subnets"))))
                .orElseThrow(() -> ArmError.notFound(
                        "NotFound", "Resource " + call.request().path() + " not found."));
    }
}
