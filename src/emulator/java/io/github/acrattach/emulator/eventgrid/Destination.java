package io.github.acrattach.emulator.eventgrid;

/** Where a subscription's events go. */
public sealed interface Destination permits Webhook, FunctionDestination {

    /** Refuses a destination that does not agree to receive events. */
    void validate(String subscriptionName, EventSchema schema);

    Outcome deliver(Delivery delivery, int attempt);
}
