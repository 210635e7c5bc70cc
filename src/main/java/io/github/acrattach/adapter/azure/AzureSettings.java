package io.github.acrattach.adapter.azure;

import io.github.acrattach.domain.Secret;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.microprofile.config.spi.Converter;

/** Which Azure, and as whom. */
@ConfigMapping(prefix = "acr-attach.azure")
interface AzureSettings {

    /** The clouds that Microsoft runs. */
    enum Cloud {
        PUBLIC(".azurecr.io"),
        CHINA(".azurecr.cn"),
        US_GOVERNMENT(".azurecr.us");

        private final String loginServerSuffix;

        Cloud(String loginServerSuffix) {
            this.loginServerSuffix = loginServerSuffix;
        }

        /** With what the login servers of registries end. */
        String loginServerSuffix() {
            return loginServerSuffix;
        }
    }

    /** How the program signs in. */
    enum Credential {
        /** The function app's own identity, or the user-assigned one that the client id names. */
        MANAGED_IDENTITY,
        /** A Kubernetes service account that Entra ID trusts. */
        WORKLOAD_IDENTITY,
        /** A service principal with a secret. */
        CLIENT_SECRET,
        /** Whoever is signed in with {@code az login} or {@code azd auth login}. */
        DEVELOPER
    }

    @WithDefault("public")
    Cloud cloud();

    @WithDefault("managed-identity")
    Credential credential();

    Optional<String> tenantId();

    Optional<String> clientId();

    @WithConverter(ToSecret.class)
    Optional<Secret> clientSecret();

    Optional<Path> federatedTokenFile();

    /** PEM certificates to trust beside the usual ones: of an emulator, or of a proxy that opens TLS. */
    Optional<Path> trustedCertificates();

    /** Endpoints that differ from the cloud's own. */
    Endpoints endpoints();

    /** Endpoints as URLs, such as {@code https://management.azure.com}. */
    interface Endpoints {

        /** Entra ID. */
        Optional<String> authority();

        /** Azure Resource Manager. */
        Optional<String> resourceManager();

        /** Microsoft Graph. */
        Optional<String> graph();

        /** Where a registry answers; {@code {login-server}} stands for the registry's own host. */
        @WithDefault(LoginServers.DEFAULT_ENDPOINT)
        String registry();
    }

    /** Keeps a secret from being printed on its way in. */
    final class ToSecret implements Converter<Secret> {

        private static final long serialVersionUID = 1;

        @Override
        public Secret convert(String value) {
            return value.isEmpty() ? null : new Secret(value);
        }
    }
}
