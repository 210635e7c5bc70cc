package io.github.acrattach.emulator.arm;

import io.github.acrattach.emulator.entra.Caller;
import java.util.Optional;

/** Something a resource provider has finished; the request is absent when a resource was created. */
public record ResourceEvent(
        String resourceId, String operation, Optional<Caller> caller, Optional<HttpRequest> request) {

    /** The call that caused it. */
    public record HttpRequest(String method, String url) {}

    public static ResourceEvent created(String id, String operation, Optional<Caller> caller) {
        return new ResourceEvent(id, operation, caller, Optional.empty());
    }

    public static ResourceEvent changed(String id, String operation, Call call) {
        return new ResourceEvent(
                id,
                operation,
                Optional.of(call.caller()),
                Optional.of(new HttpRequest(call.request().method(), call.url())));
    }

    /** As in the name of the event type; the last word of the operation tells it. */
    public String kind() {
        return switch (operation.substring(operation.lastIndexOf('/') + 1)) {
            case "delete" -> "Delete";
            case "action" -> "Action";
            default -> "Write";
        };
    }
}
