package io.github.acrattach.domain;

import java.time.Instant;

/**
 * A password of a credential, as its issuer lists it: never its value.
 *
 * @param id tells it from every other password that the credential has or had
 */
public record Password(String id, Instant created, Instant expires) {

    /** Whether it still opens the registry at that time. */
    boolean livesAt(Instant time) {
        return expires.isAfter(time);
    }
}
