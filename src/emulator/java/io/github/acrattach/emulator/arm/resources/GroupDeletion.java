package io.github.acrattach.emulator.arm.resources;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.arm.Call;
import io.github.acrattach.emulator.arm.ResourceEvent;
import io.github.acrattach.emulator.arm.Route;
import io.github.acrattach.emulator.http.Answer;
import java.util.List;

/**
 * Deletes a resource group: first what is in it, each as if it were deleted alone, then the group
 * (learn.microsoft.com/azure/azure-resource-manager/management/delete-resource-group). Here it takes no time.
 */
final class GroupDeletion {
    private static final String RIGHT = "Microsoft.Resources/subscriptions/resourceGroups/delete";

    private final Lifecycle lifecycle;

    GroupDeletion(Lifecycle lifecycle) {
        this.lifecycle = lifecycle;
    }

    Route route() {
        return Route.of("DELETE", "/subscriptions/{subscription}/resourceGroups/{group}", RIGHT, this::delete);
    }

    private Answer delete(Call call) {
        String name = call.variable("group");
        String id = lifecycle
                .groups()
                .existing(call.subscription(), name)
                .path("id")
                .asText();
        lifecycle.checkLocks(id, true);
        synchronized (lifecycle) {
            List<ObjectNode> within = lifecycle.store().below(id).toList();
            for (ObjectNode each : within) {
                String resource = each.path("id").asText();
                lifecycle.store().remove(resource);
                String type = ResourceId.parse(resource).orElseThrow().type();
                lifecycle.removed(each, ResourceEvent.changed(resource, type + "/delete", call));
            }
            lifecycle.groups().remove(call.subscription(), name);
            lifecycle.announce(ResourceEvent.changed(id, RIGHT, call));
        }
        return lifecycle.operations().begunInSubscription(call);
    }
}
