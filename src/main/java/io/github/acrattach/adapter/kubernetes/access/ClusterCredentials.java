package io.github.acrattach.adapter.kubernetes.access;

import com.azure.resourcemanager.containerservice.fluent.models.CredentialResultsInner;
import io.github.acrattach.adapter.azure.Answers;
import io.github.acrattach.adapter.azure.Azure;
import io.github.acrattach.adapter.azure.HttpsOrigin;
import io.github.acrattach.adapter.azure.ManagedClusters;
import io.github.acrattach.domain.AzCommand;
import io.github.acrattach.domain.Cluster;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.OutsideText;
import io.github.acrattach.domain.Problem;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Optional;
import java.util.TreeSet;
import reactor.core.publisher.Mono;

/** The kubeconfigs that Azure gives out for a cluster. Its calls block. */
@Singleton
public record ClusterCredentials(Azure azure, ManagedClusters clusters) {

    private static final String USER = "Microsoft.ContainerService/managedClusters/listClusterUserCredential/action";
    private static final String ADMIN = "Microsoft.ContainerService/managedClusters/listClusterAdminCredential/action";

    /** As whom everybody comes. */
    public Lookup<Kubeconfig> user(Cluster cluster) {
        return list(
                cluster,
                USER,
                clusters.in(cluster.id().subscription())
                        .listClusterUserCredentialsAsync(
                                cluster.id().resourceGroup(), cluster.id().name()));
    }

    /** As the cluster's administrator, if the cluster has one. */
    public Lookup<Kubeconfig> admin(Cluster cluster) {
        Lookup<Kubeconfig> answer = list(
                cluster,
                ADMIN,
                clusters.in(cluster.id().subscription())
                        .listClusterAdminCredentialsAsync(
                                cluster.id().resourceGroup(), cluster.id().name()));
        return answer instanceof Lookup.Denied<Kubeconfig> denied
                        && denied.problem().cause().contains("local accounts")
                ? new Lookup.Denied<>(noLocalAccounts(denied.problem(), cluster))
                : answer;
    }

    private Lookup<Kubeconfig> list(Cluster cluster, String action, Mono<CredentialResultsInner> answer) {
        return Answers.resource(
                        answer,
                        cluster.id(),
                        azure.operation(action, cluster.id().toString()))
                .flatMap(credentials -> read(cluster, action, credentials));
    }

    private Lookup<Kubeconfig> read(Cluster cluster, String action, CredentialResultsInner credentials) {
        try {
            if (credentials.kubeconfigs() == null || credentials.kubeconfigs().isEmpty()) {
                throw new Kubeconfig.Unreadable("there is none");
            }
            Kubeconfig config = Kubeconfig.read(credentials.kubeconfigs().get(0).value());
            return isOwn(cluster, config.server())
                    ? new Lookup.Found<>(config)
                    : new Lookup.Denied<>(foreign(cluster, action, config.server()));
        } catch (Kubeconfig.Unreadable e) {
            return new Lookup.Denied<>(unreadable(cluster, action, e));
        }
    }

    /** The token that goes there opens every cluster, and the authority that would vouch for it is the kubeconfig's too. */
    private static boolean isOwn(Cluster cluster, URI server) {
        Optional<HttpsOrigin> named = HttpsOrigin.of(server);
        return cluster.apiServer().hosts().stream()
                .map(HttpsOrigin::ofHost)
                .anyMatch(own -> own.isPresent() && own.equals(named));
    }

    private Problem foreign(Cluster cluster, String action, URI server) {
        return new Problem(
                Problem.Kind.FOREIGN_ADDRESS,
                "The kubeconfig that Azure gives for the cluster leads to "
                        + OutsideText.line(server.getRawAuthority())
                        + ", which is none of the addresses that Azure shows for it ("
                        + OutsideText.line(String.join(
                                ", ", new TreeSet<>(cluster.apiServer().hosts())))
                        + "). So no credential is sent there.",
                Optional.of(action),
                Optional.of(cluster.id().toString()),
                azure.caller(),
                "az aks show" + AzCommand.which(cluster.id())
                        + " --query \"[fqdn, privateFqdn, azurePortalFqdn]\"   (shows its addresses; az aks"
                        + " get-credentials"
                        + AzCommand.which(cluster.id())
                        + " --file - shows the server of the kubeconfig. If that is still none of them, something stands"
                        + " between this program and Azure and changes its answers: find it before anything else)");
    }

    Problem unreadable(Cluster cluster, Kubeconfig.Unreadable why) {
        return unreadable(cluster, USER, why);
    }

    private Problem unreadable(Cluster cluster, String action, Kubeconfig.Unreadable why) {
        return new Problem(
                Problem.Kind.REJECTED,
                "The kubeconfig that Azure gives for the cluster cannot be read: " + why.getMessage() + '.',
                Optional.of(action),
                Optional.of(cluster.id().toString()),
                azure.caller(),
                "az aks get-credentials" + AzCommand.which(cluster.id()) + " --file -   (shows what Azure gives)");
    }

    private Problem noLocalAccounts(Problem problem, Cluster cluster) {
        return new Problem(
                problem.kind(),
                "The cluster has no local accounts, so there is no admin credential.",
                problem.action(),
                problem.scope(),
                problem.caller(),
                AzCommand.allowInCluster(cluster.id(), azure.caller()));
    }
}
