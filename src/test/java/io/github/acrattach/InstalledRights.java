package io.github.acrattach;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * The rights of the program's identity in an estate: none but the custom roles that the templates make of a parameter
 * file, given as they give them, with their condition.
 */
public final class InstalledRights {

    private static final Path RIGHTS = Path.of("src/test/resources/infra/rights.json");
    private static final ObjectMapper JSON = new ObjectMapper();

    private InstalledRights() {}

    /** What a parameter file of {@code infra/parameters} gives, and nothing in the directory: no template can. */
    public static Consumer<ObjectNode> of(String file) {
        return estate -> {
            give(file, estate);
            ObjectNode program = (ObjectNode) estate.at("/principals/0");
            program.put("directoryReader", false).remove("graphPermissions");
        };
    }

    /** The same, with {@code Application.ReadWrite.OwnedBy}, which an administrator gives for service principals. */
    static Consumer<ObjectNode> withApplications(String file) {
        return estate -> give(file, estate);
    }

    /** The custom roles of a parameter file by what they are for, each with its actions, dataActions and condition. */
    static JsonNode roles(String file) {
        try {
            return JSON.readTree(RIGHTS.toFile()).path(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void give(String file, ObjectNode estate) {
        Estates.withoutAny(estate);
        List<String> scopes = List.of("/subscriptions/" + Estates.PRODUCTION, "/subscriptions/" + Estates.SHARED);
        roles(file).properties().forEach(role -> {
            define(estate, role.getKey(), role.getValue(), scopes);
            scopes.forEach(scope -> assign(estate, role.getKey(), role.getValue(), scope));
        });
    }

    private static void define(ObjectNode estate, String name, JsonNode role, List<String> scopes) {
        ObjectNode properties = estate.withArray("/roleDefinitions")
                .addObject()
                .put(
                        "name",
                        UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8))
                                .toString())
                .putObject("properties")
                .put("roleName", name);
        scopes.forEach(properties.putArray("assignableScopes")::add);
        ObjectNode permission = properties.putArray("permissions").addObject();
        permission.set("actions", role.path("actions"));
        permission.set("dataActions", role.path("dataActions"));
    }

    private static void assign(ObjectNode estate, String name, JsonNode role, String scope) {
        ObjectNode assignment = Estates.assign(estate, Estates.PROGRAM, name, scope);
        if (role.has("condition")) {
            assignment.set("condition", role.path("condition"));
        }
    }

    /** As they stand in the file that {@link #roles} reads. */
    static JsonNode written(ArrayNode actions, ArrayNode dataActions, String condition) {
        ObjectNode role = JSON.createObjectNode();
        role.set("actions", actions);
        if (!dataActions.isEmpty()) {
            role.set("dataActions", dataActions);
        }
        return condition.isEmpty() ? role : role.put("condition", condition);
    }
}
