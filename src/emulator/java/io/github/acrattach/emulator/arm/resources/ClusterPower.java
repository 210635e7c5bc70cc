package io.github.acrattach.emulator.arm.resources;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.arm.ArmError;
import io.github.acrattach.emulator.arm.Call;
import io.github.acrattach.emulator.arm.ResourceEvent;
import io.github.acrattach.emulator.arm.Route;
import io.github.acrattach.emulator.http.Answer;
import io.github.acrattach.emulator.http.Json;
import java.time.Instant;
import java.util.List;

/** Stops clusters and starts them: learn.microsoft.com/rest/api/aks/managed-clusters/stop. Here it takes no time. */
final class ClusterPower {
    private static final String TYPE = "Microsoft.ContainerService/managedClusters";
    private static final String CLUSTER =
            "/subscriptions/{subscription}/resourceGroups/{group}/providers/" + TYPE + "/{name}";

    private final Lifecycle lifecycle;

    ClusterPower(Lifecycle lifecycle) {
        this.lifecycle = lifecycle;
    }

    List<Route> routes() {
        return List.of(action("stop", "Stopped"), action("start", "Running"));
    }

    private Route action(String name, String power) {
        String right = TYPE + "/" + name + "/action";
        return Route.of("POST", CLUSTER + "/" + name, right, call -> turned(call, power, right));
    }

    private Answer turned(Call call, String power, String right) {
        String path = call.request().path();
        String id = path.substring(0, path.lastIndexOf('/'));
        lifecycle.groups().existing(call.subscription(), call.variable("group"));
        lifecycle.checkLocks(id, false);
        synchronized (lifecycle) {
            ObjectNode before = lifecycle
                    .store()
                    .get(id)
                    .orElseThrow(() ->
                            ArmError.resourceNotFound(TYPE + "/" + call.variable("name"), call.variable("group")));
            ObjectNode code = Json.object().put("code", power);
            lifecycle
                    .store()
                    .put(Json.merge(
                            before.deepCopy(),
                            Json.object().set("properties", Json.object().set("powerState", code))));
            lifecycle.announce(ResourceEvent.changed(before.path("id").asText(), right, call));
            return lifecycle
                    .operations()
                    .begun(Answer.empty(202), call, before.path("location").asText(), Instant.now());
        }
    }
}
