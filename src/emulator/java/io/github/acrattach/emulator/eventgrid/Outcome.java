package io.github.acrattach.emulator.eventgrid;

import java.util.Map;
import java.util.Set;

/** How one attempt to deliver ended; status 0 means that no answer came in time. */
public record Outcome(int status, String detail) {
    /** learn.microsoft.com/azure/event-grid/delivery-and-retry#message-delivery-status. */
    private static final Set<Integer> NEVER_RETRIED = Set.of(400, 401, 403, 413);

    private static final Map<Integer, String> NAMES = Map.of(
            0, "TimedOut",
            400, "BadRequest",
            401, "Unauthorized",
            403, "Forbidden",
            404, "NotFound",
            408, "TimedOut",
            413, "PayloadTooLarge",
            503, "Busy");

    boolean succeeded() {
        return status >= 200 && status <= 204;
    }

    boolean isFinal() {
        return NEVER_RETRIED.contains(status);
    }

    /** As a dead letter names it. */
    String name() {
        return succeeded() ? "Success" : NAMES.getOrDefault(status, "GenericError");
    }
}
