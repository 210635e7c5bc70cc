package io.github.acrattach.emulator.eventgrid;

import java.time.Duration;

/** Where a subscription's events go. */
public sealed interface Destination permits Webhook, FunctionDestination, QueueDestination {
    /** learn.microsoft.com/azure/event-grid/delivery-and-retry#retry-schedule. */
    Duration ANSWER_WITHIN = Duration.ofSeconds(30);

    /** Refuses a destination that does not agree to receive events. */
    void validate(String subscriptionName, EventSchema schema);

    Outcome deliver(Delivery delivery, int attempt);
}
