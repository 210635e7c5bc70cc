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
import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.Cluster;
import io.github.acrattach.domain.ClusterNamespace;
import io.github.acrattach.domain.ClusterPatterns;
import io.github.acrattach.domain.Held;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.NamespaceOutcome;
import io.github.acrattach.domain.PullSecret;
import io.github.acrattach.domain.ReferenceTerms;
import io.github.acrattach.domain.ServiceAccountPatterns;
import io.github.acrattach.port.PullSecrets;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Pull secrets in clusters, by the route that leads there. */
@ApplicationScoped
class KubernetesPullSecrets implements PullSecrets {

    private final Azure azure;
    private final ApiServers apiServers;
    private final RunCommand runCommand;
    private final boolean commandsAllowed;
    private final ClusterPatterns entraClusters;

    KubernetesPullSecrets(Azure azure, ApiServers apiServers, RunCommand runCommand, KubernetesSettings settings) {
        this.azure = azure;
        this.apiServers = apiServers;
        this.runCommand = runCommand;
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
            Cluster cluster, ArmId registry, ServiceAccountPatterns wanted, Set<String> labels) {
        String secret = PullSecret.nameFor(registry);
        Observation all = new Observation(secret, Optional.of(wanted), labels, Optional.empty(), false);
        Work<List<ClusterNamespace>> look = route -> route.observe(all).stream()
                .map(each -> each.seenFrom(registry, secret, wanted))
                .toList();
        return by(cluster, registry, look, seen -> Optional.of(look).filter(same -> seen.stream()
                .anyMatch(
                        each -> each.held() instanceof Held.Hidden hidden && ApiServers.isOfARight(hidden.problem()))));
    }

    @Override
    public Lookup<List<NamespaceOutcome>> store(
            Cluster cluster,
            PullSecret secret,
            Set<String> namespaces,
            Set<String> alreadyHolding,
            ReferenceTerms references) {
        return deliver(
                cluster,
                secret.credential().key().pairing().registry(),
                new StorePullSecret(
                        secret,
                        namespaces,
                        alreadyHolding,
                        references,
                        ThreadLocalRandom.current().nextLong()));
    }

    @Override
    public Lookup<List<NamespaceOutcome>> clear(Cluster cluster, ArmId registry) {
        return deliver(cluster, registry, new TakeBackPullSecret(registry));
    }

    private Lookup<List<NamespaceOutcome>> deliver(Cluster cluster, ArmId registry, Wish wish) {
        return by(cluster, registry, route -> Delivery.deliver(route, wish), outcomes -> lackingARight(outcomes)
                .map(lacking -> route -> once(outcomes, lacking, route, wish)));
    }

    /** The namespaces in which this program lacks a right, and nobody else refuses anything. */
    private static Optional<Set<String>> lackingARight(List<NamespaceOutcome> outcomes) {
        Set<String> lacking = outcomes.stream()
                .filter(each -> each.problem().filter(ApiServers::isOfARight).isPresent())
                .map(NamespaceOutcome::namespace)
                .collect(Collectors.toSet());
        return Optional.of(lacking).filter(some -> !some.isEmpty());
    }

    /** In these namespaces once more, and in no other: what is refused there is refused to the administrator too. */
    private static List<NamespaceOutcome> once(List<NamespaceOutcome> before, Set<String> more, Route route, Wish wish)
            throws KubernetesFailure {
        return Stream.concat(
                        before.stream().filter(each -> !more.contains(each.namespace())),
                        Delivery.deliver(route, wish, wish.observation().of(more)).stream())
                .sorted(Comparator.comparing(NamespaceOutcome::namespace))
                .toList();
    }

    /** Work in a cluster; it can be done twice. */
    private interface Work<T> {
        T by(Route route) throws KubernetesFailure;
    }

    private <T> Lookup<T> by(
            Cluster cluster, ArmId registry, Work<T> work, Function<T, Optional<Work<T>>> asAdministrator) {
        return goesByCommand(cluster)
                ? byRunCommand(cluster, registry, work)
                : apiServers.at(
                        cluster, registry, server -> work.by(new ApiServerRoute(server)), result -> asAdministrator
                                .apply(result)
                                .map(more -> server -> more.by(new ApiServerRoute(server))));
    }

    /** Where Entra ID is asked, the command pod needs this program's token: that cluster has to be named. */
    private boolean goesByCommand(Cluster cluster) {
        return commandsAllowed
                && cluster.apiServer().isPrivate()
                && (!cluster.apiServer().asksEntra() || entraClusters.name(cluster.id()));
    }

    private <T> Lookup<T> byRunCommand(Cluster cluster, ArmId registry, Work<T> work) {
        KubernetesDiagnosis diagnosis = new KubernetesDiagnosis(
                cluster,
                Kubeconfig.Identity.ENTRA,
                new KubernetesRights(KubernetesRights.Way.RUN_COMMAND, registry),
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
