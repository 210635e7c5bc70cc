package io.github.acrattach.adapter.azure;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** The header by which Azure asks to wait: in seconds, or until a date (RFC 9110, section 10.2.3). */
final class RetryAfter {

    /** A day in seconds; Event Grid gives up after that. */
    private static final long LONGEST = 86_400;

    private RetryAfter() {}

    static Optional<Duration> in(String header) {
        if (header == null || header.isBlank()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Duration.ofSeconds(Math.min(Math.max(0, Long.parseLong(header.strip())), LONGEST)));
        } catch (NumberFormatException notSeconds) {
            return untilDate(header.strip());
        }
    }

    private static Optional<Duration> untilDate(String header) {
        try {
            OffsetDateTime date = OffsetDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME);
            Duration left = Duration.between(OffsetDateTime.now(), date);
            return Optional.of(left.isNegative() ? Duration.ZERO : left);
        } catch (DateTimeException unreadable) {
            return Optional.empty();
        }
    }
}
