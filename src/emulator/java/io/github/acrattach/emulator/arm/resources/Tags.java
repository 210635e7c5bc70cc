package io.github.acrattach.emulator.arm.resources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.arm.ArmError;
import io.github.acrattach.emulator.arm.Call;
import io.github.acrattach.emulator.arm.ResourceEvent;
import io.github.acrattach.emulator.arm.Route;
import io.github.acrattach.emulator.http.Answer;
import io.github.acrattach.emulator.http.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The tags of a resource as a resource of their own, so that one can be allowed to change nothing else. Its events name
 * Microsoft.Resources, not the provider of the tagged resource.
 */
final class Tags {
    private static final String SUFFIX = "/providers/Microsoft.Resources/tags/default";
    private static final String RIGHT = "Microsoft.Resources/tags/";

    private final Lifecycle lifecycle;

    Tags(Lifecycle lifecycle) {
        this.lifecycle = lifecycle;
    }

    List<Route> routes() {
        String path = "{scope*}" + SUFFIX;
        return List.of(
                Route.of("GET", path, RIGHT + "read", this::get),
                Route.of("PUT", path, RIGHT + "write", call -> write(call, "Replace")),
                Route.of("PATCH", path, RIGHT + "write", call -> write(call, operation(call))),
                Route.of("DELETE", path, RIGHT + "delete", this::delete));
    }

    private Answer get(Call call) {
        return Answer.json(200, body(existing(call)));
    }

    private Answer write(Call call, String operation) {
        JsonNode asked = call.body().path("properties").path("tags");
        return Answer.json(200, body(tagged(call, "write", before -> changed(before, operation, asked))));
    }

    /** Takes all of them away; what carried them stays. */
    private Answer delete(Call call) {
        tagged(call, "delete", before -> Json.object());
        return Answer.empty(200);
    }

    private ObjectNode tagged(Call call, String verb, UnaryOperator<ObjectNode> change) {
        lifecycle.checkLocks(call.variable("scope"), false);
        synchronized (lifecycle) {
            ObjectNode resource = existing(call).deepCopy();
            resource.set("tags", change.apply(resource));
            lifecycle.store().put(resource);
            lifecycle.announce(ResourceEvent.changed(resource.path("id").asText() + SUFFIX, RIGHT + verb, call));
            return resource;
        }
    }

    private static ObjectNode changed(ObjectNode resource, String operation, JsonNode asked) {
        ObjectNode before =
                Optional.ofNullable((ObjectNode) resource.get("tags")).orElseGet(Json::object);
        return switch (operation) {
            case "Replace" -> Json.merge(Json.object(), asked);
            case "Merge" -> Json.merge(before, asked);
            case "Delete" ->
                before.deepCopy()
                        .without(asked.properties().stream()
                                .map(Map.Entry::getKey)
                                .toList());
            default ->
                throw ArmError.badRequest(
                        "InvalidRequestContent",
                        "The operation '" + operation + "' is invalid. It must be Merge, Replace or Delete.");
        };
    }

    private ObjectNode existing(Call call) {
        String id = call.variable("scope");
        return lifecycle.store().get(id).orElseThrow(() -> ResourceId.parse(id)
                .map(parsed -> ArmError.resourceNotFound(parsed.type() + "/" + parsed.name(), parsed.group()))
                .orElseGet(() -> ArmError.notFound(
                        "InvalidScope", "The emulator keeps tags of resources only, not of '" + id + "'.")));
    }

    private static String operation(Call call) {
        return Json.text(call.body(), "operation").orElse("");
    }

    private static ObjectNode body(ObjectNode resource) {
        JsonNode tags = Optional.ofNullable(resource.get("tags")).orElseGet(Json::object);
        return Json.object()
                .put("id", resource.path("id").asText() + SUFFIX)
                .put("name", "default")
                .put("type", "Microsoft.Resources/tags")
                .set("properties", Json.object().set("tags", tags));
    }
}
