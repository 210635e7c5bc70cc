package io.github.acrattach.domain.access;

import static io.github.acrattach.domain.access.Check.IDENTITY;

import io.github.acrattach.domain.AzCommand;
import io.github.acrattach.domain.Cluster;
import io.github.acrattach.domain.DirectoryPrincipal;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.NodePool;
import io.github.acrattach.domain.Pairing;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.PullIdentity;
import io.github.acrattach.domain.SecretProblems;
import io.github.acrattach.domain.StateProblems;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** Who a cluster's nodes are when they pull. */
public final class IdentityChecks {

    private IdentityChecks() {}

    /**
     * Whatever is wrong with whoever pulls; one finding of who it is where nothing is.
     *
     * @param principal what the directory says of the cluster's service principal; not looked at where it has none
     */
    public static List<Finding> of(
            Pairing pairing,
            Lookup<Cluster> cluster,
            Lookup<DirectoryPrincipal> principal,
            PairTenants tenants,
            Instant now) {
        return cluster.fold(
                there -> there.identity()
                        .fold(
                                objectId -> List.of(kubelet(pairing, objectId, tenants)),
                                clientId -> ServicePrincipalChecks.of(there, clientId, principal, tenants, now),
                                unknown -> List.of(unknown(there, unknown))),
                () -> List.of(Finding.skipped(IDENTITY, "there is no such cluster")),
                problem -> List.of(Finding.skipped(IDENTITY, "the cluster may not be read")));
    }

    private static Finding kubelet(Pairing pairing, UUID objectId, PairTenants tenants) {
        String seen = "kubelet identity " + objectId;
        return tenants.areApart()
                ? Finding.fails(
                        IDENTITY,
                        Code.OTHER_TENANT,
                        seen + ", tenant " + tenants.ofCluster().get() + ", registry in tenant "
                                + tenants.ofRegistry().get(),
                        "The cluster " + pairing.cluster().name() + " pulls with a managed identity of the tenant "
                                + tenants.ofCluster().get() + ", and the registry "
                                + pairing.registry().name() + " lives in "
                                + tenants.ofRegistry().get()
                                + ": no role reaches an identity of another tenant.",
                        SecretProblems.attach(pairing)
                                + "   (by a pull secret, which asks for no tenant where its credential is an ACR token)")
                : Finding.ok(IDENTITY, seen);
    }

    /** One that is still being made may show it any moment. */
    private static Finding unknown(Cluster cluster, PullIdentity.Unknown unknown) {
        if (cluster.state().goesOn()) {
            return Finding.fails(
                    IDENTITY,
                    Code.CLUSTER_NOT_READY,
                    "no identity yet, last operation " + cluster.state().told(),
                    "The cluster " + cluster.id().name()
                            + " shows no identity that pulls yet: Azure is still making or changing it.",
                    AzCommand.showCluster(cluster.id()) + "   (shows when it is done; nothing else is needed)");
        }
        Problem problem = StateProblems.noIdentity(cluster, unknown);
        return unknown.candidates().isEmpty()
                ? Finding.fails(
                        IDENTITY, Code.NO_PULL_IDENTITY, "no identity that pulls", problem.cause(), problem.fix())
                : Finding.unknown(
                        IDENTITY,
                        Code.PULL_IDENTITY_UNCLEAR,
                        unknown.candidates().stream()
                                .map(each -> each.map(UUID::toString).orElse("one without a valid id"))
                                .collect(Collectors.joining(", ", "kubelet identities ", "")),
                        problem.cause(),
                        problem.fix());
    }

    /**
     * For a cluster whose nodes have no right: that its pods may have one. AKS lets pods pull by an identity that their service
     * account is bound to, from Kubernetes 1.34 (learn.microsoft.com/azure/aks/identity-bindings-concepts), and says so in a
     * field that the API version of today does not have.
     */
    public static Optional<Finding> podsMayPullAsThemselves(Cluster cluster) {
        return Optional.of(cluster)
                .filter(Cluster::podsMayPullAsThemselves)
                .map(each -> Finding.unknown(
                        IDENTITY,
                        Code.PODS_MAY_PULL_AS_THEMSELVES,
                        "workload identity on, node pools of Kubernetes 1.34 or newer: " + newPools(each),
                        "Pods of the cluster " + each.id().name()
                                + " may pull as themselves, whatever right its nodes lack:"
                                + " it has workload identity, and its nodes are new enough to pull as the service account of"
                                + " a pod. Azure does not show here whether they do.",
                        "az aks show" + AzCommand.which(each.id())
                                + " --query securityProfile.serviceAccountImagePullProfile   (by an az that is new enough;"
                                + " enabled means that service accounts pull, each by the identity that it is bound to,"
                                + " which is then who needs the role)"));
    }

    private static String newPools(Cluster cluster) {
        return cluster.nodePools().stream()
                .filter(NodePool::knowsPodTokens)
                .map(NodePool::name)
                .collect(Collectors.joining(", "));
    }
}
