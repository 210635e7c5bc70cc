package io.github.acrattach.usecase;

import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.Outcome;
import io.github.acrattach.domain.Problem;
import java.util.Optional;
import java.util.function.Supplier;

/** One look at an installation: what fails, or takes too long, is told in its place, and keeps from nothing else. */
record Inspection(Patience patience) {

    /** The fix where waiting is one. */
    static final String AGAIN = "call GET /api/self again in a minute";

    /** What came of it; denied when it failed. */
    <T> Lookup<T> look(Supplier<Lookup<T>> look) {
        try {
            return patience.limit(look);
        } catch (RuntimeException failure) {
            Outcome.Postponed postponed = Patience.postponed(Optional.empty(), failure);
            return new Lookup.Denied<>(again(postponed.problem()));
        }
    }

    /** No event and no timer comes back for this. */
    private static Problem again(Problem problem) {
        return problem.kind() == Problem.Kind.DEFECT
                ? problem
                : new Problem(
                        problem.kind(), problem.cause(), problem.action(), problem.scope(), problem.caller(), AGAIN);
    }
}
