package io.github.acrattach.emulator.arm.authorization;

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
import java.util.stream.StreamSupport;

/** The built-in roles; they can be read at every scope. */
public final class RoleDefinitions {
    private static final String READ = "Microsoft.Authorization/roleDefinitions/read";
    private static final String PATH = "{scope*}/providers/Microsoft.Authorization/roleDefinitions";

    private final List<RoleDefinition> builtIn = load();
    private final Page page;

    public RoleDefinitions(Page page) {
        this.page = page;
    }

    public List<Route> routes() {
        return List.of(Route.of("GET", PATH, READ, this::list), Route.of("GET", PATH + "/{name}", READ, this::get));
    }

    Optional<RoleDefinition> byGuid(String guid) {
        return builtIn.stream()
                .filter(role -> role.guid().equalsIgnoreCase(guid))
                .findFirst();
    }

    /** By GUID or by display name, as an estate may write it. */
    RoleDefinition named(String role) {
        return builtIn.stream()
                .filter(each ->
                        each.guid().equalsIgnoreCase(role) || each.roleName().equalsIgnoreCase(role))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "The role " + role + " to be assigned is none of the built-in ones"));
    }

    private Answer get(Call call) {
        String name = call.variable("name");
        RoleDefinition role = byGuid(name)
                .orElseThrow(() -> ArmError.notFound(
                        "RoleDefinitionDoesNotExist",
                        "The specified role definition with ID '" + name.replace("-", "") + "' does not exist."));
        return Answer.json(200, role.body(call.variable("scope")));
    }

    private Answer list(Call call) {
        ODataFilter filter = ODataFilter.of(call, "roleName", "type");
        return page.answer(
                call,
                builtIn.stream()
                        .filter(role -> filter.accepts("roleName", role.roleName()))
                        .filter(role -> filter.accepts("type", "BuiltInRole"))
                        .map(role -> role.body(call.variable("scope"))));
    }

    private static List<RoleDefinition> load() {
        try (InputStream in = RoleDefinitions.class.getResourceAsStream("/emulator/role-definitions.json")) {
            byte[] bytes = Objects.requireNonNull(in, "role-definitions.json").readAllBytes();
            return StreamSupport.stream(Json.parse(bytes).orElseThrow().spliterator(), false)
                    .map(RoleDefinition::read)
                    .toList();
        } catch (IOException failed) {
            throw new UncheckedIOException("The built-in roles cannot be read", failed);
        }
    }
}
