package io.github.acrattach.emulator.host;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** The queue of a trigger and its poison queue in memory, by any clock, and the host that listens to it when it is told to. */
public final class StorageQueue implements QueueService {
    private final String queue;
    private final QueueListener listener;
    private final InstantSource clock;
    private final List<Entry> entries = new ArrayList<>();

    /** A message in one of the queues. */
    private record Entry(String queue, QueueMessage message, Instant visibleFrom) {}

    StorageQueue(String queue, QueueRules rules, Function<QueueMessage, Invocation> function, InstantSource clock) {
        this.queue = queue;
        this.listener = new QueueListener(queue, rules, this, function);
        this.clock = clock;
    }

    /** Puts it there as Event Grid and the host's own bindings do. */
    public void send(String text) {
        put(queue, Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Puts it there as it is. */
    public void put(String body) {
        put(queue, body);
    }

    /** Hands those of a batch that can be seen to the function, once each. */
    public List<Invocation> pump() {
        return listener.pump();
    }

    /** The texts of those that wait, to be seen now or later. */
    public List<String> messages() {
        return texts(queue);
    }

    public List<String> poison() {
        return texts(QueueListener.poisonOf(queue));
    }

    @Override
    public synchronized List<QueueMessage> receive(String from, int most, Duration hidden) {
        Instant now = clock.instant();
        List<Entry> visible = entries.stream()
                .filter(each -> each.queue().equals(from) && !each.visibleFrom().isAfter(now))
                .limit(most)
                .toList();
        entries.removeAll(visible);
        List<Entry> handedOut = visible.stream()
                .map(each -> new Entry(from, each.message().dequeued(), now.plus(hidden)))
                .toList();
        entries.addAll(handedOut);
        return handedOut.stream().map(Entry::message).toList();
    }

    @Override
    public synchronized void put(String into, String body) {
        Instant now = clock.instant();
        entries.add(new Entry(into, new QueueMessage(UUID.randomUUID().toString(), "", body, now, 0), now));
    }

    @Override
    public synchronized void hide(String from, QueueMessage message, Duration time) {
        entries.replaceAll(each -> each.message().equals(message)
                ? new Entry(from, message, clock.instant().plus(time))
                : each);
    }

    @Override
    public synchronized void delete(String from, QueueMessage message) {
        entries.removeIf(each -> each.message().equals(message));
    }

    private synchronized List<String> texts(String of) {
        return entries.stream()
                .filter(each -> each.queue().equals(of))
                .map(each -> each.message().body())
                .map(StorageQueue::text)
                .toList();
    }

    private static String text(String body) {
        try {
            return new String(Base64.getDecoder().decode(body), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            return body;
        }
    }
}
