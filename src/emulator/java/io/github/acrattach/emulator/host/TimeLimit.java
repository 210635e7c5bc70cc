package io.github.acrattach.emulator.host;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** The time that one invocation has: at its end it has failed, and after the grace nobody waits for it any longer. */
final class TimeLimit implements AutoCloseable {
    private static final ScheduledExecutorService TIMER = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "function-timeout");
        thread.setDaemon(true);
        return thread;
    });

    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private final Duration grace;
    private long limit;
    private ScheduledFuture<?> alarm;

    TimeLimit(Duration timeout, Duration grace) {
        this.grace = grace;
        setTo(timeout);
    }

    /** As if all of the timeout had passed; the grace begins. */
    synchronized void runOut() {
        if (!isOver() && alarm.cancel(false)) {
            setTo(Duration.ZERO);
        }
    }

    private void setTo(Duration timeout) {
        limit = System.nanoTime() + timeout.toNanos();
        alarm = TIMER.schedule(
                () -> {
                    end.complete(null);
                },
                timeout.plus(grace).toMillis(),
                TimeUnit.MILLISECONDS);
    }

    synchronized boolean isOver() {
        return System.nanoTime() - limit >= 0;
    }

    /** After the grace; never when it was closed before. */
    CompletableFuture<Void> end() {
        return end;
    }

    @Override
    public synchronized void close() {
        alarm.cancel(false);
    }
}
