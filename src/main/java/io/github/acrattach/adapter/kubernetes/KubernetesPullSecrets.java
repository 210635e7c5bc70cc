package io.github.acrattach.adapter.kubernetes;

import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.Cluster;
import io.github.acrattach.domain.ClusterNamespace;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.NamespaceOutcome;
import io.github.acrattach.domain.PullSecret;
import io.github.acrattach.port.PullSecrets;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;

/** Pull secrets in clusters, by whichever way leads there. */
@ApplicationScoped
class KubernetesPullSecrets implements PullSecrets {

    private final ThroughApiServer apiServer;
    private final ThroughCommandPod commandPod;
    private final boolean commandsAllowed;

    KubernetesPullSecrets(ThroughApiServer apiServer, ThroughCommandPod commandPod, KubernetesSettings settings) {
        this.apiServer = apiServer;
        this.commandPod = commandPod;
        commandsAllowed = settings.runCommand();
    }

    @Override
    public Uni<Lookup<List<ClusterNamespace>>> in(Cluster cluster, ArmId registry, Set<String> serviceAccounts) {
        return way(cluster).in(cluster, registry, serviceAccounts);
    }

    @Override
    public Uni<Lookup<List<NamespaceOutcome>>> store(
            Cluster cluster, PullSecret secret, Set<String> namespaces, Set<String> serviceAccounts) {
        return way(cluster).store(cluster, secret, namespaces, serviceAccounts);
    }

    @Override
    public Uni<Lookup<List<NamespaceOutcome>>> clear(Cluster cluster, ArmId registry) {
        return way(cluster).clear(cluster, registry);
    }

    private PullSecrets way(Cluster cluster) {
        return cluster.privateApi() && commandsAllowed ? commandPod : apiServer;
    }
}
