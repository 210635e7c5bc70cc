package io.github.acrattach.adapter.kubernetes.delivery;

import io.github.acrattach.adapter.kubernetes.access.ApiRequest;
import io.github.acrattach.adapter.kubernetes.access.KubernetesFailure;
import io.github.acrattach.adapter.kubernetes.manifest.ObservedSecret;
import io.github.acrattach.adapter.kubernetes.manifest.ObservedServiceAccount;
import io.github.acrattach.domain.ClusterNamespace;
import io.github.acrattach.domain.Held;
import io.github.acrattach.domain.PullSecretOwner;
import io.github.acrattach.domain.References;
import io.github.acrattach.domain.ServiceAccountPatterns;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What was observed of a namespace: enough to decide what is to be done in it.
 *
 * @param labels those that were asked for
 * @param secret what stands under the name of the pull secret
 * @param serviceAccounts those that were asked for, or refer to the secret, and are there
 * @param hidden what could not be seen, by resource, and why
 */
record ObservedNamespace(
        String name,
        Map<String, String> labels,
        boolean terminating,
        Optional<ObservedSecret> secret,
        List<ObservedServiceAccount> serviceAccounts,
        Map<String, KubernetesFailure> hidden) {

    Optional<ObservedServiceAccount> serviceAccount(String account) {
        return serviceAccounts.stream()
                .filter(each -> each.name().equals(account))
                .findFirst();
    }

    Optional<KubernetesFailure> hidden(String resource) {
        return Optional.ofNullable(hidden.get(resource));
    }

    Held held(PullSecretOwner owner) {
        return hidden(ApiRequest.SECRETS)
                .<Held>map(failure -> new Held.Hidden(failure.problem()))
                .orElseGet(() -> secret.map(there -> there.held(owner)).orElseGet(Held.Nothing::new));
    }

    /** As the use cases know it. */
    ClusterNamespace seenFrom(PullSecretOwner owner, String secretName, ServiceAccountPatterns wanted) {
        Optional<References> references = hidden(ApiRequest.SERVICE_ACCOUNTS).isPresent()
                ? Optional.empty()
                : Optional.of(new References(
                        accounts(account -> account.refersTo(secretName)),
                        accounts(account -> wanted.name(account.name()) && !account.refersTo(secretName)),
                        accounts(account ->
                                !wanted.name(account.name()) && account.added().contains(secretName))));
        return new ClusterNamespace(name, labels, terminating, secretName, held(owner), references);
    }

    private Set<String> accounts(Predicate<ObservedServiceAccount> which) {
        return serviceAccounts.stream()
                .filter(which)
                .map(ObservedServiceAccount::name)
                .collect(Collectors.toSet());
    }
}
