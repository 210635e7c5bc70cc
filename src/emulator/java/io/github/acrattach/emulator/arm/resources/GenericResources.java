package io.github.acrattach.emulator.arm.resources;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.arm.Call;
import io.github.acrattach.emulator.arm.Page;
import io.github.acrattach.emulator.arm.Route;
import io.github.acrattach.emulator.arm.authorization.ODataFilter;
import io.github.acrattach.emulator.http.Answer;
import io.github.acrattach.emulator.http.Json;
import java.util.List;
import java.util.stream.Stream;

/** The list of all resources, whatever their provider, without their properties. */
final class GenericResources {
    private static final String READ = "Microsoft.Resources/subscriptions/resources/read";

    private final ResourceStore store;
    private final ResourceGroups groups;
    private final Page page;

    GenericResources(ResourceStore store, ResourceGroups groups, Page page) {
        this.store = store;
        this.groups = groups;
        this.page = page;
    }

    List<Route> routes() {
        String subscription = "/subscriptions/{subscription}";
        return List.of(
                Route.of("GET", subscription + "/resources", READ, call -> list(call, "")),
                Route.of("GET", subscription + "/resourceGroups/{group}/resources", READ, this::listOfGroup));
    }

    private Answer listOfGroup(Call call) {
        groups.existing(call.subscription(), call.variable("group"));
        return list(call, "/resourceGroups/" + call.variable("group"));
    }

    private Answer list(Call call, String below) {
        ODataFilter filter = ODataFilter.of(call, "resourceType", "name", "resourceGroup", "location");
        return page.answer(
                call,
                store.below("/subscriptions/" + call.subscription() + below)
                        .filter(body ->
                                filter.accepts("resourceType", body.path("type").asText()))
                        .filter(body -> filter.accepts("name", body.path("name").asText()))
                        .filter(body ->
                                filter.accepts("location", body.path("location").asText()))
                        .filter(body -> filter.accepts("resourceGroup", group(body)))
                        .map(GenericResources::summary));
    }

    private static String group(ObjectNode body) {
        return ResourceId.parse(body.path("id").asText()).map(ResourceId::group).orElse("");
    }

    private static ObjectNode summary(ObjectNode body) {
        ObjectNode summary = Json.object();
        Stream.of("id", "name", "type", "sku", "location", "tags", "identity")
                .filter(body::has)
                .forEach(field -> summary.set(field, body.get(field)));
        return summary;
    }
}
