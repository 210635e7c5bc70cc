package io.github.acrattach.emulator.arm.authorization;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.acrattach.emulator.arm.ArmError;
import io.github.acrattach.emulator.arm.Call;
import io.github.acrattach.emulator.arm.Page;
import io.github.acrattach.emulator.arm.Route;
import io.github.acrattach.emulator.http.Answer;
import io.github.acrattach.emulator.http.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The roles: the built-in ones, which can be read and assigned at every scope, and the custom ones, at and below theirs. */
public final class RoleDefinitions {
    private static final String READ = "Microsoft.Authorization/roleDefinitions/read";
    private static final String PATH = "{scope*}/providers/Microsoft.Authorization/roleDefinitions";

    private final List<RoleDefinition> roles;
    private final Page page;

    /** @param custom each as ARM shows one */
    public RoleDefinitions(List<JsonNode> custom, Page page) {
        this.roles = Stream.concat(builtIn(), custom.stream().map(RoleDefinition::custom))
                .toList();
        this.page = page;
    }

    public List<Route> routes() {
        return List.of(Route.of("GET", PATH, READ, this::list), Route.of("GET", PATH + "/{name}", READ, this::get));
    }

    Optional<RoleDefinition> byGuid(String guid) {
        return roles.stream().filter(role -> role.guid().equalsIgnoreCase(guid)).findFirst();
    }

    /** Of one that is not to be assigned at a scope, Azure says there that it does not exist. */
    RoleDefinition at(String scope, String guid) {
        return byGuid(guid)
                .filter(role -> role.isAssignableAt(scope))
                .orElseThrow(() -> ArmError.notFound(
                        "RoleDefinitionDoesNotExist",
                        "The specified role definition with ID '" + guid.replace("-", "") + "' does not exist."));
    }

    /** By GUID or by display name, as an estate may write it. */
    RoleDefinition named(String role) {
        return roles.stream()
                .filter(each ->
                        each.guid().equalsIgnoreCase(role) || each.roleName().equalsIgnoreCase(role))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "The role " + role + " to be assigned is neither built in nor one of the estate's own"));
    }

    private Answer get(Call call) {
        String scope = call.variable("scope");
        return Answer.json(200, at(scope, call.variable("name")).body(scope));
    }

    private Answer list(Call call) {
        ODataFilter filter = ODataFilter.of(call, "roleName", "type");
        return page.answer(
                call,
                roles.stream()
                        .filter(role -> role.isAssignableAt(call.variable("scope")))
                        .filter(role -> filter.accepts("roleName", role.roleName()))
                        .filter(role -> filter.accepts("type", role.type()))
                        .map(role -> role.body(call.variable("scope"))));
    }

    private static Stream<RoleDefinition> builtIn() {
        try (InputStream in = RoleDefinitions.class.getResourceAsStream("/emulator/role-definitions.json")) {
            byte[] bytes = Objects.requireNonNull(in, "role-definitions.json").readAllBytes();
            return StreamSupport.stream(Json.parse(bytes).orElseThrow().spliterator(), false)
                    .map(RoleDefinition::builtIn);
        } catch (IOException failed) {
            throw new UncheckedIOException("The built-in roles cannot be read", failed);
        }
    }
}
