package io.github.acrattach.emulator.arm.resources;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.http.Json;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * A scope map that every registry has; names:
 * learn.microsoft.com/azure/container-registry/container-registry-repository-scoped-permissions.
 */
enum SystemScopeMap {
    ADMIN(
            "_repositories_admin",
            "Can perform all read, write and delete operations on the registry",
            "metadata/read",
            "metadata/write",
            "content/read",
            "content/write",
            "content/delete"),
    PULL("_repositories_pull", "Can pull any repository of the registry", "content/read"),
    PUSH("_repositories_push", "Can push to any repository of the registry", "content/read", "content/write");

    private final String text;
    private final String description;
    private final String[] actions;

    SystemScopeMap(String text, String description, String... actions) {
        this.text = text;
        this.description = description;
        this.actions = actions;
    }

    static Stream<ObjectNode> of(ObjectNode registry, RegistryChildren children) {
        return Arrays.stream(values()).map(each -> each.body(registry, children));
    }

    private ObjectNode body(ObjectNode registry, RegistryChildren children) {
        ObjectNode properties = Json.object()
                .put("description", description)
                .put("type", "SystemDefined")
                .put("provisioningState", "Succeeded");
        properties.set("creationDate", registry.path("properties").path("creationDate"));
        properties.set("actions", Json.texts(Arrays.stream(actions).map(action -> "repositories/*/" + action)));
        return children.body(registry, text, properties);
    }
}
