package io.github.acrattach.emulator.eventgrid;

import io.github.acrattach.emulator.host.FunctionsHost;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A function, reached through the webhook that the Functions host opens for Event Grid triggers.
 *
 * @param patience how long Event Grid waits for an answer; the function goes on nevertheless
 */
public record FunctionDestination(FunctionsHost host, String function, Duration patience) implements Destination {
    private static final Executor DELIVERIES = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "event-delivery");
        thread.setDaemon(true);
        return thread;
    });

    public FunctionDestination(FunctionsHost host, String function) {
        this(host, function, ANSWER_WITHIN);
    }

    /** The host's extension answers the handshake itself, once the app is loaded. */
    @Override
    public void validate(String subscriptionName, EventSchema schema) {
        if (!host.app().functions().containsKey(function)) {
            throw new IllegalArgumentException("The app has no function " + function);
        }
    }

    /** The extension answers 202 after the function has ended, 500 when it failed. */
    @Override
    public Outcome deliver(Delivery delivery, int attempt) {
        return CompletableFuture.supplyAsync(() -> host.invoke(function, delivery.body()), DELIVERIES)
                .thenApply(invocation -> new Outcome(invocation.succeeded() ? 202 : 500, invocation.reason()))
                .completeOnTimeout(
                        new Outcome(0, "No answer came within " + patience), patience.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }
}
