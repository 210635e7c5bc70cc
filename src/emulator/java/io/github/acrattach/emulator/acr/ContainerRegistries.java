package io.github.acrattach.emulator.acr;

import io.github.acrattach.emulator.arm.authorization.Rights;
import io.github.acrattach.emulator.arm.resources.RegistryAccess;
import io.github.acrattach.emulator.entra.Audiences;
import io.github.acrattach.emulator.entra.ClientSecrets;
import io.github.acrattach.emulator.entra.Tokens;
import io.github.acrattach.emulator.estate.Directory;
import io.github.acrattach.emulator.estate.Estate;
import io.github.acrattach.emulator.http.Answer;
import io.github.acrattach.emulator.http.Request;
import java.net.URI;
import java.util.Optional;

/** All registries behind one port: what would be the host name of one is the beginning of its paths. */
public final class ContainerRegistries {
    /** Who signs the tokens, by its own account. */
    public static final String ISSUER = "Azure Container Registry";

    private static final String ROOT = "/_registries/";

    private final Network network = new Network();
    private final URI emulator;
    private final RegistryAccess access;
    private final TokenService tokenService;
    private final DataPlane dataPlane;

    public ContainerRegistries(
            URI emulator,
            Estate estate,
            RegistryAccess access,
            Rights rights,
            Directory directory,
            ClientSecrets secrets,
            Tokens tokens,
            Audiences audiences) {
        this.emulator = emulator;
        this.access = access;
        RegistryJwt jwt = new RegistryJwt();
        Credentials credentials = new Credentials(access, directory, secrets, tokens, audiences, jwt);
        Permissions permissions = new Permissions(rights);
        tokenService =
                new TokenService(credentials, permissions, jwt, estate.tenant().id());
        dataPlane = new DataPlane(this::tokenService, estate.repositories(), credentials, permissions, jwt);
    }

    /** Where a registry sends its clients for tokens. */
    public URI tokenService(String loginServer) {
        return URI.create(emulator + ROOT + loginServer + "/oauth2/token");
    }

    /** From where all requests come that do not say it themselves by a header. */
    public void reachedFrom(String address, Optional<String> subnet) {
        network.move(new Origin(address, subnet));
    }

    public void reset() {
        network.move(Origin.HERE);
    }

    /** Empty when the path is none of a registry's. */
    public Optional<Answer> answer(Request request) {
        if (!request.path().startsWith(ROOT)) {
            return Optional.empty();
        }
        String rest = request.path().substring(ROOT.length());
        int slash = rest.indexOf('/');
        String name = slash < 0 ? rest : rest.substring(0, slash);
        String path = slash < 0 ? "" : rest.substring(slash);
        return Optional.of(access.registryAt(name)
                .map(registry -> at(path, request, new LoginServer(name, registry)))
                .orElseGet(() -> RegistryError.nothingHere().answer()));
    }

    private Answer at(String path, Request request, LoginServer server) {
        Origin origin = network.origin(request);
        if (!server.admits(origin)) {
            return RegistryError.firewall(origin).answer();
        }
        return switch (request.method() + " " + path) {
            case "POST /oauth2/exchange" -> tokenService.exchange(request, server);
            case "GET /oauth2/token", "POST /oauth2/token" -> tokenService.token(request, server);
            default ->
                path.equals("/v2") || path.startsWith("/v2/")
                        ? dataPlane.answer(path, request, server)
                        : RegistryError.nothingHere().answer();
        };
    }
}
