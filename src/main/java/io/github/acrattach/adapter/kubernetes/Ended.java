package io.github.acrattach.adapter.kubernetes;

import io.github.acrattach.domain.NamespaceOutcome;
import io.github.acrattach.domain.NamespaceOutcome.State;
import io.github.acrattach.domain.Problem.Kind;

/** How it ended in a namespace in which something failed. */
final class Ended {

    private Ended() {}

    static NamespaceOutcome with(String namespace, KubernetesFailure failure) {
        State state = failure.problem().kind() == Kind.NAMESPACE_TERMINATING
                ? State.TERMINATING
                : failure.passes() ? State.PENDING : State.REFUSED;
        return NamespaceOutcome.of(namespace, state, failure.problem());
    }
}
