package io.github.acrattach.trigger.handler;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

/**
 * What the Functions host sends to a custom handler.
 *
 * @param data binding name to value; here only the trigger's
 * @param metadata what else the trigger tells. Of a queue message that is JSON, its own fields stand there too, in the
 *     place of the trigger's (azure-functions-host: ApplyBindingData): it is a hint, and the message is in the data alone
 * @see <a href="https://learn.microsoft.com/azure/azure-functions/functions-custom-handlers">Custom handlers</a>
 */
public record HostCall(
        @JsonProperty("Data") JsonNode data,
        @JsonProperty("Metadata") JsonNode metadata) {

    /** The value of the trigger's binding by its name, or of the only one there is. */
    static JsonNode trigger(HostCall call, String binding) {
        if (call == null || call.data() == null) {
            return MissingNode.getInstance();
        }
        return call.data().has(binding) || call.data().size() != 1
                ? call.data().path(binding)
                : call.data().iterator().next();
    }

    /** A text or number among the metadata; empty when it is not there. */
    static String metadata(HostCall call, String name) {
        return call == null || call.metadata() == null
                ? ""
                : call.metadata().path(name).asText("");
    }
}
