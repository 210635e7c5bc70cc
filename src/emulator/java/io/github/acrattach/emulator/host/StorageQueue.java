package io.github.acrattach.emulator.host;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/**
 * The queue of a trigger and its poison queue, as QueueProcessor of the Functions extension treats them: what failed comes
 * back after the fixed visibility timeout, until it has been tried too often.
 */
public final class StorageQueue {
    private final QueueRules rules;
    private final Function<QueueMessage, Invocation> function;
    private final InstantSource clock;
    private final List<QueueMessage> messages = new ArrayList<>();
    private final List<String> poison = new ArrayList<>();

    StorageQueue(QueueRules rules, Function<QueueMessage, Invocation> function, InstantSource clock) {
        this.rules = rules;
        this.function = function;
        this.clock = clock;
    }

    public synchronized void send(String text) {
        Instant now = clock.instant();
        messages.add(new QueueMessage(UUID.randomUUID().toString(), text, now, 0, now));
    }

    /** Hands each message that can be seen to the function, once. */
    public List<Invocation> pump() {
        return dequeue().stream().map(this::process).toList();
    }

    /** Those that wait, to be seen now or later. */
    public synchronized List<String> messages() {
        return messages.stream().map(QueueMessage::text).toList();
    }

    public synchronized List<String> poison() {
        return List.copyOf(poison);
    }

    private synchronized List<QueueMessage> dequeue() {
        Instant now = clock.instant();
        List<QueueMessage> visible = messages.stream()
                .filter(each -> !each.visibleFrom().isAfter(now))
                .toList();
        messages.removeAll(visible);
        return visible.stream().map(QueueMessage::dequeued).toList();
    }

    private Invocation process(QueueMessage message) {
        Invocation invocation = function.apply(message);
        if (!invocation.succeeded()) {
            release(message);
        }
        return invocation;
    }

    private synchronized void release(QueueMessage message) {
        if (message.dequeueCount() >= rules.maxDequeueCount()) {
            poison.add(message.text());
        } else {
            messages.add(message.hiddenUntil(clock.instant().plus(rules.visibilityTimeout())));
        }
    }
}
