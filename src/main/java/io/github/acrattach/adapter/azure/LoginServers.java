package io.github.acrattach.adapter.azure;

import io.github.acrattach.domain.ArmId;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which login servers are registries' own, and where they answer. In a cloud of Microsoft's, a registry is called by its
 * name and the cloud's suffix, with the hash of a domain name label between them if it was made with one
 * (learn.microsoft.com/azure/container-registry/container-registry-get-started-azure-cli). A private cloud has names of
 * its own: where a setting says where its registries answer, they are taken as ARM shows them.
 *
 * @param suffix of the cloud, as {@code az cloud show --query suffixes.acrLoginServerEndpoint} tells it
 * @param endpoint the URL at which a registry answers, with a slash at its end or without one
 */
record LoginServers(String suffix, String endpoint) {

    /** Stands for a registry's own host in the endpoint. */
    static final String LOGIN_SERVER = "{login-server}";

    /** Each registry under the name that ARM shows for it. */
    static final String DEFAULT_ENDPOINT = "https://" + LOGIN_SERVER;

    LoginServers {
        endpoint = endpoint.replaceAll("/+$", "");
    }

    /** The login server that ARM shows for a registry; empty when it is none of the registry's. */
    Optional<String> own(ArmId registry, String shown) {
        return Optional.ofNullable(shown).filter(server -> !isOfTheCloud() || isOwn(registry.name(), server));
    }

    private boolean isOfTheCloud() {
        return endpoint.equals(DEFAULT_ENDPOINT);
    }

    /** A registry's name holds no hyphen: what stands behind one is the hash. */
    private boolean isOwn(String name, String server) {
        return Pattern.compile(Pattern.quote(name) + "(-[a-z0-9]+)?" + Pattern.quote(suffix), Pattern.CASE_INSENSITIVE)
                .matcher(server)
                .matches();
    }

    String url(String loginServer) {
        return endpoint.replace(LOGIN_SERVER, loginServer);
    }
}
