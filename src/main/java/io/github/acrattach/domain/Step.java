package io.github.acrattach.domain;

import java.util.Optional;
import java.util.function.Function;

/** What is to be done about a pair, as data: a dry run is to stop here. */
public sealed interface Step {

    /** Goes on with whichever it is. */
    <R> R fold(Function<PullGrant, R> grant, Function<Provision, R> provision, Function<Outcome, R> end);

    /** Make the role assignment. */
    record Grant(PullGrant grant) implements Step {
        @Override
        public <R> R fold(Function<PullGrant, R> make, Function<Provision, R> provision, Function<Outcome, R> end) {
            return make.apply(grant);
        }
    }

    /**
     * Let the cluster in by a pull secret.
     *
     * @param instead why not by a role, where that was wanted first
     */
    record Provision(Cluster cluster, Registry registry, Optional<Problem> instead) implements Step {
        @Override
        public <R> R fold(Function<PullGrant, R> grant, Function<Provision, R> provision, Function<Outcome, R> end) {
            return provision.apply(this);
        }
    }

    /** Nothing: this is how it ends. */
    record End(Outcome outcome) implements Step {
        @Override
        public <R> R fold(Function<PullGrant, R> grant, Function<Provision, R> provision, Function<Outcome, R> end) {
            return end.apply(outcome);
        }
    }
}
