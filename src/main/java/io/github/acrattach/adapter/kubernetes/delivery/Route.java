package io.github.acrattach.adapter.kubernetes.delivery;

import io.github.acrattach.adapter.kubernetes.access.ApiRequest;
import io.github.acrattach.adapter.kubernetes.access.KubernetesFailure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How one observes and carries out in a cluster; it decides nothing. Its calls block. */
interface Route {

    /** In the order of the names. */
    List<ObservedNamespace> observe(Observation observation) throws KubernetesFailure;

    /** What this program's pull secrets are called that begin so, in whichever namespace, as far as that may be seen. */
    Set<String> namesBeginningWith(String beginning) throws KubernetesFailure;

    /** Carries out the steps of each namespace. */
    CarriedOut carryOut(List<NamespaceDecision> decisions, Observation observation) throws KubernetesFailure;

    NamespaceProblems problems();

    /** How long a service account may be waited for that Kubernetes makes a moment after its namespace. */
    Duration serviceAccountWait();

    /** A request that failed, and how. */
    record Failed(ApiRequest request, KubernetesFailure failure) {}

    /**
     * How it went.
     *
     * @param failures the first of each namespace in which there was one
     * @param observedSince those namespaces as they are now, where that was cheap to see
     */
    record CarriedOut(Map<String, Failed> failures, Optional<List<ObservedNamespace>> observedSince) {
        Optional<Failed> failure(String namespace) {
            return Optional.ofNullable(failures.get(namespace));
        }
    }
}
