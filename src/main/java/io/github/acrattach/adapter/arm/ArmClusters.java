package io.github.acrattach.adapter.arm;

import com.azure.resourcemanager.containerservice.fluent.models.ManagedClusterInner;
import io.github.acrattach.adapter.azure.Answers;
import io.github.acrattach.adapter.azure.Azure;
import io.github.acrattach.adapter.azure.ManagedClusters;
import io.github.acrattach.adapter.azure.Pages;
import io.github.acrattach.domain.ApiServerProfile;
import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.Cluster;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.PowerState;
import io.github.acrattach.domain.ProvisioningState;
import io.github.acrattach.domain.PullIdentity;
import io.github.acrattach.port.Clusters;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads AKS clusters. */
@ApplicationScoped
class ArmClusters implements Clusters {

    private static final String READ = "Microsoft.ContainerService/managedClusters/read";

    private final Azure azure;
    private final ManagedClusters clusters;

    ArmClusters(Azure azure, ManagedClusters clusters) {
        this.azure = azure;
        this.clusters = clusters;
    }

    @Override
    public Lookup<Cluster> find(ArmId id) {
        return Answers.resource(
                clusters.in(id.subscription())
                        .getByResourceGroupAsync(id.resourceGroup(), id.name())
                        .map(inner -> cluster(AnsweredIds.checked(id, inner.id()), inner)),
                id,
                azure.operation(READ, id.toString()));
    }

    @Override
    public Lookup<List<Cluster>> in(UUID subscription) {
        return Answers.list(
                Pages.all(
                        clusters.in(subscription).listAsync(),
                        inner ->
                                AnsweredIds.readable(inner.id(), ArmId.CLUSTER).map(id -> cluster(id, inner)).stream()),
                azure.operation(READ, "/subscriptions/" + subscription));
    }

    private static Cluster cluster(ArmId id, ManagedClusterInner inner) {
        return new Cluster(
                id,
                inner.tags() == null ? Map.of() : inner.tags(),
                ProvisioningState.of(inner.provisioningState()),
                identity(inner),
                apiServer(inner),
                PowerState.of(ClusterNodes.power(inner.powerState()), inner.provisioningState()),
                ClusterNodes.pools(inner),
                EgressOfCluster.read(inner),
                ClusterIdentities.others(inner),
                ClusterIdentities.ofPods(inner),
                ClusterNodes.comeByThemselves(inner),
                ClusterIdentities.tenant(inner));
    }

    private static ApiServerProfile apiServer(ManagedClusterInner inner) {
        return new ApiServerProfile(
                Stream.of(inner.fqdn(), inner.privateFqdn(), inner.azurePortalFqdn())
                        .filter(Objects::nonNull)
                        .collect(Collectors.toUnmodifiableSet()),
                inner.apiServerAccessProfile() != null
                        && Boolean.TRUE.equals(inner.apiServerAccessProfile().enablePrivateCluster()),
                inner.aadProfile() != null);
    }

    private static PullIdentity identity(ManagedClusterInner inner) {
        Map<String, Optional<String>> profile = new HashMap<>();
        if (inner.identityProfile() != null) {
            inner.identityProfile()
                    .forEach((name, identity) ->
                            profile.put(name, Optional.ofNullable(identity).map(each -> each.objectId())));
        }
        return PullIdentity.of(
                profile, Optional.ofNullable(inner.servicePrincipalProfile()).map(each -> each.clientId()));
    }
}
