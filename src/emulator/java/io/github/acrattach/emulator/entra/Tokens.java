package io.github.acrattach.emulator.entra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.estate.GraphPermission;
import io.github.acrattach.emulator.estate.Principal;
import io.github.acrattach.emulator.estate.Tenant;
import io.github.acrattach.emulator.http.Json;
import io.github.acrattach.emulator.http.Request;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Issues access tokens and reads them back. */
public final class Tokens {
    /** As Entra gives a program for ARM. */
    private static final Duration LIFETIME = Duration.ofMinutes(60);

    private final SigningKey key;
    private final Tenant tenant;
    private final URI authority;
    private final Set<String> graph;

    public Tokens(SigningKey key, Tenant tenant, URI authority) {
        graph = Audiences.at(authority).graph();
        this.key = key;
        this.tenant = tenant;
        this.authority = authority;
    }

    /** An access token and what its owner has to know about it. */
    public record Issued(String token, Instant expires) {
        long secondsLeft() {
            return Duration.between(Instant.now(), expires).toSeconds();
        }

        @Override
        public String toString() {
            return "token until " + expires;
        }
    }

    /** Claims: learn.microsoft.com/entra/identity-platform/access-token-claims-reference. */
    public Issued issue(Principal principal, String audience) {
        Instant now = Instant.now();
        Instant expires = now.plus(LIFETIME);
        String appId = principal.appId().orElse(principal.objectId());
        ObjectNode claims = Json.object()
                .put("aud", audience)
                .put("iss", authority + "/" + tenant.id() + "/")
                .put("iat", now.getEpochSecond())
                .put("nbf", now.getEpochSecond())
                .put("exp", expires.getEpochSecond())
                .put("appid", appId)
                .put("appidacr", principal.federated() ? "2" : "1")
                .put("idp", authority + "/" + tenant.id() + "/")
                .put("idtyp", "app")
                .put("oid", principal.objectId())
                .put("sub", principal.objectId())
                .put("tid", tenant.id())
                .put("uti", UUID.randomUUID().toString())
                .put("ver", "1.0");
        if (!principal.graphPermissions().isEmpty() && graph.contains(audience.replaceAll("/+$", ""))) {
            // At the emulator's own address, which is ARM's too: there it does no harm.
            claims.set(
                    "roles",
                    Json.texts(principal.graphPermissions().stream()
                            .map(GraphPermission::value)
                            .sorted()));
        }
        return new Issued(key.sign(claims), expires);
    }

    /** Reads the Authorization header of a request to an API with one of these audiences. */
    public Bearer read(Request request, Set<String> audiences) {
        Optional<String> header = request.header("Authorization");
        if (header.isEmpty()) {
            return new Bearer.Missing();
        }
        if (!header.get().regionMatches(true, 0, "Bearer ", 0, 7)) {
            return new Bearer.Invalid();
        }
        return read(header.get().substring(7).strip(), audiences);
    }

    /** Reads a token that came in another way. */
    public Bearer read(String token, Set<String> audiences) {
        Optional<JsonNode> claims = key.verified(token);
        return claims.isPresent() ? judge(claims.get(), audiences) : new Bearer.Invalid();
    }

    private static Bearer judge(JsonNode claims, Set<String> audiences) {
        Instant expires = Instant.ofEpochSecond(claims.path("exp").asLong());
        if (!expires.isAfter(Instant.now())) {
            return new Bearer.Expired(expires);
        }
        String audience = claims.path("aud").asText();
        if (!audiences.contains(audience.replaceAll("/+$", ""))) {
            return new Bearer.WrongAudience(audience);
        }
        return new Bearer.Valid(
                new Caller(claims.path("oid").asText(), claims.path("appid").asText()));
    }

    /** The object id of whoever signed in, however the call ends; for the request log. */
    public Optional<String> callerOf(Request request) {
        return request.header("Authorization")
                .filter(header -> header.regionMatches(true, 0, "Bearer ", 0, 7))
                .flatMap(header -> key.verified(header.substring(7).strip()))
                .flatMap(claims -> Json.text(claims, "oid"));
    }
}
