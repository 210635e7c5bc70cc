package io.github.acrattach.adapter.acr;

import com.azure.resourcemanager.containerregistry.fluent.ContainerRegistryManagementClient;
import com.azure.resourcemanager.containerregistry.fluent.models.TokenInner;
import com.azure.resourcemanager.containerregistry.models.GenerateCredentialsParameters;
import com.azure.resourcemanager.containerregistry.models.TokenCredentialsProperties;
import com.azure.resourcemanager.containerregistry.models.TokenPassword;
import com.azure.resourcemanager.containerregistry.models.TokenPasswordName;
import com.azure.resourcemanager.containerregistry.models.TokenStatus;
import com.azure.resourcemanager.containerregistry.models.TokenUpdateParameters;
import io.github.acrattach.adapter.azure.Answers;
import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.CredentialKey;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.PullCredential;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** The token that a credential is, at the registry's resource provider. */
final class Tokens {

    private static final String TOKENS = "tokens";

    private final RegistryManagement management;

    Tokens(RegistryManagement management) {
        this.management = management;
    }

    Lookup<TokenInner> find(CredentialKey key) {
        ArmId registry = key.pairing().registry();
        return Answers.lookup(
                client(key).getTokens().getAsync(registry.resourceGroup(), registry.name(), key.name()),
                management.operation(TOKENS + "/read", registry));
    }

    /** Without a password. */
    Lookup<TokenInner> create(CredentialKey key) {
        ArmId registry = key.pairing().registry();
        TokenInner token = new TokenInner()
                .withScopeMapId(RegistryCredential.scopeMapId(key))
                .withStatus(TokenStatus.ENABLED);
        return Answers.lookup(
                RegistryManagement.endured(client(key)
                        .getTokens()
                        .createAsync(registry.resourceGroup(), registry.name(), key.name(), token)),
                management.operation(TOKENS + "/write", registry));
    }

    /** Leaves the passwords that it has, which making it anew might not. */
    Lookup<TokenInner> mend(CredentialKey key) {
        return update(
                key,
                new TokenUpdateParameters()
                        .withScopeMapId(RegistryCredential.scopeMapId(key))
                        .withStatus(TokenStatus.ENABLED));
    }

    Lookup<TokenInner> keepOnly(CredentialKey key, List<TokenPassword> slots) {
        return update(
                key,
                new TokenUpdateParameters().withCredentials(new TokenCredentialsProperties().withPasswords(slots)));
    }

    private Lookup<TokenInner> update(CredentialKey key, TokenUpdateParameters change) {
        ArmId registry = key.pairing().registry();
        return Answers.lookup(
                RegistryManagement.endured(client(key)
                        .getTokens()
                        .updateAsync(registry.resourceGroup(), registry.name(), key.name(), change)),
                management.operation(TOKENS + "/write", registry));
    }

    /** Fills a slot anew; what it held before ends at once. */
    Lookup<TokenPassword> fill(PullCredential credential, TokenPasswordName slot, Instant expires) {
        CredentialKey key = credential.key();
        ArmId registry = key.pairing().registry();
        GenerateCredentialsParameters wanted = new GenerateCredentialsParameters()
                .withTokenId(credential.issuerId())
                .withName(slot)
                .withExpiry(expires.atOffset(ZoneOffset.UTC));
        return Answers.lookup(
                RegistryManagement.endured(client(key)
                        .getRegistries()
                        .generateCredentialsAsync(registry.resourceGroup(), registry.name(), wanted)
                        .mapNotNull(filled -> Slots.valueIn(filled, slot).orElse(null))),
                management.operation("generateCredentials/action", registry));
    }

    Lookup<CredentialKey> delete(CredentialKey key) {
        ArmId registry = key.pairing().registry();
        return Answers.lookup(
                RegistryManagement.endured(client(key)
                        .getTokens()
                        .deleteAsync(registry.resourceGroup(), registry.name(), key.name())
                        .thenReturn(key)),
                management.operation(TOKENS + "/delete", registry));
    }

    private ContainerRegistryManagementClient client(CredentialKey key) {
        return management.client(key.pairing().registry().subscription());
    }
}
