package io.github.acrattach.emulator.host;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;

/**
 * What host.json says of all queues of the app:
 * learn.microsoft.com/azure/azure-functions/functions-bindings-storage-queue#hostjson-settings.
 *
 * @param batchSize how many messages are asked for at a time
 * @param maxPollingInterval how long an empty queue is left alone at most
 * @param visibilityTimeout after which a message whose invocation failed can be seen again; it never grows
 * @param maxDequeueCount the try after which a message goes to the poison queue
 */
public record QueueRules(int batchSize, Duration maxPollingInterval, Duration visibilityTimeout, int maxDequeueCount) {
    private static final int MOST_AT_A_TIME = 32;

    public QueueRules {
        if (batchSize < 1 || batchSize > MOST_AT_A_TIME) {
            throw new FunctionAppRefused("The batchSize of queues in host.json must be 1 to 32, not " + batchSize);
        }
        if (maxDequeueCount < 1) {
            throw new FunctionAppRefused(
                    "The maxDequeueCount of queues in host.json must be at least 1, not " + maxDequeueCount);
        }
    }

    static QueueRules read(JsonNode queues) {
        return new QueueRules(
                queues.path("batchSize").asInt(16),
                HostJson.timeSpan(queues, "maxPollingInterval", Duration.ofMinutes(1)),
                HostJson.timeSpan(queues, "visibilityTimeout", Duration.ZERO),
                queues.path("maxDequeueCount").asInt(5));
    }

    QueueRules withVisibilityTimeout(Duration other) {
        return new QueueRules(batchSize, maxPollingInterval, other, maxDequeueCount);
    }
}
