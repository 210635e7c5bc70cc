package io.github.acrattach.emulator.eventgrid;

/** Who wants which events, in which schema, and how often a delivery is tried. */
public record EventSubscription(
        String name, Destination destination, EventSchema schema, EventFilter filter, int maxDeliveryAttempts) {
    private static final int MOST_ATTEMPTS = 30;

    public EventSubscription {
        if (maxDeliveryAttempts < 1 || maxDeliveryAttempts > MOST_ATTEMPTS) {
            throw new IllegalArgumentException(
                    "maxDeliveryAttempts must be between 1 and 30, not " + maxDeliveryAttempts);
        }
    }

    /** Every event, in Event Grid's schema, with Azure's own limit of attempts. */
    public static EventSubscription to(String name, Destination destination) {
        return new EventSubscription(
                name, destination, EventSchema.EventGridSchema, EventFilter.everything(), MOST_ATTEMPTS);
    }

    public EventSubscription in(EventSchema wanted) {
        return new EventSubscription(name, destination, wanted, filter, maxDeliveryAttempts);
    }

    public EventSubscription only(EventFilter wanted) {
        return new EventSubscription(name, destination, schema, wanted, maxDeliveryAttempts);
    }

    public EventSubscription triedAtMost(int attempts) {
        return new EventSubscription(name, destination, schema, filter, attempts);
    }
}
