package io.github.acrattach.adapter.kubernetes.delivery;

import java.util.Optional;
import java.util.Set;

/**
 * What is to be observed.
 *
 * @param secretName of the pull secret
 * @param serviceAccounts by name; empty: all that carry a reference which this program added
 * @param labels the keys of the namespaces' labels that matter
 * @param namespaces by name; empty: all
 * @param lenient whether whatever fails in a namespace hides something there alone; otherwise only what says so does
 */
record Observation(
        String secretName,
        Optional<Set<String>> serviceAccounts,
        Set<String> labels,
        Optional<Set<String>> namespaces,
        boolean lenient) {

    Observation of(Set<String> some) {
        return new Observation(secretName, serviceAccounts, labels, Optional.of(some), lenient);
    }
}
