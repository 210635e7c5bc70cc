package io.github.acrattach.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.arm.authorization.DenyAssignments;
import io.github.acrattach.emulator.arm.authorization.RoleAssignment;
import io.github.acrattach.emulator.arm.authorization.RoleAssignments;
import io.github.acrattach.emulator.arm.resources.ResourceProviders;
import io.github.acrattach.emulator.estate.Directory;
import io.github.acrattach.emulator.estate.Estate;
import io.github.acrattach.emulator.estate.Principal;
import io.github.acrattach.emulator.http.Json;
import io.github.acrattach.emulator.kubernetes.Kubernetes;

/** What exists at this moment, written down without secrets. */
record EstateNow(
        Estate estate,
        Directory directory,
        ResourceProviders providers,
        RoleAssignments assignments,
        DenyAssignments denials,
        Kubernetes kubernetes) {

    ObjectNode json() {
        ObjectNode json = Json.object();
        json.set(
                "tenant",
                Json.object()
                        .put("id", estate.tenant().id())
                        .put("displayName", estate.tenant().displayName()));
        json.set("principals", Json.array(directory.list().stream().map(this::principal)));
        json.set("subscriptions", Json.array(estate.subscriptions().stream().map(each -> Json.object()
                .put("id", each.id())
                .put("displayName", each.displayName()))));
        json.set("resourceGroups", Json.array(providers.groups().list().stream()));
        json.set("resources", Json.array(providers.store().below("")));
        json.set("roleAssignments", Json.array(assignments.list().stream().map(RoleAssignment::body)));
        json.set("denyAssignments", Json.array(denials.list()));
        json.set("kubernetes", kubernetes.describe());
        return json;
    }

    private ObjectNode principal(Principal principal) {
        ObjectNode json = Json.object()
                .put("objectId", principal.objectId())
                .put("appId", principal.appId().orElse(null))
                .put("displayName", principal.displayName())
                .put("type", principal.type().name());
        directory
                .group(principal.objectId())
                .ifPresent(group ->
                        json.set("members", Json.texts(group.members().stream().sorted())));
        return json;
    }
}
