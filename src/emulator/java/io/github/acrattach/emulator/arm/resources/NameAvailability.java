package io.github.acrattach.emulator.arm.resources;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.arm.Call;
import io.github.acrattach.emulator.arm.Route;
import io.github.acrattach.emulator.http.Answer;
import io.github.acrattach.emulator.http.Json;
import java.util.Optional;

/** Whether a registry name can still be had, and which login server it would get. */
final class NameAvailability {
    private final Registries registries;

    NameAvailability(Registries registries) {
        this.registries = registries;
    }

    Route route() {
        return Route.of(
                "POST",
                "/subscriptions/{subscription}/providers/Microsoft.ContainerRegistry/checkNameAvailability",
                "Microsoft.ContainerRegistry/checkNameAvailability/read",
                this::check);
    }

    private Answer check(Call call) {
        String name = call.body().path("name").asText();
        Optional<String> invalid = Registries.invalidName(name);
        if (invalid.isPresent()) {
            return Answer.json(200, refused("Invalid", invalid.get()));
        }
        ResourceId id = new ResourceId(
                call.subscription(), call.body().path("resourceGroupName").asText(), registries.path(), name);
        String loginServer = registries.loginServer(id, call.body());
        return Answer.json(
                200,
                registries.isTaken(loginServer)
                        ? refused("AlreadyExists", Registries.taken(loginServer))
                        : Json.object().put("nameAvailable", true).put("availableLoginServerName", loginServer));
    }

    private static ObjectNode refused(String reason, String message) {
        return Json.object().put("nameAvailable", false).put("reason", reason).put("message", message);
    }
}
