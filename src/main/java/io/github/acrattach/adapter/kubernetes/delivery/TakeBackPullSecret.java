package io.github.acrattach.adapter.kubernetes.delivery;

import io.github.acrattach.adapter.kubernetes.access.ApiRequest;
import io.github.acrattach.adapter.kubernetes.manifest.ObservedSecret;
import io.github.acrattach.adapter.kubernetes.manifest.ObservedServiceAccount;
import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.Held;
import io.github.acrattach.domain.NamespaceOutcome;
import io.github.acrattach.domain.NamespaceOutcome.State;
import io.github.acrattach.domain.PullSecret;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * No namespace holds this program's secret for the registry, and no service account a reference that it added.
 *
 * @param found the namespaces in which there was something before: what is gone there by now is cleared, whoever did it
 */
record TakeBackPullSecret(ArmId registry, Set<String> found) implements Wish {

    TakeBackPullSecret(ArmId registry) {
        this(registry, Set.of());
    }

    @Override
    public Observation observation() {
        return new Observation(name(), Optional.empty(), Set.of(), Optional.empty(), true);
    }

    @Override
    public TakeBackPullSecret after(List<ObservedNamespace> observed) {
        Set<String> seen = new HashSet<>(found);
        observed.stream()
                .filter(namespace -> ours(namespace).isPresent()
                        || referring(namespace).findAny().isPresent())
                .map(ObservedNamespace::name)
                .forEach(seen::add);
        return new TakeBackPullSecret(registry, seen);
    }

    private Optional<ObservedSecret> ours(ObservedNamespace namespace) {
        return namespace.secret().filter(secret -> secret.held(registry) instanceof Held.Ours);
    }

    /** References tell a name alone: those to what is, or may be, another registry's secret are not this one's. */
    private Stream<ObservedServiceAccount> referring(ObservedNamespace namespace) {
        boolean mayBeAnothers = namespace.hidden(ApiRequest.SECRETS).isPresent()
                || namespace
                        .secret()
                        .filter(secret -> secret.isOfAnother(registry))
                        .isPresent();
        return namespace.serviceAccounts().stream()
                .filter(account -> !mayBeAnothers && account.added().contains(name()));
    }

    @Override
    public NamespaceDecision decide(ObservedNamespace namespace, NamespaceProblems problems) {
        String in = namespace.name();
        SortedSet<String> tooLong = referring(namespace)
                .filter(ObservedServiceAccount::tooLong)
                .map(ObservedServiceAccount::name)
                .collect(Collectors.toCollection(TreeSet::new));
        List<ApiRequest> references = referring(namespace)
                .filter(account -> !account.tooLong())
                .map(account ->
                        ApiRequest.patch(ApiRequest.SERVICE_ACCOUNTS, in, account.name(), account.without(name())))
                .toList();
        Optional<ObservedSecret> ours = ours(namespace);
        List<ApiRequest> removal = ours.stream()
                .map(secret ->
                        ApiRequest.delete(ApiRequest.SECRETS, in, name(), secret.uid(), secret.resourceVersion()))
                .toList();
        Optional<NamespaceOutcome> outcome = namespace
                .hidden(ApiRequest.SECRETS)
                .map(failure -> NamespaceProblems.outcome(in, failure))
                .or(() -> ours.filter(ObservedSecret::finalizers).map(kept -> problems.going(in, name())))
                .or(() -> tooLong.isEmpty() ? Optional.empty() : Optional.of(problems.tooLong(in, tooLong)))
                .or(() -> references.isEmpty() && removal.isEmpty() && !found.contains(in)
                        ? Optional.empty()
                        : Optional.of(NamespaceOutcome.of(in, State.REMOVED)));
        return new NamespaceDecision(in, List.of(references, removal), outcome);
    }

    private String name() {
        return PullSecret.nameFor(registry);
    }
}
