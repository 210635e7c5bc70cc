package io.github.acrattach.domain;

import io.github.acrattach.domain.NamespaceOutcome.State;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What is to be done next about a pair's pull secret, as data: a dry run is to stop here. */
public sealed interface SecretStep {

    /** Make the credential, or complete it. */
    record Make() implements SecretStep {}

    /** Give the pull role to the credential. */
    record Grant(PullGrant grant) implements SecretStep {}

    /** Add a password to the credential. */
    record AddPassword() implements SecretStep {}

    /** Ask the registry whether it lets the password in; again, where it did not a moment ago. */
    record Prove(Password password) implements SecretStep {}

    /** Store the password in these namespaces, and have these service accounts of each refer to it. */
    record Store(Password password, Set<String> namespaces, Set<String> serviceAccounts) implements SecretStep {}

    /** Remove the passwords that no namespace holds any more. */
    record Retire(List<Password> passwords) implements SecretStep {}

    /**
     * Nothing more can be done.
     *
     * @param former other passwords that go on living, because a namespace holds them, or may
     * @param namespaces how it stands in each that is meant, or that holds the secret
     */
    record Settle(Password password, List<Password> former, List<NamespaceOutcome> namespaces) implements SecretStep {}

    /** A new password is needed, and no namespace takes one: what stands in the way in each that is meant. */
    record Blocked(List<NamespaceOutcome> namespaces) implements SecretStep {

        /** What stands in the way: what passes, if anything does, before what lasts. */
        public Problem problem() {
            return Stream.of(State.PENDING, State.REFUSED, State.LEFT_ALONE)
                    .flatMap(state -> NamespaceOutcome.firstProblem(namespaces, state).stream())
                    .findFirst()
                    .orElseThrow();
        }

        /** Whether waiting helps. */
        public boolean passes() {
            return NamespaceOutcome.firstProblem(namespaces, State.PENDING).isPresent();
        }
    }

    /** Nothing can be done, now or later. */
    record Refuse(Problem problem) implements SecretStep {}

    /** Nothing can be done now; later it can. */
    record Wait(Problem problem, Optional<Duration> retryAfter) implements SecretStep {}

    /** One of the two is not there, or on its way out. */
    record NotThere(ArmId resource) implements SecretStep {}
}
