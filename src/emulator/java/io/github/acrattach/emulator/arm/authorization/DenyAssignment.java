package io.github.acrattach.emulator.arm.authorization;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.http.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What nobody of some may do at a scope, whatever their roles say:
 * learn.microsoft.com/azure/role-based-access-control/deny-assignments.
 */
record DenyAssignment(Scope scope, String name, List<Permission> permissions, ObjectNode properties) {
    /** Stands for everybody, as a principal of the type SystemDefined. */
    private static final String EVERYBODY = "00000000-0000-0000-0000-000000000000";

    /** As ARM shows one; who and what is left out is nobody and nothing. */
    static DenyAssignment read(JsonNode node) {
        ObjectNode properties = Json.object()
                .put("denyAssignmentName", "planted")
                .put("description", "")
                .put("doNotApplyToChildScopes", false)
                .put("isSystemProtected", true)
                .setAll(Map.of(
                        "permissions", Json.array(Stream.empty()),
                        "principals", Json.array(Stream.empty()),
                        "excludePrincipals", Json.array(Stream.empty())));
        node.path("properties").properties().forEach(each -> properties.set(each.getKey(), each.getValue()));
        String scope = Json.text(properties, "scope")
                .orElseThrow(() -> new IllegalArgumentException("A deny assignment needs properties.scope"));
        return new DenyAssignment(
                Scope.of(scope),
                Json.text(node, "name")
                        .orElseGet(() -> UUID.nameUUIDFromBytes(node.toString().getBytes(StandardCharsets.UTF_8))
                                .toString()),
                StreamSupport.stream(properties.get("permissions").spliterator(), false)
                        .map(Permission::of)
                        .toList(),
                properties);
    }

    String id() {
        return scope.path() + "/providers/Microsoft.Authorization/denyAssignments/" + name;
    }

    String displayName() {
        return properties.path("denyAssignmentName").asText();
    }

    /** Whether it reaches down to a path. */
    boolean holdsAt(String path, Hierarchy hierarchy) {
        return properties.path("doNotApplyToChildScopes").asBoolean()
                ? scope.path().equalsIgnoreCase(path)
                : hierarchy.covers(scope, path);
    }

    /** @param ids somebody's own, and those of the groups that somebody is in */
    boolean meets(Set<String> ids) {
        JsonNode principals = properties.path("principals");
        boolean everybody = StreamSupport.stream(principals.spliterator(), false)
                .anyMatch(each -> each.path("id").asText().equals(EVERYBODY)
                        && each.path("type").asText().equals("SystemDefined"));
        return (everybody || among(principals, ids)) && !among(properties.path("excludePrincipals"), ids);
    }

    private static boolean among(JsonNode principals, Set<String> ids) {
        return StreamSupport.stream(principals.spliterator(), false)
                .map(each -> each.path("id").asText())
                .anyMatch(each -> ids.stream().anyMatch(each::equalsIgnoreCase));
    }

    /** One whose condition cannot be judged refuses. */
    boolean refuses(String action, boolean data, Map<String, String> attributes) {
        return permissions.stream()
                .filter(each -> data ? each.coversData(action) : each.covers(action))
                .anyMatch(each -> each.condition()
                        .flatMap(text -> Condition.fulfilled(text, action, attributes))
                        .orElse(true));
    }

    ObjectNode body() {
        return Json.object()
                .<ObjectNode>set("properties", properties)
                .put("id", id())
                .put("type", "Microsoft.Authorization/denyAssignments")
                .put("name", name);
    }
}
