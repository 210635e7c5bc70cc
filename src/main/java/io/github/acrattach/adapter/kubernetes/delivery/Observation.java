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
 * @param failuresStayInTheirNamespace whether any failure hides what it is about there alone; otherwise only a missing right does,
 *     and the rest ends the observation (by HTTPS: a command lists all namespaces at once)
 */
record Observation(
        String secretName,
        Optional<Set<String>> serviceAccounts,
        Set<String> labels,
        Optional<Set<String>> namespaces,
        boolean failuresStayInTheirNamespace) {

    Observation of(Set<String> some) {
        return new Observation(secretName, serviceAccounts, labels, Optional.of(some), failuresStayInTheirNamespace);
    }
}
