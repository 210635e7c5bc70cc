package io.github.acrattach.domain;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is to be done next about a pair's pull secret, as data: a dry run is to stop here. */
public sealed interface SecretStep {

    /** Goes on with whichever it is. */
    <R> R fold(Cases<R> cases);

    /** What follows from each step. */
    interface Cases<R> {
        R make();

        R grant(PullGrant grant);

        R addPassword(Duration lifetime);

        R prove(Secret value);

        R store(Store store);

        R retire(List<Password> passwords);

        R withdraw(List<RoleAssignment> assignments);

        R await(Wait wait);

        R end(Outcome outcome);
    }

    /** Make the credential, or complete it. */
    record Make() implements SecretStep {
        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.make();
        }
    }

    /** Give the pull role to the credential. */
    record Grant(PullGrant grant) implements SecretStep {
        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.grant(grant);
        }
    }

    /** Add a password to the credential that is valid for so long. */
    record AddPassword(Duration lifetime) implements SecretStep {
        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.addPassword(lifetime);
        }
    }

    /** Ask the registry whether it lets the value of a password in; again, where it did not a moment ago. */
    record Prove(Secret value) implements SecretStep {
        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.prove(value);
        }
    }

    /** Store the password in these namespaces, and have service accounts of each refer to it. */
    record Store(Password password, Set<String> namespaces, ReferenceTerms references) implements SecretStep {
        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.store(this);
        }
    }

    /** Take the pull role back from those that stood for the credential before. */
    record Withdraw(List<RoleAssignment> assignments) implements SecretStep {
        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.withdraw(assignments);
        }
    }

    /** Remove the passwords that no namespace holds any more. */
    record Retire(List<Password> passwords) implements SecretStep {
        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.retire(passwords);
        }
    }

    /** Look again after a while; if there is no time for it, it is postponed. */
    record Wait(Problem problem, Optional<Duration> retryAfter) implements SecretStep {
        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.await(this);
        }
    }

    /** Nothing more: this is how it ends. */
    record End(Outcome outcome) implements SecretStep {
        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.end(outcome);
        }
    }
}
