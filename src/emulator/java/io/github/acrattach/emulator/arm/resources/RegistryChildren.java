package io.github.acrattach.emulator.arm.resources;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.arm.ArmError;
import io.github.acrattach.emulator.arm.Call;
import io.github.acrattach.emulator.arm.ResourceEvent;
import io.github.acrattach.emulator.arm.Route;
import io.github.acrattach.emulator.http.Answer;
import io.github.acrattach.emulator.http.Json;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What scope maps and tokens have in common: they live in a registry, and go with it. */
record RegistryChildren(String type, Lifecycle lifecycle) {
    static final String REGISTRY = "/subscriptions/{subscription}/resourceGroups/{group}/providers/"
            + "Microsoft.ContainerRegistry/registries/{registry}";
    private static final String REGISTRIES = "Microsoft.ContainerRegistry/registries";
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9-_]{5,50}");

    /** What is asked of children of one type. */
    interface Requests {
        Answer list(Call call);

        Answer get(Call call);

        /** Makes it, where there was none before, or changes it. */
        Answer write(Call call, Optional<ObjectNode> before);

        Answer delete(Call call);
    }

    List<Route> routes(Requests requests) {
        String collection = REGISTRY + "/" + type;
        String item = collection + "/{name}";
        return List.of(
                Route.of("GET", collection, right("read"), requests::list),
                Route.of("GET", item, right("read"), requests::get),
                Route.of("PUT", item, right("write"), call -> requests.write(call, find(call))),
                Route.of("PATCH", item, right("write"), call -> requests.write(call, Optional.of(existing(call)))),
                Route.of("DELETE", item, right("delete"), requests::delete),
                Route.of(
                        "GET", item + "/operationStatuses/{operation}", right("operationStatuses/read"), this::status));
    }

    /** To follow what was begun takes a right of its own; here, it is over at once. */
    private Answer status(Call call) {
        existing(call);
        return Answer.json(200, Json.object().put("status", "Succeeded"));
    }

    private String right(String verb) {
        return REGISTRIES + "/" + type + "/" + verb;
    }

    /** The registry that a call is about. */
    ObjectNode registry(Call call) {
        lifecycle.groups().existing(call.subscription(), call.variable("group"));
        return lifecycle
                .store()
                .get("/subscriptions/" + call.subscription() + "/resourceGroups/" + call.variable("group")
                        + "/providers/" + REGISTRIES + "/" + call.variable("registry"))
                .filter(body -> REGISTRIES.equalsIgnoreCase(body.path("type").asText()))
                .orElseThrow(() -> ArmError.resourceNotFound(
                        REGISTRIES + "/" + call.variable("registry"), call.variable("group")));
    }

    void checkName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw ArmError.badRequest(
                    "InvalidResourceName",
                    "The name '" + name + "' of a resource of type " + REGISTRIES + "/" + type
                            + " may contain only alphanumerics, '-' and '_' and must have 5 to 50 characters.");
        }
    }

    Optional<ObjectNode> find(Call call) {
        return lifecycle.children().get(id(registry(call), call.variable("name")));
    }

    ObjectNode existing(Call call) {
        return find(call)
                .orElseThrow(() -> ArmError.resourceNotFound(
                        REGISTRIES + "/" + call.variable("registry") + "/" + type + "/" + call.variable("name"),
                        call.variable("group")));
    }

    Stream<ObjectNode> of(ObjectNode registry) {
        return lifecycle.children().below(registry.path("id").asText() + "/" + type);
    }

    String id(ObjectNode registry, String name) {
        return registry.path("id").asText() + "/" + type + "/" + name;
    }

    ObjectNode body(ObjectNode registry, String name, ObjectNode properties) {
        return Json.object()
                .put("id", id(registry, name))
                .put("name", name)
                .put("type", REGISTRIES + "/" + type)
                .set("properties", properties);
    }

    ObjectNode body(ObjectNode registry, String name, ObjectNode properties, ObjectNode systemData) {
        return body(registry, name, properties).set("systemData", systemData);
    }

    /** One that somebody else made; empty when the id is none of a child of this type of an existing registry. */
    Optional<ObjectNode> plant(String id, ObjectNode properties, String createdBy) {
        int end = id.lastIndexOf('/');
        int registryEnd = id.lastIndexOf("/" + type + "/", end);
        return Optional.of(registryEnd)
                .filter(at -> at >= 0 && at + type.length() + 1 == end)
                .flatMap(at -> lifecycle.store().get(id.substring(0, at)))
                .map(registry -> body(
                        registry, id.substring(end + 1), properties, SystemData.writtenBy(createdBy, Optional.empty())))
                .map(body -> {
                    lifecycle.children().put(body);
                    return body;
                });
    }

    /** The same under its registry's new id. */
    ObjectNode move(ObjectNode body, ObjectNode registry, String to) {
        String before = body.path("id").asText();
        ObjectNode moved = body.deepCopy().put("id", moved(before, registry, to));
        lifecycle.children().remove(before);
        lifecycle.children().put(moved);
        return moved;
    }

    /** The id of what belongs to a registry, under the registry's new id. */
    String moved(String id, ObjectNode registry, String to) {
        return to + id.substring(registry.path("id").asText().length());
    }

    /** New ones are announced without the call that made them, as every resource is; returns the status to answer. */
    int keep(Call call, ObjectNode body, boolean isNew) {
        lifecycle.children().put(body);
        String id = body.path("id").asText();
        lifecycle.announce(
                isNew
                        ? ResourceEvent.created(id, right("write"), Optional.of(call.caller()))
                        : ResourceEvent.changed(id, right("write"), call));
        return isNew ? 201 : 200;
    }

    Answer remove(Call call, ObjectNode body) {
        String id = body.path("id").asText();
        lifecycle.children().remove(id);
        lifecycle.announce(ResourceEvent.changed(id, right("delete"), call));
        return Answer.empty(200);
    }
}
