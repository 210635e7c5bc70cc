package io.github.acrattach.emulator.kubernetes;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** What a cluster does by itself, a moment after somebody has given it a reason. */
public record Controllers(ScheduledExecutorService clock, Duration delay) {

    void soon(Runnable work) {
        if (delay.isZero()) {
            work.run();
            return;
        }
        try {
            clock.schedule(work, delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException closed) {
            // The emulator is closing: nobody is left to see what the controllers would have done.
            System.getLogger(Controllers.class.getName()).log(System.Logger.Level.DEBUG, "Closed", closed);
        }
    }
}
