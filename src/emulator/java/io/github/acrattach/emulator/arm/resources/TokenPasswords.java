package io.github.acrattach.emulator.arm.resources;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.arm.ArmError;
import io.github.acrattach.emulator.arm.Call;
import io.github.acrattach.emulator.arm.ResourceEvent;
import io.github.acrattach.emulator.arm.Route;
import io.github.acrattach.emulator.http.Answer;
import io.github.acrattach.emulator.http.Json;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** The passwords of all registry tokens, and the action that makes new ones: a new one ends the old one of its name. */
final class TokenPasswords {
    private static final String ACTION = "generateCredentials";
    private static final List<String> NAMES = List.of("password1", "password2");

    private final RegistryChildren tokens;
    private final Clock clock;
    private final Map<String, NavigableMap<String, TokenPassword>> byToken = new ConcurrentHashMap<>();

    TokenPasswords(RegistryChildren tokens, Clock clock) {
        this.tokens = tokens;
        this.clock = clock;
    }

    Route route() {
        return Route.of(
                "POST",
                RegistryChildren.REGISTRY + "/" + ACTION,
                "Microsoft.ContainerRegistry/registries/" + ACTION + "/action",
                this::generate);
    }

    void clear() {
        byToken.clear();
    }

    List<TokenPassword> of(ObjectNode token) {
        return List.copyOf(slots(token.path("id").asText()).values());
    }

    /** Whether it is one of the token's, and has not expired. */
    boolean open(ObjectNode token, String password) {
        Instant now = clock.instant();
        return of(token).stream().anyMatch(each -> each.opensWith(password, now));
    }

    /** They go along with a token that gets another id. */
    void move(ObjectNode token, ObjectNode moved) {
        Optional.ofNullable(byToken.remove(ResourceId.key(token.path("id").asText())))
                .ifPresent(slots -> byToken.put(ResourceId.key(moved.path("id").asText()), slots));
    }

    void keepOnly(ObjectNode token, Set<String> names) {
        slots(token.path("id").asText()).keySet().retainAll(names);
    }

    private Answer generate(Call call) {
        ObjectNode registry = tokens.registry(call);
        ObjectNode asked = call.body();
        String id = Json.text(asked, "tokenId")
                .orElseThrow(() -> ArmError.badRequest("InvalidRequestContent", "The property 'tokenId' is required."));
        List<String> names = Json.text(asked, "name").map(TokenPasswords::named).orElse(NAMES);
        Optional<Instant> expiry = Json.text(asked, "expiry").map(this::future);
        synchronized (tokens.lifecycle()) {
            ObjectNode token = tokens.of(registry)
                    .filter(body -> body.path("id").asText().equalsIgnoreCase(id))
                    .findFirst()
                    .orElseThrow(() -> ArmError.notFound("TokenNotFound", "The token '" + id + "' was not found."));
            NavigableMap<String, TokenPassword> slots = slots(token.path("id").asText());
            names.forEach(name -> slots.put(name, TokenPassword.generate(name, expiry, clock.instant())));
            tokens.lifecycle()
                    .announce(ResourceEvent.changed(
                            registry.path("id").asText(),
                            "Microsoft.ContainerRegistry/registries/" + ACTION + "/action",
                            call));
            ObjectNode body = Json.object().put("username", token.path("name").asText());
            // Only the new ones have a value to tell; the other one is shown as it always is.
            return Answer.json(
                    200,
                    body.set(
                            "passwords",
                            Json.array(slots.values().stream()
                                    .map(each -> names.contains(each.name()) ? each.bodyWithValue() : each.body()))));
        }
    }

    private NavigableMap<String, TokenPassword> slots(String tokenId) {
        return byToken.computeIfAbsent(ResourceId.key(tokenId), key -> new ConcurrentSkipListMap<>());
    }

    private static List<String> named(String name) {
        if (!NAMES.contains(name)) {
            throw ArmError.badRequest(
                    "InvalidRequestContent",
                    "The name of a password must be one of " + NAMES + ", not '" + name + "'.");
        }
        return List.of(name);
    }

    private Instant future(String text) {
        try {
            Instant expiry = OffsetDateTime.parse(text).toInstant();
            if (expiry.isAfter(clock.instant())) {
                return expiry;
            }
        } catch (DateTimeParseException malformed) {
            // Answered below, as a time in the past is.
        }
        throw ArmError.badRequest(
                "InvalidTokenCredentialExpiry", "The expiry '" + text + "' must be a time in the future.");
    }
}
