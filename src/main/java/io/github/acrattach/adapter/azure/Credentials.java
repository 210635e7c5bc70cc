package io.github.acrattach.adapter.azure;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.identity.AzureCliCredentialBuilder;
import com.azure.identity.AzureDeveloperCliCredentialBuilder;
import com.azure.identity.ChainedTokenCredentialBuilder;
import com.azure.identity.ClientSecretCredentialBuilder;
import com.azure.identity.ManagedIdentityCredentialBuilder;
import com.azure.identity.WorkloadIdentityCredentialBuilder;
import io.github.acrattach.domain.Secret;
import java.util.Optional;

/** Signs in the way that the settings say: one way, never a chain of guesses, so that a failure names its cause. */
final class Credentials {

    private Credentials() {}

    /** @throws IllegalStateException when a setting that the way needs is missing; the message names it */
    static TokenCredential of(AzureSettings settings, String authority, HttpClient http) {
        boolean ownAuthority = settings.endpoints().authority().isPresent();
        return switch (settings.credential()) {
            case MANAGED_IDENTITY -> {
                ManagedIdentityCredentialBuilder builder = new ManagedIdentityCredentialBuilder().httpClient(http);
                settings.clientId().ifPresent(builder::clientId);
                yield builder.build();
            }
            case WORKLOAD_IDENTITY -> {
                WorkloadIdentityCredentialBuilder builder = new WorkloadIdentityCredentialBuilder()
                        .httpClient(http)
                        .authorityHost(authority)
                        .tenantId(needed(settings.tenantId(), "tenant-id", settings))
                        .clientId(needed(settings.clientId(), "client-id", settings))
                        .tokenFilePath(needed(settings.federatedTokenFile(), "federated-token-file", settings)
                                .toString());
                yield (ownAuthority ? builder.disableInstanceDiscovery() : builder).build();
            }
            case CLIENT_SECRET -> {
                Secret secret = needed(settings.clientSecret(), "client-secret", settings);
                ClientSecretCredentialBuilder builder = new ClientSecretCredentialBuilder()
                        .httpClient(http)
                        .authorityHost(authority)
                        .tenantId(needed(settings.tenantId(), "tenant-id", settings))
                        .clientId(needed(settings.clientId(), "client-id", settings))
                        .clientSecret(secret.reveal());
                // Only Microsoft's own authorities are known to its instance discovery.
                yield (ownAuthority ? builder.disableInstanceDiscovery() : builder).build();
            }
            case DEVELOPER -> new ChainedTokenCredentialBuilder()
                    .addLast(new AzureCliCredentialBuilder().build())
                    .addLast(new AzureDeveloperCliCredentialBuilder().build())
                    .build();
        };
    }

    private static <T> T needed(Optional<T> value, String setting, AzureSettings settings) {
        return value.orElseThrow(() -> new IllegalStateException("The setting acr-attach.azure." + setting
                + " is needed to sign in by "
                + settings.credential().name().toLowerCase(java.util.Locale.ROOT).replace('_', '-') + "."));
    }
}
