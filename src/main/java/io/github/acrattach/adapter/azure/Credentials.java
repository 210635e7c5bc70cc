package io.github.acrattach.adapter.azure;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.identity.AzureCliCredentialBuilder;
import com.azure.identity.AzureDeveloperCliCredentialBuilder;
import com.azure.identity.ChainedTokenCredentialBuilder;
import com.azure.identity.ClientSecretCredentialBuilder;
import com.azure.identity.ManagedIdentityCredentialBuilder;
import com.azure.identity.WorkloadIdentityCredentialBuilder;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.util.Locale;
import java.util.Optional;

/** Signs in the way that the settings say: one way, never a chain of guesses, so that a failure names its cause. */
final class Credentials {

    private Credentials() {}

    /**
     * Checks that all settings are there that the way needs.
     *
     * @throws ConfigurationException when one is missing; the message names it
     */
    static void check(AzureSettings settings) {
        switch (settings.credential()) {
            case WORKLOAD_IDENTITY -> {
                need(settings.tenantId(), "tenant-id", settings);
                need(settings.clientId(), "client-id", settings);
                need(settings.federatedTokenFile(), "federated-token-file", settings);
            }
            case CLIENT_SECRET -> {
                need(settings.tenantId(), "tenant-id", settings);
                need(settings.clientId(), "client-id", settings);
                need(settings.clientSecret(), "client-secret", settings);
            }
            case MANAGED_IDENTITY, DEVELOPER -> {
                // Both know their tenant and client themselves.
            }
        }
    }

    /** Makes the credential from checked settings; nothing is asked of Azure yet. */
    static TokenCredential of(AzureSettings settings, String authority, HttpClient http) {
        // Only Microsoft's own authorities are known to instance discovery.
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
                        .tenantId(settings.tenantId().orElseThrow())
                        .clientId(settings.clientId().orElseThrow())
                        .tokenFilePath(
                                settings.federatedTokenFile().orElseThrow().toString());
                yield (ownAuthority ? builder.disableInstanceDiscovery() : builder).build();
            }
            case CLIENT_SECRET -> {
                ClientSecretCredentialBuilder builder = new ClientSecretCredentialBuilder()
                        .httpClient(http)
                        .authorityHost(authority)
                        .tenantId(settings.tenantId().orElseThrow())
                        .clientId(settings.clientId().orElseThrow())
                        .clientSecret(settings.clientSecret().orElseThrow().reveal());
                yield (ownAuthority ? builder.disableInstanceDiscovery() : builder).build();
            }
            case DEVELOPER ->
                new ChainedTokenCredentialBuilder()
                        .addLast(new AzureCliCredentialBuilder().build())
                        .addLast(new AzureDeveloperCliCredentialBuilder().build())
                        .build();
        };
    }

    private static void need(Optional<?> value, String setting, AzureSettings settings) {
        if (value.isEmpty()) {
            throw new ConfigurationException("The setting acr-attach.azure." + setting + " is needed to sign in by "
                    + settings.credential().name().toLowerCase(Locale.ROOT).replace('_', '-') + ".");
        }
    }
}
