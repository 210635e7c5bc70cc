package io.github.acrattach.adapter.azure;

import io.github.acrattach.domain.Guid;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.net.URI;
import java.nio.file.Files;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Refuses settings that cannot be meant, before anything is done with them. */
final class AzureSettingsCheck {

    /** What is set by the names that Azure's own libraries read; application.properties hands it on. */
    private static final Set<String> OWN_NAMES =
            Set.of("tenant-id", "client-id", "client-secret", "federated-token-file");

    private AzureSettingsCheck() {}

    /**
     * Checks what can be told without asking Azure.
     *
     * @throws ConfigurationException for the first setting that is missing or cannot be meant; the message names it
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
        settings.tenantId()
                .filter(tenant -> !tenant.matches("[A-Za-z0-9.-]{1,253}"))
                .ifPresent(tenant -> refuse("tenant-id", "is neither a GUID nor a domain"));
        settings.clientId()
                .filter(client -> Guid.parse(client).isEmpty())
                .ifPresent(client -> refuse(
                        "client-id",
                        "is no GUID, as a client id is; those of managed identities: az identity list --query"
                                + " \"[].[id,clientId]\" --output table"));
        settings.federatedTokenFile()
                .filter(file -> !Files.isReadable(file))
                .ifPresent(file -> refuse("federated-token-file", "names " + file + ", which cannot be read"));
        settings.trustedCertificates().ifPresent(Trust::certificates);
        settings.endpoints().authority().ifPresent(url -> checkUrl("endpoints.authority", url));
        settings.endpoints().resourceManager().ifPresent(url -> checkUrl("endpoints.resource-manager", url));
        settings.endpoints().graph().ifPresent(url -> checkUrl("endpoints.graph", url));
        checkUrl("endpoints.registry", settings.endpoints().registry().replace(LoginServers.LOGIN_SERVER, "registry"));
    }

    /** The SDK sends no token over plain HTTP. */
    private static void checkUrl(String setting, String url) {
        try {
            URI uri = URI.create(url);
            if ("https".equals(uri.getScheme()) && uri.getHost() != null) {
                return;
            }
        } catch (IllegalArgumentException unreadable) {
            // Told below, like every other text that is no such URL.
        }
        refuse(setting, "is not an https URL");
    }

    private static void need(Optional<?> value, String setting, AzureSettings settings) {
        if (value.isEmpty()) {
            refuse(
                    setting,
                    "is needed to sign in by "
                            + settings.credential()
                                    .name()
                                    .toLowerCase(Locale.ROOT)
                                    .replace('_', '-'));
        }
    }

    private static void refuse(String setting, String reason) {
        String prefix = OWN_NAMES.contains(setting) ? "AZURE_" : "ACR_ATTACH_AZURE_";
        throw new ConfigurationException("The setting " + prefix
                + setting.replaceAll("[.-]", "_").toUpperCase(Locale.ROOT) + " " + reason + ".");
    }
}
