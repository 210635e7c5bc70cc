package io.github.acrattach.emulator.entra;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.estate.Applications;
import io.github.acrattach.emulator.estate.Directory;
import io.github.acrattach.emulator.estate.Tenant;
import io.github.acrattach.emulator.http.Answer;
import io.github.acrattach.emulator.http.Json;
import io.github.acrattach.emulator.http.Request;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The authority: token endpoints, signing keys, OpenID configuration and instance discovery. */
public final class Entra {
    private static final Pattern PATH = Pattern.compile(
            "/(?<tenant>[^/]+)/(?<endpoint>oauth2/v2\\.0/token|oauth2/token|discovery/(v2\\.0/)?keys|discovery/instance"
                    + "|(v2\\.0/)?\\.well-known/openid-configuration)");
    /** As Azure Stack spells it; the only unknown authority that MSAL trusts without asking login.microsoftonline.com. */
    private static final String AD_FS = "adfs";

    private static final List<String> ANY_TENANT = List.of("common", "organizations", AD_FS);

    private final Tenant tenant;
    private final URI authority;
    private final SigningKey key;
    private final TokenEndpoint endpoint;

    public Entra(
            Tenant tenant,
            Directory directory,
            Applications applications,
            ClientSecrets secrets,
            URI authority,
            SigningKey key,
            Tokens tokens,
            Audiences audiences) {
        this.tenant = tenant;
        this.authority = authority;
        this.key = key;
        this.endpoint = new TokenEndpoint(tenant, directory, applications, secrets, tokens, audiences);
    }

    /** Empty when the path is none of the authority's. */
    public Optional<Answer> answer(Request request) {
        Matcher path = PATH.matcher(request.path());
        return path.matches()
                ? Optional.of(at(path.group("tenant"), path.group("endpoint"), request))
                : Optional.empty();
    }

    private Answer at(String name, String at, Request request) {
        boolean token = at.endsWith("/token");
        if (!request.method().equals(token ? "POST" : "GET")) {
            return Answer.empty(405).with("Allow", token ? "POST" : "GET");
        }
        if (!names(name) && (token || !ANY_TENANT.contains(name))) {
            return Aadsts.unknownTenant(name).answer();
        }
        if (token) {
            return endpoint.token(request, at.equals("oauth2/v2.0/token"));
        }
        if (at.endsWith("keys")) {
            return Answer.json(200, key.jwks());
        }
        return Answer.json(
                200,
                at.equals("discovery/instance")
                        ? instance()
                        : configuration(at.startsWith("v2.0") || name.equals(AD_FS)));
    }

    private boolean names(String name) {
        return name.equalsIgnoreCase(tenant.id()) || name.equalsIgnoreCase(tenant.defaultDomain());
    }

    /** What MSAL asks about an authority it does not know. */
    private ObjectNode instance() {
        String host = authority.getAuthority();
        ObjectNode metadata = Json.object().put("preferred_network", host).put("preferred_cache", host);
        metadata.set("aliases", Json.texts(Stream.of(host)));
        return Json.object()
                .put("tenant_discovery_endpoint", base() + "/v2.0/.well-known/openid-configuration")
                .put("api-version", "1.1")
                .set("metadata", Json.array(Stream.of(metadata)));
    }

    private ObjectNode configuration(boolean version2) {
        String oauth2 = base() + (version2 ? "/oauth2/v2.0" : "/oauth2");
        ObjectNode body = Json.object()
                .put("issuer", base() + (version2 ? "/v2.0" : "/"))
                .put("token_endpoint", oauth2 + "/token")
                .put("authorization_endpoint", oauth2 + "/authorize")
                .put("device_authorization_endpoint", oauth2 + "/devicecode")
                .put("jwks_uri", base() + "/discovery/v2.0/keys")
                .put("tenant_region_scope", "EU")
                .put("cloud_instance_name", authority.getHost())
                .put("msgraph_host", authority.getAuthority());
        body.set(
                "token_endpoint_auth_methods_supported",
                Json.texts(Stream.of("client_secret_post", "private_key_jwt", "client_secret_basic")));
        body.set("response_types_supported", Json.texts(Stream.of("token")));
        body.set("subject_types_supported", Json.texts(Stream.of("pairwise")));
        body.set("id_token_signing_alg_values_supported", Json.texts(Stream.of("RS256")));
        return body;
    }

    private String base() {
        return authority + "/" + tenant.id();
    }
}
