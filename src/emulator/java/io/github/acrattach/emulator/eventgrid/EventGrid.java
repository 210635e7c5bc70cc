package io.github.acrattach.emulator.eventgrid;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Delivers each published event to every subscription that wants it, at least once, in no order. */
public final class EventGrid implements AutoCloseable {
    private final RetrySchedule schedule;
    private final ScheduledExecutorService clock;
    private final Supplier<List<Event>> announcedEarly;
    private final Map<String, EventSubscription> subscriptions = new ConcurrentHashMap<>();
    private final Set<Delivery> deliveries = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "emulator-event-grid");
        thread.setDaemon(true);
        return thread;
    });

    public EventGrid(double timeScale, ScheduledExecutorService clock, Supplier<List<Event>> announcedEarly) {
        this.schedule = new RetrySchedule(timeScale);
        this.clock = clock;
        this.announcedEarly = announcedEarly;
    }

    /**
     * Shakes hands with the destination, and replaces a subscription of the same name. Resources of the estate that were
     * announced before they are ready are announced to a subscription that comes while they are not: whoever starts the
     * emulator cannot have subscribed before it was there.
     */
    public void subscribe(EventSubscription subscription) {
        subscription.destination().validate(subscription.name(), subscription.schema());
        subscriptions.put(subscription.name(), subscription);
        announcedEarly.get().forEach(event -> send(event, subscription));
    }

    public void unsubscribe(String name) {
        subscriptions.remove(name);
    }

    public Collection<EventSubscription> subscriptions() {
        return List.copyOf(subscriptions.values());
    }

    public void publish(Event event) {
        subscriptions.values().forEach(subscription -> send(event, subscription));
    }

    /** All deliveries since the start or the last reset, finished ones included. */
    public List<Delivery> deliveries() {
        return deliveries.stream()
                .sorted(Comparator.comparing(Delivery::published))
                .toList();
    }

    public List<Delivery> pending() {
        return deliveries().stream()
                .filter(delivery -> delivery.state() == Delivery.State.PENDING)
                .toList();
    }

    public List<ObjectNode> deadLetters() {
        return deliveries().stream()
                .flatMap(delivery -> delivery.deadLetter().stream())
                .toList();
    }

    /** Forgets all deliveries, pending ones included; the subscriptions stay. */
    public void reset() {
        deliveries.clear();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private void send(Event event, EventSubscription subscription) {
        if (subscription.filter().accepts(event)) {
            Delivery delivery = new Delivery(event, subscription);
            deliveries.add(delivery);
            threads.execute(() -> attempt(delivery));
        }
    }

    private void attempt(Delivery delivery) {
        if (!deliveries.contains(delivery)) {
            return;
        }
        Instant start = Instant.now();
        int number = delivery.attempts().size() + 1;
        Outcome outcome = delivery.subscription().destination().deliver(delivery, number);
        delivery.tried(new Attempt(start, Instant.now(), outcome));
        if (outcome.succeeded()) {
            delivery.delivered();
        } else if (outcome.isFinal()) {
            delivery.deadLettered("UndeliverableDueToClientError");
        } else if (number >= delivery.subscription().maxDeliveryAttempts()) {
            delivery.deadLettered("MaxDeliveryAttemptsExceeded");
        } else {
            retry(delivery, schedule.delay(number, outcome));
        }
    }

    private void retry(Delivery delivery, Duration delay) {
        if (Instant.now().plus(delay).isAfter(delivery.published().plus(schedule.timeToLive()))) {
            delivery.deadLettered("TimeToLiveExceeded");
            return;
        }
        try {
            clock.schedule(() -> threads.execute(() -> attempt(delivery)), delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException closing) {
            delivery.deadLettered("The emulator was closed");
        }
    }
}
