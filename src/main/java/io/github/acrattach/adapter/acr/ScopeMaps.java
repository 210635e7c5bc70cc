package io.github.acrattach.adapter.acr;

import com.azure.resourcemanager.containerregistry.fluent.ScopeMapsClient;
import com.azure.resourcemanager.containerregistry.fluent.models.ScopeMapInner;
import com.azure.resourcemanager.containerregistry.models.ScopeMapUpdateParameters;
import io.github.acrattach.adapter.azure.Answers;
import io.github.acrattach.adapter.azure.Pages;
import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.CredentialKey;
import io.github.acrattach.domain.CredentialKind;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.Pairing;
import io.github.acrattach.domain.Version;
import java.util.List;
import java.util.Optional;

/** The scope map that says what a token may do, and for which cluster it is. */
final class ScopeMaps {

    private static final String SCOPE_MAPS = "scopeMaps";

    private final RegistryManagement management;
    private final Version version;

    ScopeMaps(RegistryManagement management, Version version) {
        this.management = management;
        this.version = version;
    }

    Lookup<ScopeMapInner> find(CredentialKey key) {
        ArmId registry = key.pairing().registry();
        return Answers.lookup(
                client(registry).getAsync(registry.resourceGroup(), registry.name(), key.name()),
                management.operation(SCOPE_MAPS + "/read", registry));
    }

    Lookup<ScopeMapInner> create(CredentialKey key, List<String> repositories) {
        ArmId registry = key.pairing().registry();
        ScopeMapInner scopeMap =
                new ScopeMapInner().withDescription(Label.of(key, version)).withActions(PullActions.of(repositories));
        return Answers.lookup(
                RegistryManagement.endured(
                        client(registry).createAsync(registry.resourceGroup(), registry.name(), key.name(), scopeMap)),
                management.operation(SCOPE_MAPS + "/write", registry));
    }

    Lookup<ScopeMapInner> mend(CredentialKey key, List<String> repositories) {
        ArmId registry = key.pairing().registry();
        ScopeMapUpdateParameters change = new ScopeMapUpdateParameters()
                .withDescription(Label.of(key, version))
                .withActions(PullActions.of(repositories));
        return Answers.lookup(
                RegistryManagement.endured(
                        client(registry).updateAsync(registry.resourceGroup(), registry.name(), key.name(), change)),
                management.operation(SCOPE_MAPS + "/write", registry));
    }

    Lookup<CredentialKey> delete(CredentialKey key) {
        ArmId registry = key.pairing().registry();
        return Answers.lookup(
                RegistryManagement.endured(client(registry)
                        .deleteAsync(registry.resourceGroup(), registry.name(), key.name())
                        .thenReturn(key)),
                management.operation(SCOPE_MAPS + "/delete", registry));
    }

    /** The credentials that this program's scope maps at the registry stand for, whatever id it had when they were made. */
    Lookup<List<CredentialKey>> at(ArmId registry) {
        return Answers.resource(
                Pages.all(
                        client(registry).listAsync(registry.resourceGroup(), registry.name()),
                        scopeMap -> key(scopeMap, registry).stream()),
                registry,
                management.operation(SCOPE_MAPS + "/read", registry));
    }

    private static Optional<CredentialKey> key(ScopeMapInner scopeMap, ArmId registry) {
        return Label.clusterIn(scopeMap.description())
                .map(cluster -> new CredentialKey(new Pairing(cluster, registry), CredentialKind.ACR_TOKEN))
                .flatMap(key -> key.named(scopeMap.name()));
    }

    private ScopeMapsClient client(ArmId registry) {
        return management.client(registry.subscription()).getScopeMaps();
    }
}
