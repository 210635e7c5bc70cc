package io.github.acrattach.adapter.kubernetes.delivery;

import io.github.acrattach.adapter.kubernetes.access.ApiRequest;
import io.github.acrattach.adapter.kubernetes.manifest.ObservedSecret;
import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.Held;
import io.github.acrattach.domain.NamespaceOutcome;
import io.github.acrattach.domain.NamespaceOutcome.State;
import io.github.acrattach.domain.PullSecret;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** No namespace holds this program's secret for the registry, and no service account a reference that it added. */
record TakeBackPullSecret(ArmId registry) implements Wish {

    @Override
    public Observation observation() {
        return new Observation(name(), true, Optional.empty(), Set.of(), Optional.empty(), true);
    }

    @Override
    public NamespaceDecision decide(ObservedNamespace namespace, NamespaceProblems problems) {
        String in = namespace.name();
        List<ApiRequest> references = namespace.serviceAccounts().stream()
                .filter(account -> account.added().contains(name()))
                .map(account ->
                        ApiRequest.patch(ApiRequest.SERVICE_ACCOUNTS, in, account.name(), account.without(name())))
                .toList();
        Optional<ObservedSecret> ours = namespace.secret().filter(secret -> secret.held(registry) instanceof Held.Ours);
        List<ApiRequest> removal = ours.stream()
                .map(secret ->
                        ApiRequest.delete(ApiRequest.SECRETS, in, name(), secret.uid(), secret.resourceVersion()))
                .toList();
        Optional<NamespaceOutcome> outcome = namespace
                .hidden(ApiRequest.SECRETS)
                .map(failure -> NamespaceProblems.outcome(in, failure))
                .or(() -> ours.filter(ObservedSecret::finalizers).map(kept -> problems.going(in, name())))
                .or(() -> references.isEmpty() && removal.isEmpty()
                        ? Optional.empty()
                        : Optional.of(NamespaceOutcome.of(in, State.CLEARED)));
        return new NamespaceDecision(in, List.of(references, removal), outcome);
    }

    private String name() {
        return PullSecret.nameFor(registry);
    }
}
