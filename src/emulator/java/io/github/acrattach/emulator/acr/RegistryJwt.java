package io.github.acrattach.emulator.acr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.entra.SigningKey;
import io.github.acrattach.emulator.http.Certificate;
import io.github.acrattach.emulator.http.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The two kinds of token a registry issues; claims: github.com/Azure/acr, docs/AAD-OAuth.md. */
final class RegistryJwt {
    private static final Duration REFRESH = Duration.ofHours(3);
    private static final Duration ACCESS = Duration.ofMinutes(75);
    private static final String GRANT = "grant_type";

    /** The ids of tokens that were issued while their registry was a classic one. */
    private final Set<String> classic = ConcurrentHashMap.newKeySet();

    String refresh(Subject.Identity identity, String tenant, LoginServer server) {
        ObjectNode claims =
                claims(identity, server, REFRESH).put(GRANT, "refresh_token").put("tenant", tenant);
        claims.set(
                "permissions",
                Json.object()
                        .<ObjectNode>set("actions", Json.texts(Stream.of("*")))
                        .set("notActions", Json.array(Stream.empty())));
        return Once.KEY.sign(claims);
    }

    String access(Subject subject, LoginServer server, List<ObjectNode> access) {
        ObjectNode claims = claims(subject, server, ACCESS).put(GRANT, "access_token");
        claims.set("access", Json.array(access.stream()));
        return Once.KEY.sign(claims);
    }

    /** Whose refresh token it is; empty when it is none of this registry, or no longer good. */
    Optional<Subject.Identity> refreshed(String token, LoginServer server) {
        return good(token, "refresh_token", server)
                .flatMap(claims -> Json.text(claims, "sub"))
                .map(Subject.Identity::new);
    }

    /** The access claim; empty when it is no access token of this registry, or no longer good. */
    Optional<JsonNode> granted(String token, LoginServer server) {
        return good(token, "access_token", server).map(claims -> claims.path("access"));
    }

    /**
     * The switch to repository permissions ends what was issued before it:
     * learn.microsoft.com/azure/container-registry/container-registry-rbac-abac-repository-permissions.
     */
    private Optional<JsonNode> good(String token, String kind, LoginServer server) {
        return Once.KEY
                .verified(token)
                .filter(claims -> claims.path(GRANT).asText().equals(kind))
                .filter(claims -> claims.path("aud").asText().equalsIgnoreCase(server.name()))
                .filter(claims ->
                        !server.isAbac() || !classic.contains(claims.path("jti").asText()))
                .filter(claims -> claims.path("exp").asLong() > Instant.now().getEpochSecond());
    }

    private ObjectNode claims(Subject subject, LoginServer server, Duration lifetime) {
        Instant now = Instant.now();
        String id = UUID.randomUUID().toString();
        if (!server.isAbac()) {
            classic.add(id);
        }
        return Json.object()
                .put("jti", id)
                .put("sub", subject.name())
                .put("nbf", now.getEpochSecond())
                .put("exp", now.plus(lifetime).getEpochSecond())
                .put("iat", now.getEpochSecond())
                .put("iss", ContainerRegistries.ISSUER)
                .put("aud", server.name())
                .put("version", "1.0")
                .set("roles", Json.array(Stream.empty()));
    }

    /** Made with its certificate when it is first asked for. */
    private static final class Once {
        private static final SigningKey KEY = SigningKey.of(Certificate.ofRegistries());
    }
}
