package io.github.acrattach.adapter.kubernetes;

import com.azure.resourcemanager.containerservice.ContainerServiceManager;
import com.azure.resourcemanager.containerservice.fluent.ManagedClustersClient;
import io.github.acrattach.adapter.azure.Azure;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The SDK's clients, one for each subscription. */
@ApplicationScoped
class ManagedClusters {

    private static final int MOST_CLIENTS = 64;

    private final Azure azure;
    private final Map<UUID, ManagedClustersClient> clients = new ConcurrentHashMap<>();

    ManagedClusters(Azure azure) {
        this.azure = azure;
    }

    ManagedClustersClient client(UUID subscription) {
        if (clients.size() >= MOST_CLIENTS) {
            // Whoever calls the API can name any subscription.
            clients.clear();
        }
        return clients.computeIfAbsent(
                subscription, id -> ContainerServiceManager.authenticate(azure.arm(), azure.profile(id))
                        .serviceClient()
                        .getManagedClusters());
    }
}
