package io.github.acrattach.emulator.arm.resources;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.arm.Page;
import io.github.acrattach.emulator.arm.Route;
import io.github.acrattach.emulator.http.Json;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Who may use a registry without an identity in the directory: its tokens, their passwords and scope maps. */
public final class RegistryAccess {
    private final Registries registries;
    private final RegistryChildren tokens;
    private final RegistryChildren maps;
    private final ScopeMaps scopeMaps;
    private final TokenPasswords passwords;
    private final RegistryTokens tokenRequests;

    RegistryAccess(Registries registries, Lifecycle lifecycle, Page page, Clock clock) {
        this.registries = registries;
        this.tokens = new RegistryChildren("tokens", lifecycle);
        this.maps = new RegistryChildren("scopeMaps", lifecycle);
        this.scopeMaps = new ScopeMaps(maps, tokens, page);
        this.passwords = new TokenPasswords(tokens, clock);
        this.tokenRequests = new RegistryTokens(tokens, scopeMaps, passwords, page);
    }

    List<Route> routes() {
        List<Route> routes = new ArrayList<>(scopeMaps.routes());
        routes.addAll(tokenRequests.routes());
        routes.add(passwords.route());
        return routes;
    }

    void clear() {
        passwords.clear();
    }

    /** A scope map or a token that somebody else made: neither rights nor what it says are checked. */
    public ObjectNode plant(String id, ObjectNode properties, String createdBy) {
        return maps.plant(id, ScopeMaps.fresh().setAll(properties), createdBy)
                .or(() -> tokens.plant(id, RegistryTokens.fresh().setAll(properties), createdBy))
                .orElseThrow(
                        () -> new IllegalArgumentException("There is no registry for a scope map or a token " + id));
    }

    /** All of them go along with a registry that gets another id. */
    void move(ObjectNode registry, String to) {
        tokens.of(registry).toList().forEach(token -> {
            ObjectNode moved = tokens.move(token, registry, to);
            Json.text(token, "properties", "scopeMapId")
                    .ifPresent(map -> moved.withObject("/properties").put("scopeMapId", maps.moved(map, registry, to)));
            passwords.move(token, moved);
        });
        maps.of(registry).toList().forEach(map -> maps.move(map, registry, to));
    }

    /** The body of the registry that answers under this name, in any region. */
    public Optional<ObjectNode> registryAt(String loginServer) {
        return registries
                .all()
                .filter(body -> Registries.answersAt(body, loginServer))
                .findFirst();
    }

    /** The actions of an enabled token's scope map; empty when the name or the password is wrong. */
    public Optional<List<String>> actions(ObjectNode registry, String token, String password) {
        return tokens.of(registry)
                .filter(body -> body.path("name").asText().equalsIgnoreCase(token))
                .filter(body -> body.path("properties").path("status").asText().equals("enabled"))
                .filter(body -> passwords.open(body, password))
                .findFirst()
                .map(body -> Json.text(body, "properties", "scopeMapId")
                        .flatMap(id -> scopeMaps.find(registry, id))
                        .map(map -> Json.textsIn(map.path("properties").path("actions")))
                        .orElse(List.of()));
    }
}
