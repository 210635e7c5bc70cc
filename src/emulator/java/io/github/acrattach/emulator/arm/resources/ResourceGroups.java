package io.github.acrattach.emulator.arm.resources;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.arm.ArmError;
import io.github.acrattach.emulator.arm.Call;
import io.github.acrattach.emulator.arm.Page;
import io.github.acrattach.emulator.arm.ResourceEvent;
import io.github.acrattach.emulator.arm.Route;
import io.github.acrattach.emulator.http.Answer;
import io.github.acrattach.emulator.http.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;

/** The resource groups of all subscriptions. */
public final class ResourceGroups {
    private static final String PATH = "/subscriptions/{subscription}/resourceGroups";
    private static final String RIGHT = "Microsoft.Resources/subscriptions/resourceGroups/";

    private final Map<String, ObjectNode> byId = new ConcurrentSkipListMap<>();
    private final Page page;
    private final Consumer<ResourceEvent> events;

    ResourceGroups(Page page, Consumer<ResourceEvent> events) {
        this.page = page;
        this.events = events;
    }

    List<Route> routes() {
        return List.of(
                Route.of("GET", PATH, RIGHT + "read", this::list),
                Route.of("GET", PATH + "/{group}", RIGHT + "read", this::get),
                Route.of("HEAD", PATH + "/{group}", RIGHT + "read", this::head),
                Route.of("PUT", PATH + "/{group}", RIGHT + "write", this::put));
    }

    void clear() {
        byId.clear();
    }

    void add(String subscription, String name, String location) {
        String id = id(subscription, name);
        byId.putIfAbsent(ResourceId.key(id), body(id, name, location));
    }

    void remove(String subscription, String name) {
        byId.remove(ResourceId.key(id(subscription, name)));
    }

    Optional<ObjectNode> find(String subscription, String name) {
        return Optional.ofNullable(byId.get(ResourceId.key(id(subscription, name))));
    }

    ObjectNode existing(String subscription, String name) {
        return find(subscription, name).orElseThrow(() -> ArmError.groupNotFound(name));
    }

    public List<ObjectNode> list() {
        return List.copyOf(byId.values());
    }

    private Answer list(Call call) {
        String prefix = ResourceId.key(id(call.subscription(), ""));
        return page.answer(call, byId.values().stream().filter(group -> ResourceId.key(
                        group.path("id").asText())
                .startsWith(prefix)));
    }

    private Answer get(Call call) {
        return Answer.json(200, existing(call.subscription(), call.variable("group")));
    }

    private Answer head(Call call) {
        return Answer.empty(find(call.subscription(), call.variable("group")).isPresent() ? 204 : 404);
    }

    private Answer put(Call call) {
        ObjectNode asked = call.body();
        String location = Json.text(asked, "location").orElseThrow(ResourceProvider::locationRequired);
        String name = call.variable("group");
        String id = id(call.subscription(), name);
        ObjectNode body = body(id, name, location);
        Optional.ofNullable(asked.get("tags")).ifPresent(tags -> body.set("tags", tags));
        boolean isNew = byId.put(ResourceId.key(id), body) == null;
        events.accept(
                isNew
                        ? ResourceEvent.created(id, RIGHT + "write", Optional.of(call.caller()))
                        : ResourceEvent.changed(id, RIGHT + "write", call));
        return Answer.json(isNew ? 201 : 200, body);
    }

    private static ObjectNode body(String id, String name, String location) {
        return Json.object()
                .put("id", id)
                .put("name", name)
                .put("type", "Microsoft.Resources/resourceGroups")
                .put("location", location)
                .set("properties", Json.object().put("provisioningState", "Succeeded"));
    }

    private static String id(String subscription, String name) {
        return "/subscriptions/" + subscription + "/resourceGroups/" + name;
    }
}
