package io.github.acrattach.domain;

import java.util.List;
import java.util.Optional;

/**
 * How it ended in one namespace.
 *
 * @param problem why it is not as it should be; empty where it is
 * @param referenced whether any service account refers to the secret that is ready there; empty where that is not known
 * @param secret the name of the pull secret there, where it is another one than the registry's secrets get
 */
public record NamespaceOutcome(
        String namespace,
        State state,
        Optional<Problem> problem,
        Optional<Boolean> referenced,
        Optional<String> secret) {

    /** The ways in which it can end. */
    public enum State {
        /** It holds the secret, and the service accounts that are to refer to it do. */
        READY,
        /** It holds nothing of this program's any more. */
        REMOVED,
        /** It is going away. */
        TERMINATING,
        /** Somebody else's secret stands there, and was left alone. */
        SKIPPED,
        /** Refused; neither waiting nor repeating helps. */
        REFUSED,
        /** Not now; later it can succeed. */
        PENDING
    }

    /** A namespace that is as it should be, or that nothing is to be done about. */
    public static NamespaceOutcome of(String namespace, State state) {
        return new NamespaceOutcome(namespace, state, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** The first problem of those that ended so. */
    public static Optional<Problem> firstProblem(List<NamespaceOutcome> outcomes, State state) {
        return outcomes.stream()
                .filter(each -> each.state() == state)
                .flatMap(each -> each.problem().stream())
                .findFirst();
    }

    /** A namespace that is not as it should be. */
    public static NamespaceOutcome of(String namespace, State state, Problem problem) {
        return new NamespaceOutcome(namespace, state, Optional.of(problem), Optional.empty(), Optional.empty());
    }

    /** The same where it is known whether any service account refers to the secret. */
    public NamespaceOutcome referenced(boolean any) {
        return new NamespaceOutcome(namespace, state, problem, Optional.of(any), secret);
    }

    /** The same of a secret of that name. */
    public NamespaceOutcome of(String name, PullSecretOwner owner) {
        return new NamespaceOutcome(
                namespace,
                state,
                problem,
                referenced,
                Optional.of(name).filter(each -> !each.equals(owner.secretName())));
    }
}
