package io.github.acrattach.trigger.handler;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import java.util.Objects;

/**
 * What the Functions host sends to a custom handler.
 *
 * @param data binding name to value; here only the trigger's
 * @see <a href="https://learn.microsoft.com/azure/azure-functions/functions-custom-handlers">Custom handlers</a>
 */
public record HostCall(@JsonProperty("Data") JsonNode data) {

    /** The host's id of the invocation that is under way; empty when it did not tell. */
    static String invocationId(CurrentVertxRequest request) {
        return Objects.requireNonNullElse(
                request.getCurrent().request().getHeader("X-Azure-Functions-InvocationId"), "");
    }
}
