package io.github.acrattach.adapter.kubernetes;

import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.port.CloudUnavailable;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Optional;

/** An API server did not do what was asked, or did not answer. */
final class KubernetesFailure extends Exception {

    private static final long serialVersionUID = 1;

    private final int status;
    private final boolean passes;
    private final transient Problem problem;
    private final transient Optional<Duration> retryAfter;

    /**
     * Tells what went wrong.
     *
     * @param status the HTTP status; 0 when there was no answer
     * @param passes whether the same again, later, can succeed
     */
    KubernetesFailure(int status, boolean passes, Problem problem, Optional<Duration> retryAfter) {
        super(problem.cause());
        this.status = status;
        this.passes = passes;
        this.problem = problem;
        this.retryAfter = retryAfter;
    }

    /** Whether there is no such thing. */
    boolean absent() {
        return status == 404;
    }

    /** Whether somebody else was faster: what was decided on is not what is there now. */
    boolean conflict() {
        return status == 409;
    }

    /** Whether it says nothing about what else is asked of the same API server. */
    boolean ofThisAlone() {
        return status == 403 || status == 500;
    }

    boolean passes() {
        return passes;
    }

    Problem problem() {
        return problem;
    }

    Optional<Duration> retryAfter() {
        return retryAfter;
    }

    /** What it means for whoever asked: a refusal, or that the same again, later, can succeed. */
    <T> Uni<Lookup<T>> answer() {
        return passes
                ? Uni.createFrom().failure(new CloudUnavailable(problem, retryAfter))
                : Uni.createFrom().item(new Lookup.Denied<>(problem));
    }
}
