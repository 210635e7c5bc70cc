package io.github.acrattach.adapter.azure;

import io.github.acrattach.concurrent.Deadline;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How something is tried again that may come right by itself: after pauses, each twice as long as the one before.
 *
 * @param retries how often, at most, after the first try
 */
public record Backoff(int retries, Duration first, Duration longest) {

    /** Pauses before the next try; not when there is none, or when the work is given up. */
    public boolean pauseAfter(int tries) {
        return tries <= retries && Deadline.pause(delay(tries - 1));
    }

    /** A little less or more, so that many callers do not come back together. */
    Duration delay(int retriesBefore) {
        double jitter = ThreadLocalRandom.current().nextDouble(0.9, 1.1);
        long usual = Math.min(first.toMillis() << retriesBefore, longest.toMillis());
        return Duration.ofMillis((long) (usual * jitter));
    }
}
