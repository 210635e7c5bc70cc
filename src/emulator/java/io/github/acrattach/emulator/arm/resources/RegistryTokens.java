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
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The tokens of registries: names with passwords, each allowed what its scope map says. */
final class RegistryTokens implements RegistryChildren.Requests {
    private static final Set<String> STATES = Set.of("enabled", "disabled");

    private final RegistryChildren children;
    private final ScopeMaps scopeMaps;
    private final TokenPasswords passwords;
    private final Page page;

    RegistryTokens(RegistryChildren children, ScopeMaps scopeMaps, TokenPasswords passwords, Page page) {
        this.children = children;
        this.scopeMaps = scopeMaps;
        this.passwords = passwords;
        this.page = page;
    }

    List<Route> routes() {
        return children.routes(this);
    }

    @Override
    public Answer list(Call call) {
        return page.answer(call, children.of(children.registry(call)).map(this::shown));
    }

    @Override
    public Answer get(Call call) {
        return Answer.json(200, shown(children.existing(call)));
    }

    @Override
    public Answer write(Call call, Optional<ObjectNode> before) {
        ObjectNode registry = children.registry(call);
        String name = call.variable("name");
        children.checkName(name);
        children.lifecycle().checkLocks(call.request().path(), false);
        JsonNode properties = call.body().path("properties");
        synchronized (children.lifecycle()) {
            ObjectNode written = before.map(
                            body -> body.withObject("/properties").deepCopy())
                    .orElseGet(RegistryTokens::fresh);
            written.put("scopeMapId", scopeMapId(registry, properties, written));
            Json.text(properties, "status").map(RegistryTokens::status).ifPresent(text -> written.put("status", text));
            ObjectNode body = children.body(
                    registry, name, written, SystemData.writtenBy(call.caller().objectId(), before));
            if (before.isEmpty()) {
                // A token of this name may have gone with its registry.
                passwords.keepOnly(body, Set.of());
            }
            keepOnly(properties.path("credentials").path("passwords"), body);
            return Answer.json(children.keep(call, body, before.isEmpty()), shown(body));
        }
    }

    private String scopeMapId(ObjectNode registry, JsonNode asked, ObjectNode before) {
        String id = Json.text(asked, "scopeMapId")
                .or(() -> Json.text(before, "scopeMapId"))
                .orElseThrow(() -> ArmError.badRequest(
                        "InvalidRequestContent", "The property 'properties.scopeMapId' is required."));
        return scopeMaps
                .find(registry, id)
                .map(map -> map.path("id").asText())
                .orElseThrow(
                        () -> ArmError.badRequest("ScopeMapNotFound", "The scope map '" + id + "' was not found."));
    }

    /** A list of passwords keeps those it names: az acr token credential delete removes the others by it. */
    private void keepOnly(JsonNode named, ObjectNode token) {
        if (!named.isArray()) {
            return;
        }
        Set<String> names = StreamSupport.stream(named.spliterator(), false)
                .map(each -> each.path("name").asText())
                .collect(Collectors.toSet());
        Set<String> there =
                passwords.of(token).stream().map(TokenPassword::name).collect(Collectors.toSet());
        if (!there.containsAll(names)) {
            throw ArmError.badRequest(
                    "InvalidTokenCredential", "The token has no such passwords: only generateCredentials makes one.");
        }
        passwords.keepOnly(token, names);
    }

    @Override
    public Answer delete(Call call) {
        children.lifecycle().checkLocks(call.request().path(), true);
        synchronized (children.lifecycle()) {
            return children.find(call)
                    .map(body -> {
                        passwords.keepOnly(body, Set.of());
                        return children.remove(call, body);
                    })
                    .orElseGet(() -> Answer.empty(204));
        }
    }

    /** Passwords come and go without the token's being written, so they are laid over it when it is shown. */
    private ObjectNode shown(ObjectNode token) {
        ObjectNode body = token.deepCopy();
        ObjectNode credentials = Json.object().set("certificates", Json.array(Stream.empty()));
        credentials.set("passwords", Json.array(passwords.of(token).stream().map(TokenPassword::body)));
        body.withObject("/properties").set("credentials", credentials);
        return body;
    }

    static ObjectNode fresh() {
        return Json.object()
                .put("creationDate", Json.timestamp(Instant.now()))
                .put("provisioningState", "Succeeded")
                .put("status", "enabled");
    }

    private static String status(String asked) {
        if (!STATES.contains(asked)) {
            throw ArmError.badRequest(
                    "InvalidRequestContent", "The status of a token must be enabled or disabled, not '" + asked + "'.");
        }
        return asked;
    }
}
