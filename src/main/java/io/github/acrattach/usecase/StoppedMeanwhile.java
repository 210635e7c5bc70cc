package io.github.acrattach.usecase;

import io.github.acrattach.domain.Cluster;
import io.github.acrattach.domain.Outcome;
import io.github.acrattach.domain.Pairing;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.StateProblems;
import io.github.acrattach.port.CloudUnavailable;
import io.github.acrattach.port.Clusters;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Tells that a cluster was stopped while something was done inside it. No answer says so, and each route fails in a way of its
 * own: so ARM is asked again.
 */
@Singleton
record StoppedMeanwhile(Clusters clusters) {

    /** What the work comes to, unless it failed at a cluster that is stopped by now. */
    Outcome orElse(Pairing pairing, Cluster seen, Supplier<Outcome> work) {
        try {
            Outcome outcome = work.get();
            return outcome.trouble()
                    .filter(problem -> isOf(seen, problem))
                    .flatMap(problem -> stopped(pairing, seen))
                    .orElse(outcome);
        } catch (CloudUnavailable failure) {
            return Optional.of(failure.problem())
                    .filter(problem -> isOf(seen, problem))
                    .flatMap(problem -> stopped(pairing, seen))
                    .orElseThrow(() -> failure);
        }
    }

    private static boolean isOf(Cluster seen, Problem problem) {
        boolean isSilence = problem.kind() == Problem.Kind.CLUSTER_UNREACHABLE
                || problem.kind() == Problem.Kind.UNAVAILABLE
                || problem.kind() == Problem.Kind.REJECTED;
        return isSilence
                && problem.scope()
                        .filter(scope -> scope.startsWith(seen.id().toString()))
                        .isPresent();
    }

    private Optional<Outcome> stopped(Pairing pairing, Cluster seen) {
        return clusters.find(seen.id())
                .found()
                .filter(now -> now.power().isStopped())
                .map(now -> new Outcome.Refused(pairing, StateProblems.stopped(now, Optional.empty())));
    }
}
