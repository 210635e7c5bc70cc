package io.github.acrattach.adapter.azure;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.identity.AadCredentialBuilderBase;
import com.azure.identity.AzureCliCredentialBuilder;
import com.azure.identity.AzureDeveloperCliCredentialBuilder;
import com.azure.identity.ChainedTokenCredentialBuilder;
import com.azure.identity.ClientSecretCredentialBuilder;
import com.azure.identity.CredentialBuilderBase;
import com.azure.identity.ManagedIdentityCredentialBuilder;
import com.azure.identity.WorkloadIdentityCredentialBuilder;

/** Signs in the way that the settings say: one way, never a chain of guesses, so that a failure names its cause. */
final class Credentials {

    /** So that a sign-in that cannot work is told before the call that needs it has run out of patience. */
    private static final int RETRIES = 2;

    private Credentials() {}

    /** Makes the credential from checked settings; nothing is asked of Azure yet. */
    static TokenCredential of(AzureSettings settings, String authority, HttpClient http, IdentityHost identityHost) {
        return switch (settings.credential()) {
            case MANAGED_IDENTITY -> {
                ManagedIdentityCredentialBuilder builder = impatient(new ManagedIdentityCredentialBuilder(), http);
                settings.clientId().ifPresent(builder::clientId);
                yield new ManagedIdentity(builder.build(), identityHost);
            }
            case WORKLOAD_IDENTITY ->
                ofApplication(new WorkloadIdentityCredentialBuilder(), settings, authority, http)
                        .tokenFilePath(
                                settings.federatedTokenFile().orElseThrow().toString())
                        .build();
            case CLIENT_SECRET ->
                ofApplication(new ClientSecretCredentialBuilder(), settings, authority, http)
                        .clientSecret(settings.clientSecret().orElseThrow().reveal())
                        .build();
            case DEVELOPER ->
                new ChainedTokenCredentialBuilder()
                        .addLast(new AzureCliCredentialBuilder().build())
                        .addLast(new AzureDeveloperCliCredentialBuilder().build())
                        .build();
        };
    }

    private static <T extends AadCredentialBuilderBase<T>> T ofApplication(
            T builder, AzureSettings settings, String authority, HttpClient http) {
        T application = impatient(builder, http)
                .authorityHost(authority)
                .tenantId(settings.tenantId().orElseThrow())
                .clientId(settings.clientId().orElseThrow());
        // Only Microsoft's own authorities are known to instance discovery.
        return settings.endpoints().authority().isPresent() ? application.disableInstanceDiscovery() : application;
    }

    private static <T extends CredentialBuilderBase<T>> T impatient(T builder, HttpClient http) {
        return builder.httpClient(http).maxRetry(RETRIES).addPolicy(new BrokenSignIn());
    }
}
