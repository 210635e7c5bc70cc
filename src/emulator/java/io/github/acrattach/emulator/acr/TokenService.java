package io.github.acrattach.emulator.acr;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.http.Answer;
import io.github.acrattach.emulator.http.Json;
import io.github.acrattach.emulator.http.Query;
import io.github.acrattach.emulator.http.Request;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Gives refresh tokens for tokens of Entra, and access tokens for credentials; what is not allowed is left out of the
 * token, as distribution.github.io/distribution/spec/auth/token has it.
 */
final class TokenService {
    private final Credentials credentials;
    private final Permissions permissions;
    private final RegistryJwt jwt;
    private final String tenantId;

    TokenService(Credentials credentials, Permissions permissions, RegistryJwt jwt, String tenantId) {
        this.credentials = credentials;
        this.permissions = permissions;
        this.jwt = jwt;
        this.tenantId = tenantId;
    }

    Answer exchange(Request request, LoginServer server) {
        Query form = request.form();
        return form.get("access_token")
                .filter(token -> concerns(form, server))
                .flatMap(token -> credentials.ofEntra(token, server))
                .map(identity ->
                        Answer.json(200, Json.object().put("refresh_token", jwt.refresh(identity, tenantId, server))))
                .orElseGet(() -> RegistryError.unauthorized().answer());
    }

    Answer token(Request request, LoginServer server) {
        boolean get = request.method().equals("GET");
        Query asked = get ? request.query() : request.form();
        Optional<? extends Subject> subject = get ? ofHeader(request, server) : ofForm(asked, server);
        return subject.filter(each -> concerns(asked, server))
                .map(each -> Answer.json(200, issued(each, asked, server)))
                .orElseGet(() -> RegistryError.unauthorized().answer());
    }

    private Optional<? extends Subject> ofHeader(Request request, LoginServer server) {
        if (request.header("Authorization").isEmpty()) {
            return Optional.of(new Subject.Anybody()).filter(anybody -> server.isOpenToAll());
        }
        return credentials.named(request, server);
    }

    private Optional<? extends Subject> ofForm(Query form, LoginServer server) {
        return switch (form.get("grant_type").orElse("")) {
            case "refresh_token" -> form.get("refresh_token").flatMap(token -> credentials.refreshed(token, server));
            case "password" ->
                credentials.check(
                        form.get("username").orElse(""), form.get("password").orElse(""), server);
            default -> Optional.empty();
        };
    }

    private ObjectNode issued(Subject subject, Query asked, LoginServer server) {
        List<ObjectNode> access = asked.all("scope").stream()
                .flatMap(WantedScope::read)
                .flatMap(scope -> granted(scope, subject, server))
                .toList();
        ObjectNode body = Json.object().put("access_token", jwt.access(subject, server, access));
        boolean offline = asked.get("access_type").filter("offline"::equals).isPresent();
        if (offline && subject instanceof Subject.Identity identity) {
            body.put("refresh_token", jwt.refresh(identity, tenantId, server));
        }
        return body;
    }

    private Stream<ObjectNode> granted(WantedScope scope, Subject subject, LoginServer server) {
        Set<String> allowed =
                switch (scope.type()) {
                    case "repository" -> permissions.of(subject, server, scope.name());
                    case "registry" -> permissions.catalog(subject, server) ? Set.of("*") : Set.of();
                    default -> Set.of();
                };
        List<String> actions = scope.actions().contains("*")
                ? allowed.stream().sorted().toList()
                : scope.actions().stream().filter(allowed::contains).toList();
        ObjectNode access = Json.object().put("type", scope.type()).put("name", scope.name());
        return actions.isEmpty() ? Stream.empty() : Stream.of(access.set("actions", Json.texts(actions.stream())));
    }

    private static boolean concerns(Query asked, LoginServer server) {
        return asked.get("service")
                .filter(service -> !service.equalsIgnoreCase(server.name()))
                .isEmpty();
    }
}
