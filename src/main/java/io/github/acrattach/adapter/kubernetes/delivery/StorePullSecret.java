package io.github.acrattach.adapter.kubernetes.delivery;

import io.github.acrattach.adapter.kubernetes.access.ApiRequest;
import io.github.acrattach.adapter.kubernetes.access.KubernetesFailure;
import io.github.acrattach.adapter.kubernetes.manifest.ObservedSecret;
import io.github.acrattach.adapter.kubernetes.manifest.ObservedServiceAccount;
import io.github.acrattach.adapter.kubernetes.manifest.PullSecretManifest;
import io.github.acrattach.domain.Held;
import io.github.acrattach.domain.NamespaceOutcome;
import io.github.acrattach.domain.NamespaceOutcome.State;
import io.github.acrattach.domain.PullSecret;
import io.github.acrattach.domain.ReferenceTerms;
import io.github.acrattach.domain.Version;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The secret stands in these namespaces, and service accounts refer to it.
 *
 * @param version that writes it, if it has to be written
 * @param alreadyHolding where a secret of this program was seen before: where it is gone, it is not made anew
 * @param seed of the order in which service accounts are changed: where not all of them are, another one begins with others
 */
record StorePullSecret(
        PullSecret secret,
        Version version,
        Set<String> namespaces,
        Set<String> alreadyHolding,
        ReferenceTerms terms,
        long seed)
        implements Wish {

    /** Of one namespace: whoever makes service accounts by the thousand there keeps a run from nothing else. */
    private static final int MOST_CHANGED = 200;

    @Override
    public Observation observation() {
        return new Observation(name(), Optional.of(terms.accounts()), Set.of(), Optional.of(namespaces), true);
    }

    @Override
    public StorePullSecret after(List<ObservedNamespace> observed) {
        Set<String> seen = new HashSet<>(alreadyHolding);
        observed.stream()
                .filter(namespace -> namespace.secret().isPresent())
                .forEach(namespace -> seen.add(namespace.name()));
        return new StorePullSecret(secret, version, namespaces, seen, terms, seed);
    }

    @Override
    public NamespaceDecision decide(ObservedNamespace namespace, NamespaceProblems problems) {
        String in = namespace.name();
        if (namespace.terminating()) {
            return NamespaceDecision.nothing(problems.gone(in));
        }
        Optional<KubernetesFailure> hidden = namespace.hidden(ApiRequest.SECRETS);
        if (hidden.isPresent()) {
            return NamespaceDecision.nothing(NamespaceProblems.outcome(in, hidden.get()));
        }
        if (namespace.secret().isEmpty() && alreadyHolding.contains(in)) {
            return NamespaceDecision.nothing(problems.removed(in));
        }
        if (namespace.secret().isEmpty()) {
            return decision(
                    namespace,
                    List.of(ApiRequest.create(ApiRequest.SECRETS, in, PullSecretManifest.create(secret, version))),
                    problems);
        }
        ObservedSecret there = namespace.secret().get();
        Optional<NamespaceOutcome> obstacle =
                held(there).obstacle(secret.credential().key().pairing(), in, name());
        if (obstacle.isPresent()) {
            return NamespaceDecision.nothing(obstacle.get());
        }
        if (there.isAsMade(secret)) {
            return decision(namespace, List.of(), problems);
        }
        return there.immutable()
                ? NamespaceDecision.nothing(problems.immutable(in, name(), there))
                : decision(
                        namespace,
                        List.of(ApiRequest.patch(
                                ApiRequest.SECRETS, in, name(), PullSecretManifest.change(there, secret, version))),
                        problems);
    }

    private NamespaceDecision decision(
            ObservedNamespace namespace, List<ApiRequest> onSecret, NamespaceProblems problems) {
        String in = namespace.name();
        List<ObservedServiceAccount> wrong = namespace.serviceAccounts().stream()
                .filter(account -> isLacking(account) || isSurplus(account))
                .toList();
        List<ObservedServiceAccount> changeable =
                wrong.stream().filter(account -> !account.tooLong()).toList();
        List<ApiRequest> references = inTheirTurn(changeable).stream()
                .map(account -> ApiRequest.patch(
                        ApiRequest.SERVICE_ACCOUNTS,
                        in,
                        account.name(),
                        isLacking(account) ? account.with(name()) : account.without(name())))
                .toList();
        SortedSet<String> tooLong = wrong.stream()
                .filter(ObservedServiceAccount::tooLong)
                .map(ObservedServiceAccount::name)
                .collect(Collectors.toCollection(TreeSet::new));
        SortedSet<String> missing = new TreeSet<>(terms.accounts().named());
        namespace.serviceAccounts().forEach(account -> missing.remove(account.name()));
        Optional<NamespaceOutcome> problem = namespace
                .hidden(ApiRequest.SERVICE_ACCOUNTS)
                .filter(failure -> !terms.accounts().isEmpty())
                .map(failure -> NamespaceProblems.outcome(in, failure))
                .or(() -> missing.isEmpty() ? Optional.empty() : Optional.of(problems.missing(in, missing)))
                .or(() -> tooLong.isEmpty() ? Optional.empty() : Optional.of(problems.tooLong(in, tooLong)))
                .or(() -> changeable.size() > MOST_CHANGED
                        ? Optional.of(problems.notAllAtOnce(in, MOST_CHANGED, changeable.size()))
                        : Optional.empty());
        return new NamespaceDecision(
                in, List.of(onSecret, references), problem.or(() -> Optional.of(NamespaceOutcome.of(in, State.READY))));
    }

    /** As many as a run changes: were they the same each time, those that a webhook refuses would keep the others back. */
    private List<ObservedServiceAccount> inTheirTurn(List<ObservedServiceAccount> changeable) {
        List<ObservedServiceAccount> shuffled = new ArrayList<>(changeable);
        Collections.shuffle(shuffled, new Random(seed));
        return shuffled.stream()
                .limit(MOST_CHANGED)
                .sorted(Comparator.comparing(ObservedServiceAccount::name))
                .toList();
    }

    private boolean isLacking(ObservedServiceAccount account) {
        return terms.accounts().name(account.name()) && !account.refersTo(name());
    }

    private boolean isSurplus(ObservedServiceAccount account) {
        return terms.alone()
                && !terms.accounts().name(account.name())
                && account.added().contains(name());
    }

    /** What names another id of the registry than this program has proven to be gone was put there since. */
    private Held held(ObservedSecret there) {
        return there.held(secret.owner()) instanceof Held.Moved moved
                        && !secret.formerly().contains(moved.from())
                ? new Held.Foreign("Its annotation names another registry: " + moved.from() + '.')
                : there.held(secret.owner());
    }

    private String name() {
        return secret.name();
    }
}
