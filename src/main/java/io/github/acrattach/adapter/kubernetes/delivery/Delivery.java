package io.github.acrattach.adapter.kubernetes.delivery;

import io.github.acrattach.adapter.kubernetes.access.ApiRequest;
import io.github.acrattach.adapter.kubernetes.access.Deadline;
import io.github.acrattach.adapter.kubernetes.access.KubernetesFailure;
import io.github.acrattach.domain.NamespaceOutcome;
import io.github.acrattach.domain.Problem.Kind;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

/**
 * Observes, decides, carries out. Where the API server says that something has changed since it was observed, all of it
 * again in that namespace; a secret that was there and is gone by then was removed on purpose, and is not made anew.
 */
final class Delivery {

    private static final int TRIES = 5;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(300);

    private final Route route;
    private final Wish wish;
    private final Deadline serviceAccountsBy;
    private final SortedMap<String, NamespaceOutcome> outcomes = new TreeMap<>();
    private final Set<String> stood = new HashSet<>();
    private int conflicts;

    private Delivery(Route route, Wish wish) {
        this.route = route;
        this.wish = wish;
        serviceAccountsBy = Deadline.in(route.serviceAccountWait());
    }

    /** The outcomes in the order of the namespaces. */
    static List<NamespaceOutcome> deliver(Route route, Wish wish) throws KubernetesFailure {
        return new Delivery(route, wish).outcomes();
    }

    private List<NamespaceOutcome> outcomes() throws KubernetesFailure {
        List<ObservedNamespace> observed = route.observe(wish.observation());
        while (true) {
            List<NamespaceDecision> decisions =
                    observed.stream().map(this::decide).toList();
            Route.CarriedOut done = route.carryOut(decisions, wish.observation());
            decisions.forEach(decision ->
                    settle(decision, Optional.ofNullable(done.failures().get(decision.namespace()))));
            Set<String> changed = done.failures().entrySet().stream()
                    .filter(each -> isOvertaken(each.getValue()))
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toSet());
            if (!changed.isEmpty() && ++conflicts < TRIES && Deadline.pause(aMoment())) {
                observed = done.observedSince().isPresent()
                        ? done.observedSince().get()
                        : route.observe(wish.observation().of(changed));
            } else if (!missingServiceAccounts().isEmpty()
                    && serviceAccountsBy.allows(BETWEEN_LOOKS)
                    && Deadline.pause(BETWEEN_LOOKS)) {
                observed = route.observe(wish.observation().of(missingServiceAccounts()));
            } else {
                return List.copyOf(outcomes.values());
            }
        }
    }

    private NamespaceDecision decide(ObservedNamespace namespace) {
        namespace.secret().ifPresent(there -> stood.add(namespace.name()));
        return namespace.secret().isEmpty() && stood.contains(namespace.name()) && wish instanceof StorePullSecret
                ? NamespaceDecision.nothing(route.problems().removed(namespace.name()))
                : wish.decide(namespace, route.problems());
    }

    private void settle(NamespaceDecision decision, Optional<Route.Failed> failed) {
        failed.map(each -> outcome(decision.namespace(), each))
                .or(decision::outcome)
                .ifPresent(outcome -> outcomes.put(decision.namespace(), outcome));
    }

    private NamespaceOutcome outcome(String namespace, Route.Failed failed) {
        return failed.failure().absent() && failed.request().verb() == ApiRequest.Verb.CREATE
                ? route.problems().gone(namespace)
                : NamespaceProblems.outcome(namespace, failed.failure());
    }

    /** Changed by somebody else, or taken away. */
    private static boolean isOvertaken(Route.Failed failed) {
        return failed.failure().conflict()
                || failed.failure().absent() && failed.request().verb() != ApiRequest.Verb.CREATE;
    }

    private Set<String> missingServiceAccounts() {
        return outcomes.values().stream()
                .filter(outcome -> outcome.problem()
                        .filter(problem -> problem.kind() == Kind.SERVICE_ACCOUNT_MISSING)
                        .isPresent())
                .map(NamespaceOutcome::namespace)
                .collect(Collectors.toSet());
    }

    private Duration aMoment() {
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(20, 80) * conflicts);
    }
}
