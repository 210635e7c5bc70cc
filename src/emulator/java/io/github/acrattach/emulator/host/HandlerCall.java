package io.github.acrattach.emulator.host;

import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** One call of a handler, and the time that it has. */
final class HandlerCall implements AutoCloseable {
    private static final long MOMENT_MILLIS = 500;

    private final RunningHandler handler;
    private final HandlerConnection connection;
    private final TimeLimit limit;

    private HandlerCall(RunningHandler handler, HandlerConnection connection, TimeLimit limit) {
        this.handler = handler;
        this.connection = connection;
        this.limit = limit;
        limit.end().thenRun(() -> {
            handler.timedOut();
            connection.close();
        });
    }

    /** Waits for a handler; its time begins when there is one. */
    static HandlerCall open(HandlerSource handlers, Duration timeout, Duration grace)
            throws HandlerUnavailable, InterruptedException, IOException {
        RunningHandler handler = handlers.await();
        while (true) {
            try {
                return new HandlerCall(handler, new HandlerConnection(handler.uri()), new TimeLimit(timeout, grace));
            } catch (ConnectException refused) {
                // It has ended this very moment, and the next one is about to be started.
                handler = handlers.awaitOtherThan(handler);
            }
        }
    }

    /** A forwarded call keeps the Host that its caller named. */
    HandlerAnswer send(HandlerRequest request) throws IOException {
        boolean named = request.headers().firstValue("Host").isPresent();
        try {
            return connection.send(
                    named ? request : request.setting("Host", handler.uri().getAuthority()));
        } catch (IOException broken) {
            // A process that ends loses its connections first: nobody shall call it again before it is gone.
            handler.end()
                    .completeOnTimeout(null, MOMENT_MILLIS, TimeUnit.MILLISECONDS)
                    .join();
            throw broken;
        }
    }

    String url(HandlerRequest request) {
        return handler.uri() + request.target();
    }

    /** As if all of its time had passed. */
    void timeOut() {
        limit.runOut();
    }

    boolean isTimedOut() {
        return limit.isOver();
    }

    /** Until its time is over or the handler gone. */
    void awaitEnd() {
        CompletableFuture.anyOf(limit.end(), handler.end()).join();
    }

    @Override
    public void close() {
        limit.close();
        connection.close();
    }
}
