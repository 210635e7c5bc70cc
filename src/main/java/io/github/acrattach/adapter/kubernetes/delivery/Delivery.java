package io.github.acrattach.adapter.kubernetes.delivery;

import io.github.acrattach.adapter.kubernetes.access.ApiRequest;
import io.github.acrattach.adapter.kubernetes.access.KubernetesFailure;
import io.github.acrattach.concurrent.Deadline;
import io.github.acrattach.domain.NamespaceOutcome;
import io.github.acrattach.domain.Problem.Kind;
import io.github.acrattach.port.CloudUnavailable;
import java.time.Duration;
import java.util.HashMap;
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
 * again in that namespace.
 */
final class Delivery {

    /** For each namespace. */
    private static final int TRIES = 5;

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(300);

    private final Route route;
    private final Observation observation;
    private final Deadline serviceAccountsBy;
    private final SortedMap<String, NamespaceOutcome> outcomes = new TreeMap<>();
    private final Map<String, Integer> conflicts = new HashMap<>();

    private Delivery(Route route, Observation observation) {
        this.route = route;
        this.observation = observation;
        serviceAccountsBy = Deadline.in(route.serviceAccountWait());
    }

    /** The outcomes in the order of the namespaces. */
    static List<NamespaceOutcome> deliver(Route route, Wish wish) throws KubernetesFailure {
        return deliver(route, wish, wish.observation());
    }

    /**
     * The outcomes in the order of the namespaces.
     *
     * @param observation the wish's own, or a part of it
     */
    static List<NamespaceOutcome> deliver(Route route, Wish wish, Observation observation) throws KubernetesFailure {
        return new Delivery(route, observation).outcomes(wish);
    }

    private List<NamespaceOutcome> outcomes(Wish first) throws KubernetesFailure {
        Wish wish = first;
        Optional<List<ObservedNamespace>> observed = Optional.of(route.observe(observation));
        while (observed.isPresent()) {
            List<NamespaceDecision> decisions = decide(wish, observed.get());
            wish = wish.after(observed.get());
            Route.CarriedOut done = route.carryOut(decisions, observation);
            decisions.forEach(decision -> outcome(decision, done.failure(decision.namespace()))
                    .ifPresent(outcome -> outcomes.put(outcome.namespace(), outcome)));
            observed = again(done);
        }
        return List.copyOf(outcomes.values());
    }

    private List<NamespaceDecision> decide(Wish wish, List<ObservedNamespace> observed) {
        return observed.stream()
                .map(namespace -> wish.decide(namespace, route.problems()))
                .toList();
    }

    private Optional<NamespaceOutcome> outcome(NamespaceDecision decision, Optional<Route.Failed> failed) {
        return failed.map(each -> isGone(each)
                        ? route.problems().gone(decision.namespace())
                        : NamespaceProblems.outcome(decision.namespace(), each.failure()))
                .or(decision::outcome);
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
            return Deadline.pause(aMoment()) ? since.or(() -> observe(changed)) : Optional.empty();
        }
        Set<String> waiting = missingServiceAccounts();
        return !waiting.isEmpty() && serviceAccountsBy.allows(BETWEEN_LOOKS) && Deadline.pause(BETWEEN_LOOKS)
                ? observe(waiting)
                : Optional.empty();
    }

    /** Empty when it fails: what is known of the namespaces is told all the same. */
    private Optional<List<ObservedNamespace>> observe(Set<String> namespaces) {
        try {
            return Optional.of(route.observe(observation.of(namespaces)));
        } catch (KubernetesFailure | CloudUnavailable failure) {
            return Optional.empty();
        }
    }

    /** Nothing is created in a namespace that is not there. */
    private static boolean isGone(Route.Failed failed) {
        return failed.failure().absent() && failed.request().verb() == ApiRequest.Verb.CREATE;
    }

    /** Changed by somebody else, or taken away. */
    private static boolean isOvertaken(Route.Failed failed) {
        return failed.failure().conflict() || failed.failure().absent() && !isGone(failed);
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
