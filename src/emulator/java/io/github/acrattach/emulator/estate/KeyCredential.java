package io.github.acrattach.emulator.estate;

import java.time.Instant;

/** A certificate of an application or a service principal; the emulator shows it, and lets nobody sign in with it. */
public record KeyCredential(String keyId, String displayName, Instant start, Instant end) {}
