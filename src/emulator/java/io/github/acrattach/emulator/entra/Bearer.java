package io.github.acrattach.emulator.entra;

import java.time.Instant;

/** What a request's Authorization header turned out to be. */
public sealed interface Bearer {
    /** A good token for this API. */
    record Valid(Caller caller) implements Bearer {}

    /** No header at all. */
    record Missing() implements Bearer {}

    /** Not a token of this tenant. */
    record Invalid() implements Bearer {}

    /** A token of this tenant whose time is over. */
    record Expired(Instant at) implements Bearer {}

    /** A token of this tenant for another API. */
    record WrongAudience(String audience) implements Bearer {}
}
