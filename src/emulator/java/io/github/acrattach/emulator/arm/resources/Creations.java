package io.github.acrattach.emulator.arm.resources;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Resources that are still being made, each with the moment at which it will be ready. */
final class Creations {
    private final ScheduledExecutorService clock;
    private final Map<String, Future<?>> pending = new ConcurrentHashMap<>();

    Creations(ScheduledExecutorService clock) {
        this.clock = clock;
    }

    void begin(String id, Duration lasts, Runnable ready) {
        Runnable once = () -> {
            if (pending.remove(ResourceId.key(id)) != null) {
                ready.run();
            }
        };
        // Registered before it can run, or a very short creation would find nothing to finish.
        pending.compute(ResourceId.key(id), (key, before) -> {
            if (before != null) {
                before.cancel(false);
            }
            return clock.schedule(once, lasts.toNanos(), TimeUnit.NANOSECONDS);
        });
    }

    void cancel(String id) {
        Future<?> creation = pending.remove(ResourceId.key(id));
        if (creation != null) {
            creation.cancel(false);
        }
    }

    void cancelAll() {
        pending.keySet().forEach(this::cancel);
    }
}
