package io.github.acrattach.adapter.arm;

import com.azure.resourcemanager.containerregistry.ContainerRegistryManager;
import com.azure.resourcemanager.containerregistry.fluent.RegistriesClient;
import com.azure.resourcemanager.containerregistry.fluent.models.RegistryInner;
import com.azure.resourcemanager.containerregistry.models.AzureADAuthenticationAsArmPolicy;
import com.azure.resourcemanager.containerregistry.models.Policies;
import com.azure.resourcemanager.containerregistry.models.Sku;
import com.azure.resourcemanager.containerregistry.models.SkuName;
import io.github.acrattach.adapter.azure.Answers;
import io.github.acrattach.adapter.azure.Azure;
import io.github.acrattach.adapter.azure.Pages;
import io.github.acrattach.adapter.azure.PerSubscription;
import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.ProvisioningState;
import io.github.acrattach.domain.Registry;
import io.github.acrattach.port.Registries;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Reads ACR registries. */
@ApplicationScoped
class ArmRegistries implements Registries {

    private static final String READ = "Microsoft.ContainerRegistry/registries/read";

    private final Azure azure;
    private final PerSubscription<RegistriesClient> clients;

    ArmRegistries(Azure azure) {
        this.azure = azure;
        clients = new PerSubscription<>(
                subscription -> ContainerRegistryManager.authenticate(azure.arm(), azure.profile(subscription))
                        .serviceClient()
                        .getRegistries());
    }

    @Override
    public Lookup<Registry> find(ArmId id) {
        return Answers.resource(
                clients.client(id.subscription())
                        .getByResourceGroupAsync(id.resourceGroup(), id.name())
                        .map(inner -> registry(AnsweredIds.checked(id, inner.id()), inner)),
                id,
                azure.operation(READ, id.toString()));
    }

    @Override
    public Lookup<List<Registry>> in(UUID subscription) {
        return Answers.list(
                Pages.all(
                        clients.client(subscription).listAsync(),
                        inner ->
                                AnsweredIds.readable(inner.id(), ArmId.REGISTRY)
                                        .map(id -> registry(id, inner))
                                        .stream()),
                azure.operation(READ, "/subscriptions/" + subscription));
    }

    private Registry registry(ArmId id, RegistryInner inner) {
        String shown = inner.loginServer() == null ? "" : inner.loginServer();
        String own = azure.loginServer(id, inner.loginServer()).orElse("");
        return new Registry(
                id,
                inner.tags() == null ? Map.of() : inner.tags(),
                ProvisioningState.of(
                        inner.provisioningState() == null
                                ? null
                                : inner.provisioningState().toString()),
                own,
                Optional.ofNullable(inner.roleAssignmentMode()).map(Object::toString),
                own.isEmpty() && !shown.isBlank(),
                takesArmTokens(inner),
                hasNoRegions(inner) ? Optional.of(List.of()) : Optional.empty(),
                NetworkOfRegistry.read(inner),
                Boolean.TRUE.equals(inner.anonymousPullEnabled()),
                Boolean.TRUE.equals(inner.adminUserEnabled()),
                changedOn(inner));
    }

    /** Making it changes nothing. */
    private static Optional<Instant> changedOn(RegistryInner inner) {
        return Optional.ofNullable(inner.systemData())
                .filter(data -> data.lastModifiedAt() != null)
                .filter(data ->
                        data.createdAt() == null || !data.lastModifiedAt().isEqual(data.createdAt()))
                .map(data -> data.lastModifiedAt().toInstant());
    }

    /** Only a Premium registry can have them: learn.microsoft.com/azure/container-registry/container-registry-geo-replication. */
    private static boolean hasNoRegions(RegistryInner inner) {
        return Optional.ofNullable(inner.sku())
                .map(Sku::name)
                .filter(SkuName.PREMIUM::equals)
                .isEmpty();
    }

    /** It does, unless somebody disabled it: learn.microsoft.com/azure/container-registry/container-registry-disable-authentication-as-arm. */
    private static boolean takesArmTokens(RegistryInner inner) {
        return Optional.ofNullable(inner.policies())
                .map(Policies::azureADAuthenticationAsArmPolicy)
                .map(AzureADAuthenticationAsArmPolicy::status)
                .filter(status -> status.toString().equalsIgnoreCase("disabled"))
                .isEmpty();
    }
}
