package io.github.acrattach.domain;

import java.time.Duration;
import java.util.Optional;

/** How it ended: for a pair of cluster and registry, or for an event that came to no pair. */
public sealed interface Outcome {

    /** The pair it is about; empty when it came to none. */
    Optional<Pairing> pairing();

    /** The assignment was made. It is not effective at once: Azure takes up to ten minutes, AKS says up to sixty. */
    record Granted(Optional<Pairing> pairing, PullGrant grant) implements Outcome {
        public Granted(Pairing pairing, PullGrant grant) {
            this(Optional.of(pairing), grant);
        }
    }

    /** The cluster could pull already; nothing was written. */
    record AlreadyGranted(Optional<Pairing> pairing, PullGrant grant, RoleAssignment by) implements Outcome {
        public AlreadyGranted(Pairing pairing, PullGrant grant, RoleAssignment by) {
            this(Optional.of(pairing), grant, by);
        }
    }

    /** It cannot be done, and neither waiting nor repeating helps. */
    record Refused(Optional<Pairing> pairing, Problem problem) implements Outcome {}

    /** It could not be done now; the same again, later, can succeed. */
    record Postponed(Optional<Pairing> pairing, Problem problem, Optional<Duration> retryAfter) implements Outcome {}

    /** There is nothing to do; the reason, as a full sentence. */
    record Ignored(String reason) implements Outcome {
        @Override
        public Optional<Pairing> pairing() {
            return Optional.empty();
        }
    }

    /** A resource that was asked for by name is not there. */
    record Gone(Optional<Pairing> pairing, ArmId resource) implements Outcome {}
}
