package io.github.acrattach.trigger;

/** How long a call has taken so far. */
public final class Stopwatch {

    private final long start = System.nanoTime();

    /** Milliseconds since it was made. */
    public long millis() {
        return (System.nanoTime() - start) / 1_000_000;
    }
}
