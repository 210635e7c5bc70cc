package io.github.acrattach.emulator.arm.resources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.arm.ArmError;
import io.github.acrattach.emulator.arm.Call;
import io.github.acrattach.emulator.arm.Page;
import io.github.acrattach.emulator.arm.ResourceEvent;
import io.github.acrattach.emulator.arm.Route;
import io.github.acrattach.emulator.http.Answer;
import io.github.acrattach.emulator.http.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Create, read, update, delete and list over HTTP, for one type of resource. */
final class ResourceProvider {
    private static final List<String> READ_ONLY = List.of(
            "provisioningState",
            "powerState",
            "identityProfile",
            "loginServer",
            "creationDate",
            "fqdn",
            "privateFQDN",
            "azurePortalFQDN");

    private final ResourceType type;
    private final Lifecycle lifecycle;
    private final Page page;

    ResourceProvider(ResourceType type, Lifecycle lifecycle, Page page) {
        this.type = type;
        this.lifecycle = lifecycle;
        this.page = page;
    }

    List<Route> routes() {
        String subscription = "/subscriptions/{subscription}";
        String group = subscription + "/resourceGroups/{group}";
        String collection = "/providers/" + type.path();
        String item = group + collection + "/{name}";
        return List.of(
                Route.of("GET", subscription + collection, type.path() + "/read", this::listOfSubscription),
                Route.of("GET", group + collection, type.path() + "/read", this::listOfGroup),
                Route.of("GET", item, type.path() + "/read", this::get),
                Route.of("PUT", item, type.path() + "/write", this::put),
                Route.of("PATCH", item, type.path() + "/write", this::patch),
                Route.of("DELETE", item, type.path() + "/delete", this::delete));
    }

    static ArmError locationRequired() {
        return ArmError.badRequest("LocationRequired", "The location property is required for this definition.");
    }

    private Answer listOfSubscription(Call call) {
        return list(call, "/subscriptions/" + call.subscription());
    }

    private Answer listOfGroup(Call call) {
        lifecycle.groups().existing(call.subscription(), call.variable("group"));
        return list(call, "/subscriptions/" + call.subscription() + "/resourceGroups/" + call.variable("group"));
    }

    private Answer list(Call call, String below) {
        return page.answer(
                call,
                lifecycle
                        .store()
                        .below(below)
                        .filter(body ->
                                type.path().equalsIgnoreCase(body.path("type").asText()))
                        .map(type::shown));
    }

    private Answer get(Call call) {
        return Answer.json(200, type.shown(existing(call)));
    }

    private Answer put(Call call) {
        ObjectNode group = lifecycle.groups().existing(call.subscription(), call.variable("group"));
        lifecycle.checkLocks(call.request().path(), false);
        ObjectNode asked = call.body();
        String location = Json.text(asked, "location").orElseThrow(ResourceProvider::locationRequired);
        synchronized (lifecycle) {
            Optional<ObjectNode> before = lifecycle.store().get(call.request().path());
            return before.isPresent()
                    ? update(call, before.get(), asked, location)
                    : create(call, group.path("name").asText(), asked);
        }
    }

    private Answer create(Call call, String group, ObjectNode asked) {
        String name = call.variable("name");
        type.check(name, asked);
        ResourceId id = new ResourceId(call.subscription(), group, type.path(), name);
        ResourceType.Made made = type.make(id, asked);
        ObjectNode finished = Json.object()
                .put(
                        "id",
                        "/subscriptions/" + id.subscription() + "/" + type.groupSegment() + "/" + group + "/providers/"
                                + type.path() + "/" + name)
                .put("name", name)
                .put("type", type.answeredType())
                .setAll(made.body());
        made.identities().forEach(lifecycle.directory()::add);
        ResourceEvent event =
                ResourceEvent.created(finished.path("id").asText(), type.path() + "/write", Optional.of(call.caller()));
        Duration lasts = type.creation();
        if (lasts.isZero()) {
            lifecycle.finish(finished, event);
            return Answer.json(201, type.shown(finished));
        }
        ObjectNode unfinished = type.unfinished(finished);
        lifecycle.begin(unfinished, finished, lasts, event);
        String location = finished.path("location").asText();
        return lifecycle
                .operations()
                .begun(
                        Answer.json(201, type.shown(unfinished)),
                        call,
                        location,
                        Instant.now().plus(lasts));
    }

    private Answer update(Call call, ObjectNode before, ObjectNode asked, String location) {
        String lives = before.path("location").asText();
        if (!lives.equalsIgnoreCase(location)) {
            throw new ArmError(
                    409,
                    "InvalidResourceLocation",
                    "The resource '" + call.variable("name") + "' already exists in location '" + lives
                            + "' in resource group '" + call.variable("group")
                            + "'. A resource with the same name cannot be created in location '" + location
                            + "'. Please select a new resource name.");
        }
        return write(call, before, asked);
    }

    private Answer patch(Call call) {
        lifecycle.checkLocks(call.request().path(), false);
        synchronized (lifecycle) {
            return write(call, existing(call), call.body());
        }
    }

    /** Read-only fields keep their values, tags are replaced as a whole. */
    private Answer write(Call call, ObjectNode before, ObjectNode asked) {
        ObjectNode writable = asked.deepCopy().without(List.of("id", "name", "type", "location", "etag", "systemData"));
        JsonNode properties = writable.get("properties");
        if (properties instanceof ObjectNode object) {
            object.remove(READ_ONLY);
        }
        ObjectNode after = Json.merge(before.deepCopy().without("tags"), writable);
        if (!asked.has("tags") && before.has("tags")) {
            after.set("tags", before.get("tags"));
        }
        lifecycle.store().put(after);
        lifecycle.announce(ResourceEvent.changed(after.path("id").asText(), type.path() + "/write", call));
        return Answer.json(200, type.shown(after));
    }

    private Answer delete(Call call) {
        lifecycle.checkLocks(call.request().path(), true);
        synchronized (lifecycle) {
            Optional<ObjectNode> gone = lifecycle.store().remove(call.request().path());
            if (gone.isEmpty()) {
                return Answer.empty(204);
            }
            String id = gone.get().path("id").asText();
            lifecycle.removed(gone.get(), ResourceEvent.changed(id, type.path() + "/delete", call));
            return type.creation().isZero()
                    ? Answer.empty(200)
                    : lifecycle
                            .operations()
                            .begun(
                                    Answer.empty(202),
                                    call,
                                    gone.get().path("location").asText(),
                                    Instant.now());
        }
    }

    private ObjectNode existing(Call call) {
        lifecycle.groups().existing(call.subscription(), call.variable("group"));
        return lifecycle
                .store()
                .get(call.request().path())
                .orElseThrow(() ->
                        ArmError.resourceNotFound(type.path() + "/" + call.variable("name"), call.variable("group")));
    }
}
