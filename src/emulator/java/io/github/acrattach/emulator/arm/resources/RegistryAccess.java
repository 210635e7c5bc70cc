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
    private final ScopeMaps scopeMaps;
    private final TokenPasswords passwords;
    private final RegistryTokens tokenRequests;

    RegistryAccess(Registries registries, Lifecycle lifecycle, Page page, Clock clock) {
        this.registries = registries;
        this.tokens = new RegistryChildren("tokens", lifecycle);
        this.scopeMaps = new ScopeMaps(new RegistryChildren("scopeMaps", lifecycle), tokens, page);
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

    /** The body of the registry that answers under this name. */
    public Optional<ObjectNode> registryAt(String loginServer) {
        return registries
                .all()
                .filter(body ->
                        body.path("properties").path("loginServer").asText().equalsIgnoreCase(loginServer))
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
