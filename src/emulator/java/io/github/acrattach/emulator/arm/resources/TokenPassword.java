package io.github.acrattach.emulator.arm.resources;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.http.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** One of the two passwords of a registry token; only the answer that brings it shows its value. */
record TokenPassword(String name, Instant created, Optional<Instant> expiry, String value) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 39;
    /** Azure writes times in steps of 100 ns: the next one is always later, and looks it. */
    private static final int STEP = 100;

    private static final AtomicReference<Instant> LAST = new AtomicReference<>(Instant.EPOCH);

    static TokenPassword generate(String name, Optional<Instant> expiry, Instant now) {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return new TokenPassword(name, later(now), expiry, Base64.getEncoder().encodeToString(bytes));
    }

    boolean opensWith(String password, Instant now) {
        return MessageDigest.isEqual(value.getBytes(StandardCharsets.UTF_8), password.getBytes(StandardCharsets.UTF_8))
                && expiry.filter(end -> !end.isAfter(now)).isEmpty();
    }

    ObjectNode body() {
        ObjectNode body = Json.object().put("creationTime", Json.timestamp(created));
        expiry.ifPresent(end -> body.put("expiry", Json.timestamp(end)));
        return body.put("name", name);
    }

    ObjectNode bodyWithValue() {
        return body().put("value", value);
    }

    @Override
    public String toString() {
        return name + " of " + created;
    }

    private static Instant later(Instant clock) {
        Instant now = clock.minusNanos(clock.getNano() % STEP);
        return LAST.updateAndGet(last -> now.isAfter(last) ? now : last.plusNanos(STEP));
    }
}
