package io.github.acrattach.emulator.arm.resources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.arm.ArmError;
import io.github.acrattach.emulator.arm.Call;
import io.github.acrattach.emulator.arm.Page;
import io.github.acrattach.emulator.arm.Route;
import io.github.acrattach.emulator.http.Answer;
import io.github.acrattach.emulator.http.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The scope maps of registries: named sets of actions on repositories, three of which every registry has. */
final class ScopeMaps implements RegistryChildren.Requests {
    private static final Pattern ACTION = Pattern.compile(
            "repositories/.+/(content/(read|write|delete)|metadata/(read|write))|gateway/.+/(config|message)/(read|write)");

    private final RegistryChildren children;
    private final Page page;
    private final RegistryChildren tokens;

    ScopeMaps(RegistryChildren children, RegistryChildren tokens, Page page) {
        this.children = children;
        this.tokens = tokens;
        this.page = page;
    }

    List<Route> routes() {
        return children.routes(this);
    }

    /** The scope map of an id, one of the registry's own included. */
    Optional<ObjectNode> find(ObjectNode registry, String id) {
        return all(registry)
                .filter(body -> body.path("id").asText().equalsIgnoreCase(id))
                .findFirst();
    }

    private Stream<ObjectNode> all(ObjectNode registry) {
        return Stream.concat(SystemScopeMap.of(registry, children), children.of(registry));
    }

    @Override
    public Answer list(Call call) {
        return page.answer(call, all(children.registry(call)));
    }

    @Override
    public Answer get(Call call) {
        ObjectNode registry = children.registry(call);
        return Answer.json(
                200,
                find(registry, children.id(registry, call.variable("name"))).orElseGet(() -> children.existing(call)));
    }

    @Override
    public Answer write(Call call, Optional<ObjectNode> before) {
        String name = call.variable("name");
        checkNotTheRegistrys(call);
        children.checkName(name);
        children.lifecycle().checkLocks(call.request().path(), false);
        JsonNode properties = call.body().path("properties");
        JsonNode actions = properties.has("actions")
                ? properties.get("actions")
                : before.map(body -> body.path("properties").path("actions"))
                        .orElseThrow(() -> ArmError.badRequest(
                                "InvalidRequestContent", "The property 'properties.actions' is required."));
        check(actions);
        synchronized (children.lifecycle()) {
            ObjectNode written = before.map(
                            body -> body.withObject("/properties").deepCopy())
                    .orElseGet(ScopeMaps::fresh);
            Json.text(properties, "description").ifPresent(text -> written.put("description", text));
            written.set("actions", actions);
            ObjectNode body = children.body(
                    children.registry(call),
                    name,
                    written,
                    SystemData.writtenBy(call.caller().objectId(), before));
            return Answer.json(children.keep(call, body, before.isEmpty()), body);
        }
    }

    @Override
    public Answer delete(Call call) {
        checkNotTheRegistrys(call);
        children.lifecycle().checkLocks(call.request().path(), true);
        synchronized (children.lifecycle()) {
            Optional<ObjectNode> body = children.find(call);
            if (body.isEmpty()) {
                return Answer.empty(204);
            }
            String id = body.get().path("id").asText();
            List<String> users = tokens.of(children.registry(call))
                    .filter(token ->
                            token.path("properties").path("scopeMapId").asText().equalsIgnoreCase(id))
                    .map(token -> token.path("name").asText())
                    .toList();
            if (!users.isEmpty()) {
                throw new ArmError(
                        409,
                        "InUse",
                        "The scope map '" + call.variable("name") + "' is in use by the tokens " + users
                                + " and cannot be deleted.");
            }
            return children.remove(call, body.get());
        }
    }

    private void checkNotTheRegistrys(Call call) {
        ObjectNode registry = children.registry(call);
        String id = children.id(registry, call.variable("name"));
        if (SystemScopeMap.of(registry, children)
                .anyMatch(own -> own.path("id").asText().equalsIgnoreCase(id))) {
            throw ArmError.badRequest(
                    "InvalidOperation",
                    "The system defined scope map '" + call.variable("name") + "' cannot be changed or deleted.");
        }
    }

    static ObjectNode fresh() {
        return Json.object()
                .put("type", "UserDefined")
                .put("creationDate", Json.timestamp(Instant.now()))
                .put("provisioningState", "Succeeded");
    }

    private static void check(JsonNode actions) {
        actions.forEach(action -> {
            if (!ACTION.matcher(action.asText()).matches()) {
                throw ArmError.badRequest(
                        "InvalidScopeMapAction", "The action '" + action.asText() + "' of a scope map is invalid.");
            }
        });
    }
}
