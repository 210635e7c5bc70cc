package io.github.acrattach.adapter.kubernetes.delivery;

/** What somebody wants of the namespaces of a cluster. */
sealed interface Wish permits StorePullSecret, TakeBackPullSecret {

    Observation observation();

    /** What is to be done in a namespace as it was observed. */
    NamespaceDecision decide(ObservedNamespace namespace, NamespaceProblems problems);
}
