package io.github.acrattach.adapter.kubernetes.access;

import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.port.CloudUnavailable;
import java.time.Duration;
import java.util.Optional;

/** An API server did not do what was asked, or did not answer. */
public final class KubernetesFailure extends Exception {

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
    public KubernetesFailure(int status, boolean passes, Problem problem, Optional<Duration> retryAfter) {
        super(problem.cause());
        this.status = status;
        this.passes = passes;
        this.problem = problem;
        this.retryAfter = retryAfter;
    }

    /** Whether there is no such thing. */
    public boolean absent() {
        return status == 404;
    }

    /** Whether somebody else was faster: what was decided on is not what is there now. */
    public boolean conflict() {
        return status == 409;
    }

    /** Whether it says nothing about what else is asked of the same API server. */
    public boolean ofThisAlone() {
        return status == 403 || status == 500;
    }

    public boolean passes() {
        return passes;
    }

    public Problem problem() {
        return problem;
    }

    public Optional<Duration> retryAfter() {
        return retryAfter;
    }

    /** What it means for whoever asked: a refusal, or that the same again, later, can succeed. */
    public <T> Lookup<T> answer() {
        if (passes) {
            throw new CloudUnavailable(problem, retryAfter);
        }
        return new Lookup.Denied<>(problem);
    }

    /** What was found on the way to the cluster; anything else ends the work. */
    public static <T> T orThrow(Lookup<T> answer) throws KubernetesFailure {
        if (answer instanceof Lookup.Denied<T> denied) {
            throw new KubernetesFailure(0, false, denied.problem(), Optional.empty());
        }
        return answer.found().orElseThrow(ClusterGone::new);
    }
}
