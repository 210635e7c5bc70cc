package io.github.acrattach.emulator.arm.authorization;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.http.Json;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A role, built in or custom: its name, where it can be assigned, and which actions it allows. */
record RoleDefinition(
        String guid,
        String roleName,
        String type,
        String description,
        List<String> assignableScopes,
        List<Pattern> actions,
        List<Pattern> notActions,
        List<Pattern> dataActions,
        List<Pattern> notDataActions,
        JsonNode permission) {

    /** As the list of built-in roles has it: what all of them have in common is left out. */
    static RoleDefinition builtIn(JsonNode node) {
        return of(node.path("name").asText(), "BuiltInRole", List.of("/"), node, node);
    }

    /** As ARM shows it; it has one permission, as every custom role does that the portal makes. */
    static RoleDefinition custom(JsonNode node) {
        JsonNode properties = node.path("properties");
        return of(
                node.path("name").asText(),
                "CustomRole",
                StreamSupport.stream(properties.path("assignableScopes").spliterator(), false)
                        .map(JsonNode::asText)
                        .toList(),
                properties,
                properties.path("permissions").path(0));
    }

    private static RoleDefinition of(
            String guid, String type, List<String> assignableScopes, JsonNode properties, JsonNode actions) {
        ObjectNode permission = Json.object();
        for (String kind : List.of("actions", "notActions", "dataActions", "notDataActions")) {
            permission.set(kind, actions.has(kind) ? actions.get(kind) : Json.array(Stream.empty()));
        }
        return new RoleDefinition(
                guid,
                properties.path("roleName").asText(),
                type,
                properties.path("description").asText(),
                assignableScopes,
                patterns(permission.get("actions")),
                patterns(permission.get("notActions")),
                patterns(permission.get("dataActions")),
                patterns(permission.get("notDataActions")),
                permission);
    }

    boolean isAssignableAt(String scope) {
        return assignableScopes.stream().map(Scope::of).anyMatch(each -> each.covers(scope));
    }

    boolean allows(String action) {
        return matches(actions, action) && !matches(notActions, action);
    }

    boolean allowsData(String dataAction) {
        return matches(dataActions, dataAction) && !matches(notDataActions, dataAction);
    }

    private static boolean matches(List<Pattern> patterns, String action) {
        return patterns.stream().anyMatch(each -> each.matcher(action).matches());
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
        properties.set("permissions", Json.array(Stream.of(permission)));
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

    private static List<Pattern> patterns(JsonNode actions) {
        return StreamSupport.stream(actions.spliterator(), false)
                .map(action -> Arrays.stream(action.asText().split("\\*", -1))
                        .map(Pattern::quote)
                        .collect(Collectors.joining(".*")))
                .map(regex -> Pattern.compile(regex, Pattern.CASE_INSENSITIVE))
                .toList();
    }
}
