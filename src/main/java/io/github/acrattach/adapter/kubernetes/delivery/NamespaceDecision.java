package io.github.acrattach.adapter.kubernetes.delivery;

import io.github.acrattach.adapter.kubernetes.access.ApiRequest;
import io.github.acrattach.domain.NamespaceOutcome;
import java.util.List;
import java.util.Optional;

/**
 * What is to be done in a namespace. Requests of one step do not depend on each other; a step follows only when the one
 * before it went well, so that whoever is stopped in between leaves nothing that points nowhere.
 *
 * @param outcome how it ends if all goes well; empty when there is nothing to tell
 */
record NamespaceDecision(String namespace, List<List<ApiRequest>> steps, Optional<NamespaceOutcome> outcome) {

    NamespaceDecision {
        steps = steps.stream().filter(step -> !step.isEmpty()).toList();
    }

    static NamespaceDecision nothing(NamespaceOutcome outcome) {
        return new NamespaceDecision(outcome.namespace(), List.of(), Optional.of(outcome));
    }
}
