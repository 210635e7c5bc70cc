package io.github.acrattach.emulator.estate;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** A password of an application or a service principal: whoever knows it can sign in as the service principal. */
public record Password(
        String keyId, Optional<String> displayName, Instant start, Instant end, String secret, Instant created) {
    /** The alphabet and the length of secrets that Entra makes today. */
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~";

    private static final int LENGTH = 40;
    private static final SecureRandom RANDOM = new SecureRandom();

    public static Password generate(Optional<String> displayName, Instant start, Instant end, Instant now) {
        String secret = RANDOM.ints(LENGTH, 0, ALPHABET.length())
                .mapToObj(at -> String.valueOf(ALPHABET.charAt(at)))
                .collect(Collectors.joining());
        return new Password(UUID.randomUUID().toString(), displayName, start, end, secret, now);
    }

    Password endingAt(Instant other) {
        return new Password(keyId, displayName, start.isBefore(other) ? start : other, other, secret, created);
    }

    /** What Graph shows of a secret for good. */
    public String hint() {
        return secret.substring(0, Math.min(3, secret.length()));
    }

    @Override
    public String toString() {
        return "password " + keyId;
    }
}
