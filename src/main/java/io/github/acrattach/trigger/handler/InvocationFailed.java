package io.github.acrattach.trigger.handler;

import java.time.Duration;
import java.util.Optional;

/** Makes the host fail the invocation, so that Event Grid, or the queue, brings the event again. */
final class InvocationFailed extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient HostAnswer answer;
    private final transient Optional<Duration> retryAfter;

    InvocationFailed(HostAnswer answer, Optional<Duration> retryAfter) {
        super("The event has to come again.", null, false, false);
        this.answer = answer;
        this.retryAfter = retryAfter;
    }

    HostAnswer answer() {
        return answer;
    }

    Optional<Duration> retryAfter() {
        return retryAfter;
    }
}
