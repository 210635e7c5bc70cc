package io.github.acrattach.adapter.acr;

import com.azure.resourcemanager.containerregistry.fluent.ContainerRegistryManagementClient;
import com.azure.resourcemanager.containerregistry.implementation.ContainerRegistryManagementClientBuilder;
import io.github.acrattach.adapter.azure.Azure;
import io.github.acrattach.adapter.azure.Operation;
import io.github.acrattach.adapter.azure.PerSubscription;
import io.github.acrattach.domain.ArmId;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import reactor.core.publisher.Mono;

/** The resource provider of registries; what it takes its time for is waited for. */
final class RegistryManagement {

    private static final String ACTIONS = "Microsoft.ContainerRegistry/registries/";

    /** Unless Azure says how long to wait. The SDK's managers would wait half a minute: longer than a call may take. */
    private static final Duration POLL = Duration.ofSeconds(1);

    /** A token takes seconds. */
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final Azure azure;
    private final PerSubscription<ContainerRegistryManagementClient> clients;

    RegistryManagement(Azure azure) {
        this.azure = azure;
        clients = new PerSubscription<>(subscription -> new ContainerRegistryManagementClientBuilder()
                .pipeline(azure.arm())
                .environment(azure.profile(subscription).getEnvironment())
                .endpoint(azure.profile(subscription).getEnvironment().getResourceManagerEndpoint())
                .subscriptionId(subscription.toString())
                .defaultPollInterval(azure.pause(POLL))
                .buildClient());
    }

    ContainerRegistryManagementClient client(UUID subscription) {
        return clients.client(subscription);
    }

    /** At the registry, where the right to it is given. */
    Operation operation(String action, ArmId registry) {
        return azure.operation(ACTIONS + action, registry.toString());
    }

    static <T> Mono<T> endured(Mono<T> operation) {
        return operation
                .timeout(LONGEST)
                .onErrorMap(
                        TimeoutException.class,
                        late -> new IOException(
                                "the registry is still busy with it after " + LONGEST.toSeconds() + " s"));
    }
}
