package io.github.acrattach.emulator.arm.resources;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.arm.ArmError;
import io.github.acrattach.emulator.arm.Call;
import io.github.acrattach.emulator.arm.ResourceEvent;
import io.github.acrattach.emulator.arm.Route;
import io.github.acrattach.emulator.http.Answer;
import io.github.acrattach.emulator.http.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Stops and starts clusters, which takes as long as to make one: learn.microsoft.com/rest/api/aks/managed-clusters/stop. The
 * words of its refusals are those of github.com/Azure/AKS and MicrosoftDocs/azure-docs, issue 85161.
 */
record ClusterPower(ManagedClusters type, Lifecycle lifecycle) {

    private static final Set<String> AT_REST = Set.of("Succeeded", "Failed", "Canceled");

    private enum Change {
        START("Starting", "Running"),
        STOP("Stopping", "Stopped");

        private final String state;
        private final String power;

        Change(String state, String power) {
            this.state = state;
            this.power = power;
        }
    }

    List<Route> routes() {
        return List.of(route("start", Change.START), route("stop", Change.STOP));
    }

    private Route route(String name, Change change) {
        return Route.of(
                "POST",
                "/subscriptions/{subscription}/resourceGroups/{group}/providers/" + type.path() + "/{name}/" + name,
                type.path() + "/" + name + "/action",
                call -> begin(call, name, change));
    }

    private Answer begin(Call call, String name, Change change) {
        String path = call.request().path();
        String id = path.substring(0, path.lastIndexOf('/'));
        lifecycle.groups().existing(call.subscription(), call.variable("group"));
        lifecycle.checkLocks(id, false);
        Duration lasts = type.creation();
        synchronized (lifecycle) {
            ObjectNode cluster = lifecycle
                    .store()
                    .get(id)
                    .orElseThrow(() -> ArmError.resourceNotFound(
                            type.path() + "/" + call.variable("name"), call.variable("group")));
            check(cluster, change);
            ResourceEvent event =
                    ResourceEvent.changed(cluster.path("id").asText(), type.path() + "/" + name + "/action", call);
            lifecycle.store().replace(id, body -> with(body, change.state, power(body)));
            Runnable done = () -> {
                if (lifecycle.store().replace(id, body -> with(body, "Succeeded", change.power))) {
                    lifecycle.announce(event);
                }
            };
            if (lasts.isZero()) {
                done.run();
            } else {
                lifecycle.creations().begin(id, lasts, done);
            }
            return lifecycle
                    .operations()
                    .begun(
                            Answer.empty(202),
                            call,
                            cluster.path("location").asText(),
                            Instant.now().plus(lasts));
        }
    }

    private static void check(ObjectNode cluster, Change change) {
        String state = cluster.path("properties").path("provisioningState").asText();
        if (!AT_REST.contains(state)) {
            throw ArmError.flat(
                    409,
                    "OperationNotAllowed",
                    "Operation is not allowed: Another operation (" + state + ") is in progress, please wait for it to"
                            + " finish before starting a new operation. See https://aka.ms/aks-pending-operation for"
                            + " more details");
        }
        if (power(cluster).equals(change.power)) {
            throw ArmError.flat(
                    409,
                    "OperationNotAllowed",
                    "managed cluster is in Provisioning State(" + state + ") and Power State(" + change.power + "), "
                            + (change == Change.STOP ? "stopping" : "starting") + " cannot be performed");
        }
    }

    private static String power(ObjectNode cluster) {
        return cluster.path("properties").path("powerState").path("code").asText("Running");
    }

    private static ObjectNode with(ObjectNode cluster, String state, String power) {
        ObjectNode properties = Json.object().put("provisioningState", state);
        properties.putObject("powerState").put("code", power);
        return Json.merge(cluster, Json.object().set("properties", properties));
    }
}
