package io.github.acrattach.emulator.estate;

import java.time.Instant;
import java.util.Optional;

/** A password of an application: whoever knows it can sign in as the application's service principal. */
public record Password(
        String keyId, Optional<String> displayName, Instant start, Instant end, String secret, Instant created) {

    /** What Graph shows of a secret for good. */
    public String hint() {
        return secret.substring(0, Math.min(3, secret.length()));
    }

    @Override
    public String toString() {
        return "password " + keyId;
    }
}
