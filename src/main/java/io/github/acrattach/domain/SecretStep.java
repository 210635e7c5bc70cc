package io.github.acrattach.domain;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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

    /** Nothing more can be done: how it stands in each namespace that is meant, or that holds the secret. */
    record Settle(Password password, List<NamespaceOutcome> namespaces) implements SecretStep {}

    /** Nothing can be done, now or later. */
    record Refuse(Problem problem) implements SecretStep {}

    /** Nothing can be done now; later it can. */
    record Wait(Problem problem, Optional<Duration> retryAfter) implements SecretStep {}

    /** One of the two is not there, or on its way out. */
    record NotThere(ArmId resource) implements SecretStep {}
}
