package io.github.acrattach.emulator.eventgrid;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.http.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** One event on its way to one subscription. */
public final class Delivery {
    private final Event event;
    private final EventSubscription subscription;
    private final Instant published = Instant.now();
    private final List<Attempt> attempts = new CopyOnWriteArrayList<>();
    private volatile State state = State.PENDING;
    private volatile String deadLetterReason = "";

    Delivery(Event event, EventSubscription subscription) {
        this.event = event;
        this.subscription = subscription;
    }

    /** The states of a delivery; only the first is not final. */
    public enum State {
        PENDING,
        DELIVERED,
        DEAD_LETTERED
    }

    public Event event() {
        return event;
    }

    public EventSubscription subscription() {
        return subscription;
    }

    public List<Attempt> attempts() {
        return List.copyOf(attempts);
    }

    public State state() {
        return state;
    }

    Instant published() {
        return published;
    }

    ObjectNode body() {
        return event.in(subscription.schema());
    }

    void tried(Attempt attempt) {
        attempts.add(attempt);
    }

    void delivered() {
        state = State.DELIVERED;
    }

    void deadLettered(String reason) {
        deadLetterReason = reason;
        state = State.DEAD_LETTERED;
    }

    /** The event with what became of it, as Event Grid writes it into the dead-letter container. */
    public Optional<ObjectNode> deadLetter() {
        if (state != State.DEAD_LETTERED) {
            return Optional.empty();
        }
        Attempt last = attempts.get(attempts.size() - 1);
        return Optional.of(body().deepCopy()
                .put("deadLetterReason", deadLetterReason)
                .put("deliveryAttempts", attempts.size())
                .put("lastDeliveryOutcome", last.outcome().name())
                .put("publishTime", Json.timestamp(published))
                .put("lastDeliveryAttemptTime", Json.timestamp(last.start())));
    }
}
