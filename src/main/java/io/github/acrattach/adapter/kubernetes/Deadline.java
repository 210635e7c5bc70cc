package io.github.acrattach.adapter.kubernetes;

import java.time.Duration;

/** A time that all waits of one call share. */
final class Deadline {

    private final long end;

    private Deadline(long end) {
        this.end = end;
    }

    static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    /** Whether there is time for another wait. */
    boolean allows(Duration wait) {
        return System.nanoTime() + wait.toNanos() <= end;
    }
}
