package io.github.acrattach.adapter.azure;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.identity.AzureCliCredentialBuilder;
import com.azure.identity.AzureDeveloperCliCredentialBuilder;
import com.azure.identity.ChainedTokenCredentialBuilder;
import com.azure.identity.ClientSecretCredentialBuilder;
import com.azure.identity.ManagedIdentityCredentialBuilder;
import com.azure.identity.WorkloadIdentityCredentialBuilder;

/** Signs in the way that the settings say: one way, never a chain of guesses, so that a failure names its cause. */
final class Credentials {

    /** So that a sign-in that cannot work is told before the call that needs it has run out of patience. */
    private static final int RETRIES = 2;

    private Credentials() {}

    /** Makes the credential from checked settings; nothing is asked of Azure yet. */
    static TokenCredential of(AzureSettings settings, String authority, HttpClient http) {
        // Only Microsoft's own authorities are known to instance discovery.
        boolean ownAuthority = settings.endpoints().authority().isPresent();
        return switch (settings.credential()) {
            case MANAGED_IDENTITY -> {
                ManagedIdentityCredentialBuilder builder = new ManagedIdentityCredentialBuilder()
                        .httpClient(http)
                        .maxRetry(RETRIES)
                        .addPolicy(new BrokenSignIn());
                settings.clientId().ifPresent(builder::clientId);
                yield builder.build();
            }
            case WORKLOAD_IDENTITY -> {
                WorkloadIdentityCredentialBuilder builder = new WorkloadIdentityCredentialBuilder()
                        .httpClient(http)
                        .maxRetry(RETRIES)
                        .addPolicy(new BrokenSignIn())
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
                        .maxRetry(RETRIES)
                        .addPolicy(new BrokenSignIn())
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
}
