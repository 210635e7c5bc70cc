package io.github.acrattach.emulator.eventgrid;

import java.time.Duration;
import java.util.List;

/** When a failed delivery is tried again: learn.microsoft.com/azure/event-grid/delivery-and-retry#retry-schedule. */
record RetrySchedule(double timeScale) {
    static final Duration TIME_TO_LIVE = Duration.ofHours(24);

    private static final List<Duration> DELAYS = List.of(
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(10),
            Duration.ofMinutes(30),
            Duration.ofHours(1),
            Duration.ofHours(3),
            Duration.ofHours(6),
            Duration.ofHours(12));

    Duration delay(int attempts, Outcome outcome) {
        Duration scheduled = DELAYS.get(Math.min(attempts, DELAYS.size()) - 1);
        return scaled(longer(scheduled, least(outcome.status())));
    }

    Duration timeToLive() {
        return scaled(TIME_TO_LIVE);
    }

    /** Some answers say that there is no hurry. */
    private static Duration least(int status) {
        return switch (status) {
            case 404 -> Duration.ofMinutes(5);
            case 408 -> Duration.ofMinutes(2);
            case 503 -> Duration.ofSeconds(30);
            default -> Duration.ZERO;
        };
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }

    private Duration scaled(Duration azure) {
        return Duration.ofNanos((long) (azure.toNanos() / timeScale));
    }
}
