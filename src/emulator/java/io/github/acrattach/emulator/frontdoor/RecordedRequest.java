package io.github.acrattach.emulator.frontdoor;

import java.time.Instant;
import java.util.Optional;

/** One request as the log keeps it: never a header, never a body; status 0 means that no answer was sent. */
public record RecordedRequest(
        long number,
        Instant start,
        Instant end,
        String method,
        String path,
        String query,
        Optional<String> caller,
        int status) {}
