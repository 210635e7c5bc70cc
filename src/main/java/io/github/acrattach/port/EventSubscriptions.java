package io.github.acrattach.port;

import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.installation.EventSubscription;
import io.github.acrattach.domain.installation.SubscriptionEvents;
import java.time.Instant;
import java.util.UUID;

/** The event subscriptions of Event Grid. */
public interface EventSubscriptions {

    /** Those for what happens in a subscription. */
    SubscriptionEvents in(UUID subscription);

    /** The beginning of the last hour, of those since then, in which it delivered an event; absent when there is none. */
    Lookup<Instant> lastDelivery(EventSubscription subscription, Instant since, Instant now);
}
