package io.github.acrattach.emulator.arm.resources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.arm.Call;
import io.github.acrattach.emulator.arm.ResourceEvent;
import io.github.acrattach.emulator.arm.authorization.RoleAssignments;
import io.github.acrattach.emulator.estate.Directory;
import io.github.acrattach.emulator.http.Json;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** How a resource comes into being, changes and goes, with everything that hangs on it. */
record Lifecycle(
        ResourceStore store,
        ResourceStore children,
        ResourceGroups groups,
        Locks locks,
        Creations creations,
        AsyncOperations operations,
        Directory directory,
        RoleAssignments assignments,
        Consumer<ResourceEvent> events) {

    void checkLocks(String id, boolean delete) {
        locks.check(id, delete);
    }

    void announce(ResourceEvent event) {
        events.accept(event);
    }

    void finish(ObjectNode finished, ResourceEvent event) {
        store.put(finished);
        announce(event);
    }

    /** Whatever was changed while it was being made (tags, say) stays changed. */
    void begin(ObjectNode unfinished, ObjectNode finished, Duration lasts, ResourceEvent event) {
        begin(unfinished, finished, lasts, () -> announce(event));
    }

    void begin(ObjectNode unfinished, ObjectNode finished, Duration lasts, Runnable ready) {
        String id = finished.path("id").asText();
        ObjectNode outcome = Json.object();
        Stream.of("provisioningState", "identityProfile")
                .filter(finished.path("properties")::has)
                .forEach(field -> outcome.set(field, finished.path("properties").get(field)));
        store.put(unfinished);
        creations.begin(id, lasts, () -> {
            if (store.replace(id, body -> Json.merge(body, Json.object().set("properties", outcome)))) {
                ready.run();
            }
        });
    }

    /** A resource has another id: the role assignments at the one that it had are gone. */
    void moved(String before, String after, Call call) {
        assignments.removeAt(before);
    }

    /** Its own identities and the role assignments at it go with it; those of its identities elsewhere stay behind. */
    void removed(ObjectNode gone, ResourceEvent event) {
        String id = gone.path("id").asText();
        creations.cancel(id);
        children.removeBelow(id);
        Stream.of(Json.text(gone, "identity", "principalId"), ownKubeletIdentity(gone))
                .flatMap(Optional::stream)
                .forEach(directory::remove);
        assignments.removeAt(id);
        announce(event);
    }

    /** Azure makes it in the node resource group; one that the user brought lives elsewhere and stays. */
    private static Optional<String> ownKubeletIdentity(ObjectNode cluster) {
        JsonNode kubelet = cluster.path("properties").path("identityProfile").path("kubeletidentity");
        String nodes = "/resourcegroups/"
                + cluster.path("properties").path("nodeResourceGroup").asText() + "/";
        return Json.text(kubelet, "objectId")
                .filter(id ->
                        ResourceId.key(kubelet.path("resourceId").asText()).contains(ResourceId.key(nodes)));
    }
}
