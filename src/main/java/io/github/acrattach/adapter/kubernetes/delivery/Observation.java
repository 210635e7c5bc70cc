package io.github.acrattach.adapter.kubernetes.delivery;

import io.github.acrattach.adapter.kubernetes.manifest.ObservedServiceAccount;
import io.github.acrattach.domain.ServiceAccountPatterns;
import java.util.Optional;
import java.util.Set;

/**
 * What is to be observed.
 *
 * @param secretName of the pull secret
 * @param wanted the service accounts that are to refer to it; those that do anyway are observed, too. Empty: none is, for it is
 *     taken back, and who refers has to be seen
 * @param labels the keys of the namespaces' labels that matter
 * @param namespaces by name; empty: all
 * @param failuresStayInTheirNamespace whether any failure hides what it is about there alone; otherwise only a missing right does,
 *     and the rest ends the observation (by HTTPS: a command lists all namespaces at once)
 */
record Observation(
        String secretName,
        Optional<ServiceAccountPatterns> wanted,
        Set<String> labels,
        Optional<Set<String>> namespaces,
        boolean failuresStayInTheirNamespace) {

    Observation of(Set<String> some) {
        return new Observation(secretName, wanted, labels, Optional.of(some), failuresStayInTheirNamespace);
    }

    /** Whether the service account matters. */
    boolean concerns(ObservedServiceAccount account) {
        return account.refersTo(secretName)
                || account.added().contains(secretName)
                || wanted.filter(patterns -> patterns.name(account.name())).isPresent();
    }
}
