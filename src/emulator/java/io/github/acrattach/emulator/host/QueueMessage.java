package io.github.acrattach.emulator.host;

import java.time.Instant;
import java.util.UUID;

/**
 * A message as a queue hands it out for the n-th time.
 *
 * @param popReceipt by which this handing out of it is hidden longer or deleted, and no later one
 * @param body as it lies in the queue, which is base64 where nothing else is agreed
 */
public record QueueMessage(String id, String popReceipt, String body, Instant inserted, int dequeueCount) {

    static QueueMessage of(String text) {
        return new QueueMessage(UUID.randomUUID().toString(), UUID.randomUUID().toString(), text, Instant.now(), 1);
    }

    QueueMessage dequeued() {
        return new QueueMessage(id, UUID.randomUUID().toString(), body, inserted, dequeueCount + 1);
    }

    QueueMessage with(String text) {
        return new QueueMessage(id, popReceipt, text, inserted, dequeueCount);
    }
}
