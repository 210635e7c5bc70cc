package io.github.acrattach.adapter.kubernetes.access;

import java.time.Duration;

/** A time that all waits of one call share; a worker waits on its own thread. */
public final class Deadline {

    private final long end;

    private Deadline(long end) {
        this.end = end;
    }

    public static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    /** Whether there is time for another wait. */
    public boolean allows(Duration wait) {
        return System.nanoTime() + wait.toNanos() <= end;
    }

    /** Whether the time has passed; not when the work is given up. */
    public static boolean pause(Duration time) {
        try {
            Thread.sleep(time.toMillis());
            return true;
        } catch (InterruptedException givenUp) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
