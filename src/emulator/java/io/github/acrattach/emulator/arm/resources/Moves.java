package io.github.acrattach.emulator.arm.resources;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.arm.ArmError;
import io.github.acrattach.emulator.arm.Call;
import io.github.acrattach.emulator.arm.ResourceEvent;
import io.github.acrattach.emulator.arm.Route;
import io.github.acrattach.emulator.http.Answer;
import io.github.acrattach.emulator.http.Json;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Moves resources into another resource group, of whichever subscription:
 * learn.microsoft.com/rest/api/resources/resources/move-resources. A registry keeps its name, its login server, what it
 * holds, and its tokens and scope maps, under new ids; the role assignments at it are left behind, and so gone. A managed
 * cluster cannot be moved (move-support-resources).
 */
final class Moves {
    private static final String GROUP = "/subscriptions/{subscription}/resourceGroups/{group}/";
    private static final String RIGHT = "Microsoft.Resources/subscriptions/resourceGroups/";
    private static final Pattern TARGET =
            Pattern.compile("/subscriptions/([^/]+)/resourceGroups/([^/]+)/?", Pattern.CASE_INSENSITIVE);

    private final Lifecycle lifecycle;
    private final Registries registries;
    private final RegistryAccess access;

    Moves(Lifecycle lifecycle, Registries registries, RegistryAccess access) {
        this.lifecycle = lifecycle;
        this.registries = registries;
        this.access = access;
    }

    List<Route> routes() {
        return List.of(
                Route.of("POST", GROUP + "moveResources", RIGHT + "moveResources/action", this::move),
                Route.of(
                        "POST",
                        GROUP + "validateMoveResources",
                        RIGHT + "validateMoveResources/action",
                        this::validate));
    }

    /** A resource as it is, and the id that it is to have. */
    private record Move(ObjectNode before, ResourceId after) {}

    private Answer move(Call call) {
        synchronized (lifecycle) {
            planned(call).forEach(each -> moved(each, call));
            String group = "/subscriptions/" + call.subscription() + "/resourceGroups/" + call.variable("group");
            lifecycle.announce(ResourceEvent.changed(group, RIGHT + "moveResources/action", call));
        }
        return begun(call);
    }

    private Answer validate(Call call) {
        synchronized (lifecycle) {
            planned(call);
        }
        return begun(call);
    }

    private Answer begun(Call call) {
        return lifecycle.operations().begunInSubscription(call);
    }

    private List<Move> planned(Call call) {
        lifecycle.groups().existing(call.subscription(), call.variable("group"));
        ObjectNode asked = call.body();
        Matcher target = TARGET.matcher(Json.text(asked, "targetResourceGroup").orElse(""));
        if (!target.matches()) {
            throw ArmError.badRequest(
                    "InvalidTargetResourceGroup", "The property 'targetResourceGroup' is not the id of a group.");
        }
        String group = lifecycle
                .groups()
                .existing(target.group(1), target.group(2))
                .path("name")
                .asText();
        List<String> ids = Json.textsIn(asked.path("resources"));
        if (ids.isEmpty()) {
            throw ArmError.badRequest("InvalidRequestContent", "The property 'resources' names no resource.");
        }
        return ids.stream().map(id -> planned(id, call, target.group(1), group)).toList();
    }

    private Move planned(String id, Call call, String subscription, String group) {
        ResourceId before = ResourceId.parse(id)
                .filter(each -> each.subscription().equalsIgnoreCase(call.subscription())
                        && each.group().equalsIgnoreCase(call.variable("group")))
                .orElseThrow(() -> ArmError.badRequest(
                        "InvalidResourceMoveRequest",
                        "The resource '" + id + "' is none of the resource group '" + call.variable("group") + "'."));
        ObjectNode body = lifecycle
                .store()
                .get(id)
                .orElseThrow(() -> ArmError.resourceNotFound(before.type() + "/" + before.name(), before.group()));
        if (!before.type().equalsIgnoreCase(registries.path())) {
            throw new ArmError(
                    409,
                    "ResourceMoveProviderValidationFailed",
                    "Resource move validation failed: the move of resources of the type '" + before.type()
                            + "' is not supported.");
        }
        ResourceId after = new ResourceId(
                subscription, group, registries.path(), body.path("name").asText());
        if (lifecycle.store().get(after.path()).isPresent()) {
            throw new ArmError(
                    409,
                    "ResourceMoveProviderValidationFailed",
                    "Resource move validation failed: the resource '" + after.path() + "' exists already.");
        }
        lifecycle.checkLocks(id, true);
        lifecycle.checkLocks(after.path(), false);
        return new Move(body, after);
    }

    private void moved(Move move, Call call) {
        String before = move.before().path("id").asText();
        String after = move.after().path();
        access.move(move.before(), after);
        lifecycle.store().remove(before);
        lifecycle.store().put(move.before().deepCopy().put("id", after));
        lifecycle.moved(before, after, call);
    }
}
