package io.github.acrattach.adapter.azure;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The SDK's clients of one kind: each works in one subscription, and is made when that is first asked about. */
public final class PerSubscription<C> {
    private static final int MOST_CLIENTS = 64;

    private final Map<UUID, C> clients = new ConcurrentHashMap<>();
    private final Function<UUID, C> making;

    /** Makes them in this way. */
    public PerSubscription(Function<UUID, C> making) {
        this.making = making;
    }

    /** The client for the subscription. */
    public C client(UUID subscription) {
        if (clients.size() >= MOST_CLIENTS) {
            // Whoever calls the API can name any subscription.
            clients.clear();
        }
        return clients.computeIfAbsent(subscription, making);
    }
}
