package io.github.acrattach.adapter.kubernetes.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.acrattach.adapter.kubernetes.access.ApiRequest;
import io.github.acrattach.adapter.kubernetes.access.ApiServer;
import io.github.acrattach.adapter.kubernetes.access.ApiServers;
import io.github.acrattach.adapter.kubernetes.access.KubernetesFailure;
import io.github.acrattach.adapter.kubernetes.manifest.ObservedSecret;
import io.github.acrattach.adapter.kubernetes.manifest.ObservedServiceAccount;
import io.github.acrattach.adapter.kubernetes.manifest.PullSecretManifest;
import io.github.acrattach.concurrent.SideBySide;
import io.github.acrattach.domain.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/** By HTTPS, each request as it is. */
record ApiServerRoute(ApiServer server) implements Route {

    private static final Duration SERVICE_ACCOUNT_WAIT = Duration.ofSeconds(5);

    /** So few that each of them is asked for its service accounts; of more, those of the whole cluster are listed. */
    private static final int FEW_NAMESPACES = 10;

    /** Characters of one service account's lists that are kept in any case; a few dozen names. */
    private static final int LITTLE = 1_000;

    /** Characters of the longer ones together. */
    private static final int MOST_KEPT = 2_000_000;

    @Override
    public NamespaceProblems problems() {
        return new NamespaceProblems(server.diagnosis());
    }

    @Override
    public Duration serviceAccountWait() {
        return SERVICE_ACCOUNT_WAIT;
    }

    @Override
    public List<ObservedNamespace> observe(Observation observation) throws KubernetesFailure {
        List<Found> namespaces = observation.namespaces().isPresent()
                ? new TreeSet<>(observation.namespaces().get())
                        .stream().map(name -> new Found(name, Map.of(), false)).toList()
                : server.list(ApiRequest.list(ApiRequest.NAMESPACES), json -> found(json, observation.labels()));
        boolean few = observation
                .namespaces()
                .filter(names -> names.size() <= FEW_NAMESPACES)
                .isPresent();
        Optional<Accounts> all = few
                ? Optional.empty()
                : Optional.of(accounts(ApiRequest.list(ApiRequest.SERVICE_ACCOUNTS), observation));
        return SideBySide.each(namespaces, namespace -> {
            Accounts accounts = all.isPresent()
                    ? all.get()
                    : accounts(ApiRequest.list(ApiRequest.SERVICE_ACCOUNTS, namespace.name()), observation);
            return observe(namespace, observation, accounts);
        });
    }

    /** What is kept of a namespace. */
    private record Found(String name, Map<String, String> labels, boolean terminating) {}

    private static Optional<Found> found(JsonNode json, Set<String> labels) {
        JsonNode metadata = json.path("metadata");
        Map<String, String> wanted = labels.stream()
                .filter(metadata.path("labels")::has)
                .collect(Collectors.toMap(
                        name -> name, name -> metadata.path("labels").path(name).asText("")));
        boolean terminating = metadata.has("deletionTimestamp")
                || json.path("status").path("phase").asText("").equals("Terminating");
        return Optional.of(new Found(metadata.path("name").asText(""), wanted, terminating));
    }

    /** A service account with the namespace in which it is. */
    private record Located(String namespace, ObservedServiceAccount account) {}

    /**
     * The service accounts that matter.
     *
     * @param failure why they cannot be seen
     */
    private record Accounts(
            Map<String, List<ObservedServiceAccount>> byNamespace, Optional<KubernetesFailure> failure) {}

    /** Where they cannot be seen, secrets are made and renewed all the same, and none is taken back. */
    private Accounts accounts(ApiRequest list, Observation observation) throws KubernetesFailure {
        try {
            return new Accounts(listed(list, observation), Optional.empty());
        } catch (KubernetesFailure failure) {
            if (observation.wanted().isEmpty()) {
                throw failure;
            }
            return new Accounts(Map.of(), Optional.of(failure));
        }
    }

    /** Whoever may write service accounts can make as many as he likes, and mark them: the lists of all are bounded. */
    private Map<String, List<ObservedServiceAccount>> listed(ApiRequest list, Observation observation)
            throws KubernetesFailure {
        AtomicLong kept = new AtomicLong();
        return server
                .list(list, json -> Optional.of(ObservedServiceAccount.of(json))
                        .filter(observation::concerns)
                        .map(account -> new Located(
                                json.path("metadata").path("namespace").asText(""),
                                account.length() <= LITTLE || kept.addAndGet(account.length()) <= MOST_KEPT
                                        ? account
                                        : account.withoutLists(observation.secretName()))))
                .stream()
                .collect(Collectors.groupingBy(
                        Located::namespace, Collectors.mapping(Located::account, Collectors.toList())));
    }

    private ObservedNamespace observe(Found namespace, Observation observation, Accounts accounts)
            throws KubernetesFailure {
        String name = namespace.name();
        Map<String, KubernetesFailure> hidden = new HashMap<>();
        accounts.failure().ifPresent(failure -> hidden.put(ApiRequest.SERVICE_ACCOUNTS, failure));
        Optional<ObservedSecret> secret = find(
                        ApiRequest.get(ApiRequest.SECRETS, name, observation.secretName()), observation, hidden)
                .map(ObservedSecret::of);
        return new ObservedNamespace(
                name,
                namespace.labels(),
                namespace.terminating(),
                secret,
                accounts.byNamespace().getOrDefault(name, List.of()),
                hidden);
    }

    /** Wrong in this namespace, it must not stop the others: no right, or a secret that cannot be decrypted. */
    private Optional<JsonNode> find(ApiRequest request, Observation observation, Map<String, KubernetesFailure> hidden)
            throws KubernetesFailure {
        try {
            return server.find(request);
        } catch (KubernetesFailure failure) {
            if (!observation.failuresStayInTheirNamespace() && !failure.ofThisAlone()) {
                throw failure;
            }
            hidden.put(request.resource(), failure);
            return Optional.empty();
        }
    }

    @Override
    public Set<String> namesBeginningWith(String beginning) throws KubernetesFailure {
        try {
            return Set.copyOf(server.list(
                    ApiRequest.list(ApiRequest.SECRETS),
                    PullSecretManifest.MANAGED_BY + '=' + PullSecretManifest.MANAGER,
                    json -> Optional.of(json.path("metadata").path("name").asText(""))
                            .filter(name -> name.startsWith(beginning))));
        } catch (KubernetesFailure failure) {
            if (failure.problem().kind() == Problem.Kind.MISSING_KUBERNETES_RIGHT) {
                return referencesBeginningWith(beginning);
            }
            throw failure;
        }
    }

    /** Where secrets may not be listed, what this program had service accounts refer to tells the names of those. */
    private Set<String> referencesBeginningWith(String beginning) throws KubernetesFailure {
        return server
                .list(ApiRequest.list(ApiRequest.SERVICE_ACCOUNTS), json -> Optional.of(
                                ObservedServiceAccount.of(json).added().stream()
                                        .filter(name -> name.startsWith(beginning))
                                        .toList())
                        .filter(names -> !names.isEmpty()))
                .stream()
                .flatMap(List::stream)
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public CarriedOut carryOut(List<NamespaceDecision> decisions, Observation observation) throws KubernetesFailure {
        Map<String, Failed> failures = new HashMap<>();
        SideBySide.each(decisions, this::carryOut)
                .forEach(each -> each.ifPresent(
                        failed -> failures.put(failed.request().namespace().orElseThrow(), failed)));
        return new CarriedOut(failures, Optional.empty());
    }

    /** The first that failed; of one step, one that it was not a right for, since nobody is to do that in its place. */
    private Optional<Failed> carryOut(NamespaceDecision decision) {
        for (List<ApiRequest> step : decision.steps()) {
            List<Failed> failed = new ArrayList<>();
            for (ApiRequest request : step) {
                try {
                    server.change(request);
                } catch (KubernetesFailure failure) {
                    failed.add(new Failed(request, failure));
                }
            }
            if (!failed.isEmpty()) {
                return failed.stream()
                        .filter(each -> !ApiServers.isOfARight(each.failure().problem()))
                        .findFirst()
                        .or(() -> Optional.of(failed.get(0)));
            }
        }
        return Optional.empty();
    }
}
