package io.github.acrattach.emulator.host;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** The errors of a handler that the host counts: the third within half an hour ends it (host 4.1037). */
public final class Crashes {
    private static final Duration WITHIN = Duration.ofMinutes(30);
    private static final int TOO_MANY = 3;

    private final Deque<Instant> times = new ArrayDeque<>();

    /** Whether that was one too many. */
    public boolean count(Instant now) {
        times.add(now);
        while (times.peekFirst().isBefore(now.minus(WITHIN))) {
            times.removeFirst();
        }
        return times.size() >= TOO_MANY;
    }
}
