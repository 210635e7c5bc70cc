package io.github.acrattach.adapter.arm;

import com.azure.resourcemanager.resources.ResourceManager;
import com.azure.resourcemanager.resources.models.Subscription;
import io.github.acrattach.adapter.azure.Answers;
import io.github.acrattach.adapter.azure.Azure;
import io.github.acrattach.adapter.azure.Pages;
import io.github.acrattach.domain.Guid;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.port.Subscriptions;
import io.github.acrattach.port.Tenants;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Lists subscriptions, and the tenants that they belong to. */
@ApplicationScoped
class ArmSubscriptions implements Subscriptions, Tenants {

    private final Azure azure;

    ArmSubscriptions(Azure azure) {
        this.azure = azure;
    }

    @Override
    public Lookup<List<UUID>> visible() {
        return all(subscription -> Guid.parse(subscription.subscriptionId()).stream());
    }

    @Override
    public Lookup<Map<UUID, UUID>> bySubscription() {
        return all(subscription -> Guid.parse(subscription.subscriptionId())
                        .flatMap(id ->
                                Guid.parse(subscription.innerModel().tenantId()).map(tenant -> Map.entry(id, tenant)))
                        .stream())
                .map(all -> all.stream()
                        .collect(Collectors.toUnmodifiableMap(
                                Map.Entry::getKey, Map.Entry::getValue, (one, same) -> one)));
    }

    private <T> Lookup<List<T>> all(Function<Subscription, Stream<T>> read) {
        return Answers.list(
                Pages.all(
                        ResourceManager.authenticate(azure.arm(), azure.profile())
                                .subscriptions()
                                .listAsync(),
                        read),
                azure.operation("Microsoft.Resources/subscriptions/read", "/"));
    }
}
