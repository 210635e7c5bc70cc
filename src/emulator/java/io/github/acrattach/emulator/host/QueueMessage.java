package io.github.acrattach.emulator.host;

import java.time.Instant;
import java.util.UUID;

/** A message as a queue trigger reads it, for the n-th time. */
record QueueMessage(String id, String text, Instant inserted, int dequeueCount, Instant visibleFrom) {

    static QueueMessage of(String text) {
        Instant now = Instant.now();
        return new QueueMessage(UUID.randomUUID().toString(), text, now, 1, now);
    }

    QueueMessage dequeued() {
        return new QueueMessage(id, text, inserted, dequeueCount + 1, visibleFrom);
    }

    QueueMessage hiddenUntil(Instant instant) {
        return new QueueMessage(id, text, inserted, dequeueCount, instant);
    }
}
