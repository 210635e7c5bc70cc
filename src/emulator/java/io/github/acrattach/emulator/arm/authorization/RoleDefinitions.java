package io.github.acrattach.emulator.arm.authorization;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The roles: the built-in ones, which can be read and assigned at every scope, and the custom ones, at and below theirs. */
public final class RoleDefinitions {
    private static final String READ = "Microsoft.Authorization/roleDefinitions/read";
    private static final String PATH = "{scope*}/providers/Microsoft.Authorization/roleDefinitions";

    private final List<RoleDefinition> builtIn = builtIn().toList();
    private final List<RoleDefinition> custom = new CopyOnWriteArrayList<>();
    private final Hierarchy hierarchy;
    private final Page page;

    public RoleDefinitions(Hierarchy hierarchy, Page page) {
        this.hierarchy = hierarchy;
        this.page = page;
    }

    /** Starts again with the custom roles of an estate, each as ARM shows one. */
    public void load(List<JsonNode> estate) {
        custom.clear();
        estate.forEach(this::plant);
    }

    /** A custom role that somebody else made, as ARM shows it; one that was there is replaced. */
    public ObjectNode plant(JsonNode body) {
        RoleDefinition role = RoleDefinition.custom(body);
        custom.removeIf(each -> each.guid().equalsIgnoreCase(role.guid()));
        custom.add(role);
        return role.body(role.assignableScopes().stream().findFirst().orElse(""));
    }

    public List<Route> routes() {
        return List.of(Route.of("GET", PATH, READ, this::list), Route.of("GET", PATH + "/{name}", READ, this::get));
    }

    Optional<RoleDefinition> byGuid(String guid) {
        return all().filter(role -> role.guid().equalsIgnoreCase(guid)).findFirst();
    }

    /** Of one that is not to be assigned at a scope, Azure says there that it does not exist. */
    RoleDefinition at(String scope, String guid) {
        return byGuid(guid)
                .filter(role -> role.isAssignableAt(scope, hierarchy))
                .orElseThrow(() -> ArmError.notFound(
                        "RoleDefinitionDoesNotExist",
                        "The specified role definition with ID '" + guid.replace("-", "") + "' does not exist."));
    }

    /** By GUID or by display name, as an estate may write it. */
    RoleDefinition named(String role) {
        return all().filter(each ->
                        each.guid().equalsIgnoreCase(role) || each.roleName().equalsIgnoreCase(role))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "The role " + role + " to be assigned is neither built in nor one of the estate's own"));
    }

    private Stream<RoleDefinition> all() {
        return Stream.concat(builtIn.stream(), custom.stream());
    }

    private Answer get(Call call) {
        String scope = call.variable("scope");
        return Answer.json(200, at(scope, call.variable("name")).body(scope));
    }

    private Answer list(Call call) {
        ODataFilter filter = ODataFilter.of(call, "roleName", "type");
        return page.answer(
                call,
                all().filter(role -> role.isAssignableAt(call.variable("scope"), hierarchy))
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
