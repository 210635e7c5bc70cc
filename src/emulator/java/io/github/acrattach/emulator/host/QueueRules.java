package io.github.acrattach.emulator.host;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;

/**
 * What host.json says of all queues of the app:
 * learn.microsoft.com/azure/azure-functions/functions-bindings-storage-queue#hostjson-settings.
 *
 * @param visibilityTimeout after which a message whose invocation failed can be seen again; it never grows
 * @param maxDequeueCount the try after which a message goes to the poison queue
 */
public record QueueRules(Duration visibilityTimeout, int maxDequeueCount) {

    static QueueRules read(JsonNode queues) {
        return new QueueRules(
                HostJson.timeSpan(queues, "visibilityTimeout", Duration.ZERO),
                queues.path("maxDequeueCount").asInt(5));
    }
}
