package io.github.acrattach.adapter.kubernetes.delivery;

import io.github.acrattach.adapter.azure.Azure;
import io.github.acrattach.adapter.kubernetes.access.ApiServers;
import io.github.acrattach.adapter.kubernetes.access.ClusterGone;
import io.github.acrattach.adapter.kubernetes.access.Kubeconfig;
import io.github.acrattach.adapter.kubernetes.access.KubernetesDiagnosis;
import io.github.acrattach.adapter.kubernetes.access.KubernetesFailure;
import io.github.acrattach.adapter.kubernetes.access.KubernetesRights;
import io.github.acrattach.adapter.kubernetes.access.KubernetesSettings;
import io.github.acrattach.adapter.kubernetes.access.RunCommand;
import io.github.acrattach.domain.Cluster;
import io.github.acrattach.domain.ClusterNamespace;
import io.github.acrattach.domain.ClusterPatterns;
import io.github.acrattach.domain.Held;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.NamespaceOutcome;
import io.github.acrattach.domain.PullSecret;
import io.github.acrattach.domain.PullSecretOwner;
import io.github.acrattach.domain.ReferenceTerms;
import io.github.acrattach.domain.ServiceAccountPatterns;
import io.github.acrattach.domain.Version;
import io.github.acrattach.port.PullSecrets;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Pull secrets in clusters, by the route that leads there. */
@ApplicationScoped
class KubernetesPullSecrets implements PullSecrets {

    /** Of one registry that is gone: those who write secrets can write as many as they like. */
    private static final int MOST_NAMES = 8;

    private final Azure azure;
    private final ApiServers apiServers;
    private final RunCommand runCommand;
    private final Version version;
    private final boolean commandsAllowed;
    private final ClusterPatterns entraClusters;

    KubernetesPullSecrets(
            Azure azure, ApiServers apiServers, RunCommand runCommand, KubernetesSettings settings, Version version) {
        this.azure = azure;
        this.apiServers = apiServers;
        this.runCommand = runCommand;
        this.version = version;
        commandsAllowed = settings.runCommand();
        entraClusters = entraClusters(settings);
    }

    /** Tells at the start, not at the first pull secret, that a setting cannot be meant. */
    static void check(@Observes StartupEvent started, KubernetesSettings settings) {
        entraClusters(settings);
    }

    private static ClusterPatterns entraClusters(KubernetesSettings settings) {
        try {
            return ClusterPatterns.of(settings.runCommandEntraClusters().orElse(List.of()));
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(
                    "The setting ACR_ATTACH_KUBERNETES_RUN_COMMAND_ENTRA_CLUSTERS " + e.getMessage() + ".");
        }
    }

    @Override
    public Lookup<List<ClusterNamespace>> in(
            Cluster cluster, PullSecretOwner owner, ServiceAccountPatterns wanted, Set<String> labels) {
        Work<List<ClusterNamespace>> look = route -> seen(route, owner, wanted, labels);
        return by(cluster, owner, look, seen -> Optional.of(look).filter(same -> seen.stream()
                .anyMatch(
                        each -> each.held() instanceof Held.Hidden hidden && ApiServers.isOfARight(hidden.problem()))));
    }

    /** Another look for a further name only where the one before has not found the registry's secret in every namespace. */
    private static List<ClusterNamespace> seen(
            Route route, PullSecretOwner owner, ServiceAccountPatterns wanted, Set<String> labels)
            throws KubernetesFailure {
        Map<String, List<ClusterNamespace>> byNamespace = new TreeMap<>();
        for (String secret : owner.secretNames()) {
            if (!byNamespace.isEmpty()
                    && byNamespace.values().stream()
                            .allMatch(looked -> looked.get(0).held() instanceof Held.Ours)) {
                break;
            }
            Observation all = new Observation(secret, Optional.of(wanted), labels, Optional.empty(), false);
            route.observe(all).stream()
                    .map(each -> each.seenFrom(owner, secret, wanted))
                    .forEach(each -> byNamespace
                            .computeIfAbsent(each.name(), name -> new ArrayList<>())
                            .add(each));
        }
        return byNamespace.values().stream().map(owner::choose).toList();
    }

    @Override
    public Lookup<List<NamespaceOutcome>> store(
            Cluster cluster,
            PullSecret secret,
            Set<String> namespaces,
            Set<String> alreadyHolding,
            ReferenceTerms references) {
        Wish wish = new StorePullSecret(
                secret,
                version,
                namespaces,
                alreadyHolding,
                references,
                ThreadLocalRandom.current().nextLong());
        return deliver(cluster, secret.owner(), route -> List.of(wish));
    }

    @Override
    public Lookup<List<NamespaceOutcome>> clear(Cluster cluster, PullSecretOwner owner, List<PullSecretOwner> alive) {
        return deliver(cluster, owner, route -> names(route, owner).stream()
                .<Wish>map(name -> new TakeBackPullSecret(owner, name, alive))
                .toList());
    }

    /** Of a registry that is gone, the names that its secrets, or references to them, tell; else the plain one. */
    private static Collection<String> names(Route route, PullSecretOwner owner) throws KubernetesFailure {
        Set<String> names = new LinkedHashSet<>(owner.secretNames());
        if (owner.labelledNames().isPresent()) {
            route.namesBeginningWith(owner.labelledNames().get()).stream()
                    .sorted()
                    .limit(MOST_NAMES)
                    .forEach(names::add);
        }
        return names;
    }

    private Lookup<List<NamespaceOutcome>> deliver(Cluster cluster, PullSecretOwner owner, Work<List<Wish>> wishes) {
        return by(
                cluster,
                owner,
                route -> delivered(route, wishes.by(route), Wish::observation),
                outcomes -> lackingARight(outcomes)
                        .map(lacking -> route -> once(outcomes, lacking, route, wishes.by(route))));
    }

    private static List<NamespaceOutcome> delivered(
            Route route, List<Wish> wishes, Function<Wish, Observation> observation) throws KubernetesFailure {
        List<NamespaceOutcome> outcomes = new ArrayList<>();
        for (Wish wish : wishes) {
            outcomes.addAll(Delivery.deliver(route, wish, observation.apply(wish)));
        }
        return outcomes;
    }

    /** The namespaces in which this program lacks a right, and nobody else refuses anything. */
    private static Optional<Set<String>> lackingARight(List<NamespaceOutcome> outcomes) {
        Map<Boolean, Set<String>> byARight = outcomes.stream()
                .filter(each -> each.problem().isPresent())
                .collect(Collectors.partitioningBy(
                        each -> ApiServers.isOfARight(each.problem().get()),
                        Collectors.mapping(NamespaceOutcome::namespace, Collectors.toSet())));
        Set<String> lacking = byARight.get(true);
        lacking.removeAll(byARight.get(false));
        return Optional.of(lacking).filter(some -> !some.isEmpty());
    }

    /** In these namespaces once more, and in no other: what is refused there is refused to the administrator too. */
    private static List<NamespaceOutcome> once(
            List<NamespaceOutcome> before, Set<String> more, Route route, List<Wish> wishes) throws KubernetesFailure {
        return Stream.concat(
                        before.stream().filter(each -> !more.contains(each.namespace())),
                        delivered(route, wishes, wish -> wish.observation().of(more)).stream())
                .sorted(Comparator.comparing(NamespaceOutcome::namespace))
                .toList();
    }

    /** Work in a cluster; it can be done twice. */
    private interface Work<T> {
        T by(Route route) throws KubernetesFailure;
    }

    private <T> Lookup<T> by(
            Cluster cluster, PullSecretOwner owner, Work<T> work, Function<T, Optional<Work<T>>> asAdministrator) {
        return goesByCommand(cluster)
                ? byRunCommand(cluster, owner, work)
                : apiServers.at(cluster, owner, server -> work.by(new ApiServerRoute(server)), result -> asAdministrator
                        .apply(result)
                        .map(more -> server -> more.by(new ApiServerRoute(server))));
    }

    /** Where Entra ID is asked, the command pod needs this program's token: that cluster has to be named. */
    private boolean goesByCommand(Cluster cluster) {
        return commandsAllowed
                && cluster.apiServer().isPrivate()
                && (!cluster.apiServer().asksEntra() || entraClusters.name(cluster.id()));
    }

    private <T> Lookup<T> byRunCommand(Cluster cluster, PullSecretOwner owner, Work<T> work) {
        KubernetesDiagnosis diagnosis = new KubernetesDiagnosis(
                cluster,
                Kubeconfig.Identity.ENTRA,
                new KubernetesRights(KubernetesRights.Way.RUN_COMMAND, owner),
                azure::caller);
        try {
            return new Lookup.Found<>(work.by(new RunCommandRoute(runCommand, cluster, diagnosis)));
        } catch (KubernetesFailure failure) {
            return failure.answer();
        } catch (ClusterGone gone) {
            return new Lookup.Absent<>();
        }
    }
}
