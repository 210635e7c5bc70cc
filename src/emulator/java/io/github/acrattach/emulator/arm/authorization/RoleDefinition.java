package io.github.acrattach.emulator.arm.authorization;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.http.Json;
import java.util.List;
import java.util.stream.StreamSupport;

/** A role, built in or custom: its name, where it can be assigned, and which actions it allows. */
record RoleDefinition(
        String guid,
        String roleName,
        String type,
        String description,
        List<String> assignableScopes,
        List<Permission> permissions) {

    /** As the list of built-in roles has it: what all of them have in common is left out. */
    static RoleDefinition builtIn(JsonNode node) {
        return of(node.path("name").asText(), "BuiltInRole", List.of("/"), node, List.of(Permission.of(node)));
    }

    /** As ARM shows it. */
    static RoleDefinition custom(JsonNode node) {
        JsonNode properties = node.path("properties");
        return of(
                Json.text(node, "name")
                        .orElseThrow(() -> new IllegalArgumentException("A role definition needs a GUID as its name")),
                "CustomRole",
                Json.textsIn(properties.path("assignableScopes")),
                properties,
                StreamSupport.stream(properties.path("permissions").spliterator(), false)
                        .map(Permission::of)
                        .toList());
    }

    private static RoleDefinition of(
            String guid,
            String type,
            List<String> assignableScopes,
            JsonNode properties,
            List<Permission> permissions) {
        return new RoleDefinition(
                guid,
                properties.path("roleName").asText(),
                type,
                properties.path("description").asText(),
                assignableScopes,
                permissions);
    }

    boolean isAssignableAt(String scope, Hierarchy hierarchy) {
        return assignableScopes.stream().map(Scope::of).anyMatch(each -> hierarchy.covers(each, scope));
    }

    boolean allows(String action) {
        return permissions.stream().anyMatch(each -> each.covers(action));
    }

    boolean allowsData(String dataAction) {
        return permissions.stream().anyMatch(each -> each.coversData(dataAction));
    }

    /** The id as Azure shows it at a scope: under the scope's subscription, or under the tenant. */
    static String idAt(String scope, String guid) {
        String[] segments = scope.split("/");
        boolean inSubscription = segments.length > 2 && segments[1].equalsIgnoreCase("subscriptions");
        return (inSubscription ? "/subscriptions/" + segments[2] : "")
                + "/providers/Microsoft.Authorization/roleDefinitions/" + guid;
    }

    ObjectNode body(String scope) {
        ObjectNode properties =
                Json.object().put("roleName", roleName).put("type", type).put("description", description);
        properties.set("assignableScopes", Json.texts(assignableScopes.stream()));
        properties.set("permissions", Json.array(permissions.stream().map(Permission::body)));
        properties
                .put("createdOn", "2015-02-02T21:55:09.8806423Z")
                .put("updatedOn", "2023-11-27T19:24:46.8947195Z")
                .putNull("createdBy")
                .putNull("updatedBy");
        return Json.object()
                .<ObjectNode>set("properties", properties)
                .put("id", idAt(scope, guid))
                .put("type", "Microsoft.Authorization/roleDefinitions")
                .put("name", guid);
    }
}
