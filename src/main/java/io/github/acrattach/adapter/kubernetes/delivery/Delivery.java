package io.github.acrattach.adapter.kubernetes.delivery;

import io.github.acrattach.adapter.kubernetes.access.ApiRequest;
import io.github.acrattach.adapter.kubernetes.access.Deadline;
import io.github.acrattach.adapter.kubernetes.access.KubernetesFailure;
import io.github.acrattach.domain.NamespaceOutcome;
import io.github.acrattach.domain.NamespaceOutcome.State;
import io.github.acrattach.domain.Problem.Kind;
import io.github.acrattach.port.CloudUnavailable;
import java.time.Duration;
import java.util.HashMap;
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

    /** For each namespace. */
    private static final int TRIES = 5;

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(300);

    private final Route route;
    private final Wish wish;
    private final Deadline serviceAccountsBy;
    private final SortedMap<String, NamespaceOutcome> outcomes = new TreeMap<>();
    private final Map<String, Integer> conflicts = new HashMap<>();

    /** Where the secret was seen. */
    private final Set<String> stood = new HashSet<>();

    /** Where the secret is as it is wanted, so that only references can be missing. */
    private final Set<String> stored = new HashSet<>();

    /** Where anything was asked for. */
    private final Set<String> touched = new HashSet<>();

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
        Optional<List<ObservedNamespace>> observed = Optional.of(route.observe(wish.observation()));
        while (observed.isPresent()) {
            List<NamespaceDecision> decisions =
                    observed.get().stream().map(this::decide).toList();
            Route.CarriedOut done = route.carryOut(decisions, wish.observation());
            decisions.forEach(decision ->
                    settle(decision, Optional.ofNullable(done.failures().get(decision.namespace()))));
            observed = again(done);
        }
        return List.copyOf(outcomes.values());
    }

    /** What has to be decided once more; empty when all is settled, or nothing more is to be learnt. */
    private Optional<List<ObservedNamespace>> again(Route.CarriedOut done) {
        Set<String> changed = done.failures().entrySet().stream()
                .filter(each -> isOvertaken(each.getValue()))
                .map(Map.Entry::getKey)
                .filter(namespace -> conflicts.merge(namespace, 1, Integer::sum) < TRIES)
                .collect(Collectors.toSet());
        if (!changed.isEmpty()) {
            Optional<List<ObservedNamespace>> since = done.observedSince().map(all -> all.stream()
                    .filter(each -> changed.contains(each.name()))
                    .toList());
            return Deadline.pause(aMoment())
                    ? since.or(() -> observe(wish.observation().of(changed)))
                    : Optional.empty();
        }
        Set<String> waiting = missingServiceAccounts();
        return !waiting.isEmpty() && serviceAccountsBy.allows(BETWEEN_LOOKS) && Deadline.pause(BETWEEN_LOOKS)
                ? observe(wish.observation().serviceAccountsOf(waiting))
                : Optional.empty();
    }

    /** Empty when it fails: what is known of the namespaces is told all the same. */
    private Optional<List<ObservedNamespace>> observe(Observation observation) {
        try {
            return Optional.of(route.observe(observation));
        } catch (KubernetesFailure | CloudUnavailable failure) {
            return Optional.empty();
        }
    }

    private NamespaceDecision decide(ObservedNamespace namespace) {
        if (wish instanceof StorePullSecret store) {
            if (stored.contains(namespace.name())) {
                return store.references(namespace, route.problems());
            }
            if (namespace.secret().isPresent()) {
                stood.add(namespace.name());
            } else if (stood.contains(namespace.name())
                    && !namespace.terminating()
                    && namespace.hidden(ApiRequest.SECRETS).isEmpty()) {
                return NamespaceDecision.nothing(route.problems().removed(namespace.name()));
            }
        }
        return wish.decide(namespace, route.problems());
    }

    private void settle(NamespaceDecision decision, Optional<Route.Failed> failed) {
        String namespace = decision.namespace();
        if (failed.filter(each -> each.request().resource().equals(ApiRequest.SECRETS))
                .isEmpty()) {
            stored.add(namespace);
        }
        if (!decision.steps().isEmpty()) {
            touched.add(namespace);
        }
        failed.map(each -> outcome(namespace, each))
                .or(decision::outcome)
                // Somebody else took the rest away.
                .or(() -> touched.contains(namespace)
                        ? Optional.of(NamespaceOutcome.of(namespace, State.CLEARED))
                        : Optional.empty())
                .ifPresent(outcome -> outcomes.put(namespace, outcome));
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

    private static Duration aMoment() {
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(20, 160));
    }
}
