package io.github.acrattach.adapter.kubernetes.delivery;

import java.util.List;

/** What somebody wants of the namespaces of a cluster. */
sealed interface Wish permits StorePullSecret, TakeBackPullSecret {

    Observation observation();

    /** The same for a further look, which knows what was observed before. */
    Wish after(List<ObservedNamespace> observed);

    /** What is to be done in a namespace as it was observed. */
    NamespaceDecision decide(ObservedNamespace namespace, NamespaceProblems problems);
}
