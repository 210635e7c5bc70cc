package io.github.acrattach.adapter.kubernetes.access;

import com.azure.resourcemanager.containerservice.ContainerServiceManager;
import com.azure.resourcemanager.containerservice.fluent.ManagedClustersClient;
import io.github.acrattach.adapter.azure.Azure;
import io.github.acrattach.adapter.azure.PerSubscription;
import io.github.acrattach.domain.Cluster;
import jakarta.enterprise.context.ApplicationScoped;

/** The SDK's clients, one for each subscription. */
@ApplicationScoped
public class ManagedClusters {

    private final PerSubscription<ManagedClustersClient> clients;

    public ManagedClusters(Azure azure) {
        clients = new PerSubscription<>(
                subscription -> ContainerServiceManager.authenticate(azure.arm(), azure.profile(subscription))
                        .serviceClient()
                        .getManagedClusters());
    }

    /** The client for the subscription of the cluster. */
    ManagedClustersClient of(Cluster cluster) {
        return clients.client(cluster.id().subscription());
    }
}
