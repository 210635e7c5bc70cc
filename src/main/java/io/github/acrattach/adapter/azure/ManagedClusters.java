package io.github.acrattach.adapter.azure;

import com.azure.resourcemanager.containerservice.ContainerServiceManager;
import com.azure.resourcemanager.containerservice.fluent.ManagedClustersClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** The SDK's clients of AKS, one for each subscription. */
@ApplicationScoped
public class ManagedClusters {

    private final PerSubscription<ManagedClustersClient> clients;

    public ManagedClusters(Azure azure) {
        clients = new PerSubscription<>(
                subscription -> ContainerServiceManager.authenticate(azure.arm(), azure.profile(subscription))
                        .serviceClient()
                        .getManagedClusters());
    }

    /** The client for the clusters of the subscription. */
    public ManagedClustersClient in(UUID subscription) {
        return clients.client(subscription);
    }
}
