package io.github.acrattach.adapter.arm;

import com.azure.resourcemanager.resources.ResourceManager;
import io.github.acrattach.adapter.azure.Answers;
import io.github.acrattach.adapter.azure.Azure;
import io.github.acrattach.adapter.azure.Pages;
import io.github.acrattach.domain.Guid;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.port.Subscriptions;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/** Lists subscriptions. */
@ApplicationScoped
class ArmSubscriptions implements Subscriptions {

    private final Azure azure;

    ArmSubscriptions(Azure azure) {
        this.azure = azure;
    }

    @Override
    public Lookup<List<UUID>> visible() {
        return Answers.list(
                Pages.all(
                        ResourceManager.authenticate(azure.arm(), azure.profile())
                                .subscriptions()
                                .listAsync(),
                        subscription -> Guid.parse(subscription.subscriptionId()).stream()),
                azure.operation("Microsoft.Resources/subscriptions/read", "/"));
    }
}
