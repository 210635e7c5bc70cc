package io.github.acrattach.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a registry says to a credential.
 *
 * @param problem what is wrong; empty when the credential pulls
 * @param retryAfter how long the registry asks to wait until it is asked again, if it does
 * @param at when it said so, where that was noted
 */
public record Proof(Verdict verdict, Optional<Problem> problem, Optional<Duration> retryAfter, Optional<Instant> at) {

    /** The answers that can be told apart. */
    public enum Verdict {
        /** It may pull. */
        PULLS,
        /** User name or password are wrong, or not effective yet. */
        REJECTED,
        /** They are right, but may not pull what they should, or not yet. */
        UNAUTHORIZED,
        /** They may pull, but the repository that was named is not there. */
        NO_REPOSITORY,
        /** The registry does not let this program in, so that nothing is proven: a firewall, or no way there. */
        UNREACHABLE,
        /** The registry could not answer at that moment. */
        UNANSWERED
    }

    /** The credential pulls. */
    public static final Proof PULLS = new Proof(Verdict.PULLS, Optional.empty(), Optional.empty(), Optional.empty());

    /** Anything else. */
    public static Proof of(Verdict verdict, Problem problem) {
        return new Proof(verdict, Optional.of(problem), Optional.empty(), Optional.empty());
    }

    /** There was no answer. */
    public static Proof unanswered(Problem problem, Optional<Duration> retryAfter) {
        return new Proof(Verdict.UNANSWERED, Optional.of(problem), retryAfter, Optional.empty());
    }

    /** The same, said at that time. */
    public Proof at(Instant time) {
        return new Proof(verdict, problem, retryAfter, Optional.of(time));
    }

    /** Whether the registry let the password in, whatever it may pull. */
    boolean knowsPassword() {
        return verdict == Verdict.PULLS || verdict == Verdict.UNAUTHORIZED || verdict == Verdict.NO_REPOSITORY;
    }

    /** Whether the credential does not pull for now, as far as is known; the same question again can come out better. */
    public boolean fails() {
        return verdict == Verdict.REJECTED || verdict == Verdict.UNAUTHORIZED || verdict == Verdict.UNANSWERED;
    }
}
