package io.github.acrattach.adapter.kubernetes.delivery;

import io.github.acrattach.adapter.kubernetes.access.ApiRequest;
import io.github.acrattach.adapter.kubernetes.manifest.ObservedSecret;
import io.github.acrattach.adapter.kubernetes.manifest.ObservedServiceAccount;
import io.github.acrattach.domain.Held;
import io.github.acrattach.domain.NamespaceOutcome;
import io.github.acrattach.domain.NamespaceOutcome.State;
import io.github.acrattach.domain.PullSecretOwner;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * No namespace holds this program's secret of that name for the registry, and no service account a reference that it added.
 *
 * @param alive registries of the same name that are there: what opens one of them stays
 * @param found the namespaces in which there was something before: what is gone there by now is cleared, whoever did it
 */
record TakeBackPullSecret(PullSecretOwner owner, String name, List<PullSecretOwner> alive, Set<String> found)
        implements Wish {

    TakeBackPullSecret(PullSecretOwner owner, String name, List<PullSecretOwner> alive) {
        this(owner, name, alive, Set.of());
    }

    @Override
    public Observation observation() {
        return new Observation(name, Optional.empty(), Set.of(), Optional.empty(), true);
    }

    @Override
    public TakeBackPullSecret after(List<ObservedNamespace> observed) {
        Set<String> seen = new HashSet<>(found);
        observed.stream()
                .filter(namespace -> ours(namespace).isPresent()
                        || referring(namespace).findAny().isPresent())
                .map(ObservedNamespace::name)
                .forEach(seen::add);
        return new TakeBackPullSecret(owner, name, alive, seen);
    }

    private Optional<ObservedSecret> ours(ObservedNamespace namespace) {
        return marked(namespace).filter(secret -> livesOn(secret).isEmpty());
    }

    /** What was made while the registry had another id, and opens it, is the registry's, too. */
    private Optional<ObservedSecret> marked(ObservedNamespace namespace) {
        return namespace
                .secret()
                .filter(secret -> secret.held(owner) instanceof Held.Ours || secret.held(owner) instanceof Held.Moved);
    }

    /** The registry that it opens although the id that it was made for is gone. */
    private Optional<PullSecretOwner> livesOn(ObservedSecret secret) {
        return alive.stream().filter(secret::opens).findFirst();
    }

    /** References tell a name alone: those to what is, or may be, another registry's secret are not this one's. */
    private Stream<ObservedServiceAccount> referring(ObservedNamespace namespace) {
        boolean mayBeAnothers = namespace.hidden(ApiRequest.SECRETS).isPresent()
                || namespace
                        .secret()
                        .filter(secret -> marked(namespace).isPresent()
                                ? livesOn(secret).isPresent()
                                : secret.isOfAnother(owner.registry()))
                        .isPresent();
        return namespace.serviceAccounts().stream()
                .filter(account -> !mayBeAnothers && account.added().contains(name));
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
                        ApiRequest.patch(ApiRequest.SERVICE_ACCOUNTS, in, account.name(), account.without(name)))
                .toList();
        Optional<ObservedSecret> ours = ours(namespace);
        List<ApiRequest> removal = ours.stream()
                .map(secret -> ApiRequest.delete(ApiRequest.SECRETS, in, name, secret.uid(), secret.resourceVersion()))
                .toList();
        Optional<NamespaceOutcome> outcome = namespace
                .hidden(ApiRequest.SECRETS)
                .map(failure -> NamespaceProblems.outcome(in, failure))
                .or(() -> marked(namespace).flatMap(this::livesOn).map(now -> NamespaceProblems.livesOn(in, name, now)))
                .or(() -> ours.filter(ObservedSecret::finalizers).map(kept -> problems.going(in, name)))
                .or(() -> tooLong.isEmpty() ? Optional.empty() : Optional.of(problems.tooLong(in, tooLong)))
                .or(() -> references.isEmpty() && removal.isEmpty() && !found.contains(in)
                        ? Optional.empty()
                        : Optional.of(NamespaceOutcome.of(in, State.REMOVED)));
        return new NamespaceDecision(in, List.of(references, removal), outcome.map(each -> each.of(name, owner)));
    }
}
