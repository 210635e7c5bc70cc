package io.github.acrattach.emulator.acr;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.acrattach.emulator.estate.Repository;
import io.github.acrattach.emulator.http.Answer;
import io.github.acrattach.emulator.http.Json;
import io.github.acrattach.emulator.http.Request;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/** The estate's images for whoever may pull them: github.com/opencontainers/distribution-spec, pulling. */
final class DataPlane {
    private static final Pattern PATH =
            Pattern.compile("/v2/(?<repository>.+)/(?<kind>manifests|blobs|tags)/(?<reference>[^/]+)");
    private static final String PULL = "pull";

    private final Function<String, URI> tokenService;
    private final List<Repository> repositories;
    private final Credentials credentials;
    private final Permissions permissions;
    private final RegistryJwt jwt;

    DataPlane(
            Function<String, URI> tokenService,
            List<Repository> repositories,
            Credentials credentials,
            Permissions permissions,
            RegistryJwt jwt) {
        this.tokenService = tokenService;
        this.repositories = repositories;
        this.credentials = credentials;
        this.permissions = permissions;
        this.jwt = jwt;
    }

    /** The path begins at /v2. */
    Answer answer(String path, Request request, LoginServer server) {
        return at(path, request, server).with("Docker-Distribution-Api-Version", "registry/2.0");
    }

    private Answer at(String path, Request request, LoginServer server) {
        if (path.equals("/v2")) {
            return isKnown(request, server)
                    ? Answer.json(200, Json.object())
                    : challenge(RegistryError.unauthorized(), "", request, server);
        }
        Matcher matcher = PATH.matcher(path);
        if (!matcher.matches()) {
            return RegistryError.nothingHere().answer();
        }
        if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
            return RegistryError.unsupported().answer();
        }
        String repository = matcher.group("repository");
        if (!mayPull(repository, request, server)) {
            RegistryError error = RegistryError.unauthorized(repository, PULL);
            return challenge(error, ",scope=\"repository:" + repository + ":" + PULL + "\"", request, server);
        }
        return repositories.stream()
                .filter(each -> each.registry().equalsIgnoreCase(server.registryName()))
                .filter(each -> each.name().equals(repository))
                .findFirst()
                .map(each -> content(each, matcher.group("kind"), matcher.group("reference"), request))
                .orElseGet(() -> RegistryError.unknownRepository(repository).answer());
    }

    private static Answer content(Repository repository, String kind, String reference, Request request) {
        List<Image> images = repository.tags().stream()
                .map(tag -> Image.of(repository.name(), tag))
                .toList();
        return switch (kind) {
            case "manifests" ->
                images.stream()
                        .filter(image -> image.isNamed(reference))
                        .findFirst()
                        .map(image -> bytes(request, Image.MANIFEST, image.manifest()))
                        .orElseGet(
                                () -> RegistryError.unknownManifest(reference).answer());
            case "blobs" ->
                images.stream()
                        .map(Image::configuration)
                        .filter(blob -> Image.digest(blob).equals(reference))
                        .findFirst()
                        .map(blob -> bytes(request, "application/octet-stream", blob))
                        .orElseGet(() -> RegistryError.unknownBlob(reference).answer());
            default ->
                reference.equals("list")
                        ? Answer.json(
                                200,
                                Json.object()
                                        .put("name", repository.name())
                                        .set("tags", Json.texts(repository.tags().stream())))
                        : RegistryError.nothingHere().answer();
        };
    }

    private static Answer bytes(Request request, String type, byte[] content) {
        Answer answer =
                new Answer(200, Map.of("Content-Type", type, "Docker-Content-Digest", Image.digest(content)), content);
        // An answer without a body does not get its length by itself.
        return request.method().equals("HEAD") ? answer.with("Content-Length", String.valueOf(content.length)) : answer;
    }

    /** A registry takes names and passwords without the detour over a token, too. */
    private boolean isKnown(Request request, LoginServer server) {
        return granted(request, server).isPresent()
                || credentials.named(request, server).isPresent();
    }

    private boolean mayPull(String repository, Request request, LoginServer server) {
        Optional<JsonNode> access = granted(request, server);
        return access.isPresent()
                ? StreamSupport.stream(access.get().spliterator(), false)
                        .filter(each -> each.path("type").asText().equals("repository"))
                        .filter(each -> each.path("name").asText().equals(repository))
                        .flatMap(each ->
                                StreamSupport.stream(each.path("actions").spliterator(), false))
                        .anyMatch(action -> action.asText().equals(PULL))
                : credentials
                        .named(request, server)
                        .filter(each -> permissions.of(each, server, repository).contains(PULL))
                        .isPresent();
    }

    private Optional<JsonNode> granted(Request request, LoginServer server) {
        return request.header("Authorization")
                .filter(header -> header.regionMatches(true, 0, "Bearer ", 0, 7))
                .flatMap(header -> jwt.granted(header.substring(7).strip(), server));
    }

    private Answer challenge(RegistryError error, String scope, Request request, LoginServer server) {
        String reason = request.header("Authorization").isEmpty()
                ? ""
                : granted(request, server).isPresent() ? ",error=\"insufficient_scope\"" : ",error=\"invalid_token\"";
        return error.answer()
                .with(
                        "Www-Authenticate",
                        "Bearer realm=\"" + tokenService.apply(server.name()) + "\",service=\"" + server.name() + "\""
                                + scope + reason);
    }
}
