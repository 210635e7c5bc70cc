package io.github.acrattach.emulator.eventgrid;

import java.time.Instant;

/** One attempt to deliver an event. */
public record Attempt(Instant start, Instant end, Outcome outcome) {}
