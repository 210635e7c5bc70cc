package io.github.acrattach.emulator.storage;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A storage account, with what somebody else has put into it. */
public final class StorageAccount {
    private final String id;
    private final Map<String, Integer> queues = new ConcurrentHashMap<>();
    private final Map<String, Map<String, byte[]>> containers = new ConcurrentHashMap<>();
    private volatile boolean closed;

    StorageAccount(String id) {
        this.id = id;
    }

    /** The ARM id, at which its rights are given. */
    String id() {
        return id;
    }

    String name() {
        return id.substring(id.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    }

    /** A queue that holds so many messages. */
    public StorageAccount queue(String name, int messages) {
        queues.put(name, messages);
        return this;
    }

    /** A blob, in a container that is made for it. */
    public StorageAccount blob(String container, String name, String content) {
        containers
                .computeIfAbsent(container, made -> new ConcurrentHashMap<>())
                .put(name, content.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** From now on, its network rules shut out whoever calls. */
    public StorageAccount close() {
        closed = true;
        return this;
    }

    boolean isClosed() {
        return closed;
    }

    Optional<Integer> messages(String queue) {
        return Optional.ofNullable(queues.get(queue));
    }

    boolean hasContainer(String container) {
        return containers.containsKey(container);
    }

    Optional<byte[]> blob(String container, String name) {
        return Optional.ofNullable(containers.getOrDefault(container, Map.of()).get(name));
    }
}
