package io.github.acrattach.domain;

import java.time.Duration;
import java.time.Instant;

/**
 * A password of a credential, as its issuer lists it: never its value.
 *
 * @param id tells it from every other password that the credential has or had
 */
public record Password(String id, Instant created, Instant expires) {

    /** When a password expires to which its issuer gives no end. */
    public static final Instant NEVER = Instant.parse("9999-12-31T23:59:59Z");

    /** How long it may take until it is known everywhere. */
    private static final Duration SPREADING = Duration.ofMinutes(15);

    /** Whether it is known everywhere by that time, if it is valid. */
    public boolean isSpreadAt(Instant time) {
        return created.isBefore(time.minus(SPREADING));
    }

    /** Whether it still opens the registry at that time. */
    public boolean isValidAt(Instant time) {
        return expires.isAfter(time);
    }
}
