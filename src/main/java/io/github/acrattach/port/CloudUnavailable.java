package io.github.acrattach.port;

import io.github.acrattach.domain.Problem;
import java.time.Duration;
import java.util.Optional;

/** Azure could not answer now; the same again, later, can succeed. The only failure that a port may end with. */
public final class CloudUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient Problem problem;
    private final transient Optional<Duration> retryAfter;

    /** Tells why, and how long Azure asks to wait if it did. */
    public CloudUnavailable(Problem problem, Optional<Duration> retryAfter) {
        super(problem.cause());
        this.problem = problem;
        this.retryAfter = retryAfter;
    }

    /** Why. */
    public Problem problem() {
        return problem;
    }

    /** How long Azure asks to wait, if it does. */
    public Optional<Duration> retryAfter() {
        return retryAfter;
    }
}
