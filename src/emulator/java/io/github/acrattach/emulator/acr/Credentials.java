package io.github.acrattach.emulator.acr;

import io.github.acrattach.emulator.arm.resources.RegistryAccess;
import io.github.acrattach.emulator.entra.Audiences;
import io.github.acrattach.emulator.entra.Bearer;
import io.github.acrattach.emulator.entra.ClientSecrets;
import io.github.acrattach.emulator.entra.Tokens;
import io.github.acrattach.emulator.estate.Directory;
import io.github.acrattach.emulator.estate.Principal;
import io.github.acrattach.emulator.http.Request;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Finds out who somebody is: a token of the registry, a service principal, or whoever holds a token of Entra. */
final class Credentials {
    /** Beside a refresh token: learn.microsoft.com/azure/container-registry/container-registry-authentication. */
    private static final String NOBODY = "00000000-0000-0000-0000-000000000000";

    private final RegistryAccess access;
    private final Directory directory;
    private final ClientSecrets secrets;
    private final Tokens tokens;
    private final Audiences audiences;
    private final RegistryJwt jwt;

    Credentials(
            RegistryAccess access,
            Directory directory,
            ClientSecrets secrets,
            Tokens tokens,
            Audiences audiences,
            RegistryJwt jwt) {
        this.access = access;
        this.directory = directory;
        this.secrets = secrets;
        this.tokens = tokens;
        this.audiences = audiences;
        this.jwt = jwt;
    }

    /** Whom the header names by a user name and a password, if it does. */
    Optional<Subject> named(Request request, LoginServer server) {
        return Basic.read(request).flatMap(basic -> check(basic.user(), basic.password(), server));
    }

    /** Empty when they are wrong, over, or not yet known everywhere. */
    Optional<Subject> check(String user, String password, LoginServer server) {
        if (user.equals(NOBODY)) {
            return refreshed(password, server).map(identity -> identity);
        }
        Optional<Subject> token =
                access.actions(server.registry(), user, password).map(actions -> new Subject.Token(user, actions));
        return token.or(() -> servicePrincipal(user, password));
    }

    Optional<Subject.Identity> refreshed(String token, LoginServer server) {
        return jwt.refreshed(token, server)
                .filter(identity -> directory.byObjectId(identity.objectId()).isPresent());
    }

    /** Tokens meant for ARM are good, too, unless the registry says otherwise. */
    Optional<Subject.Identity> ofEntra(String token, LoginServer server) {
        Set<String> good = new HashSet<>(Set.of(Audiences.AZURE_CONTAINER_REGISTRY));
        if (server.acceptsArmTokens()) {
            good.addAll(audiences.arm());
        }
        return tokens.read(token, good) instanceof Bearer.Valid valid
                ? directory
                        .byObjectId(valid.caller().objectId())
                        .map(Principal::objectId)
                        .map(Subject.Identity::new)
                : Optional.empty();
    }

    private Optional<Subject> servicePrincipal(String appId, String secret) {
        return directory
                .byAppId(appId)
                .filter(directory::isSpread)
                .filter(Principal::enabled)
                .filter(principal -> secrets.check(appId, secret) == ClientSecrets.Verdict.GOOD)
                .map(Principal::objectId)
                .map(Subject.Identity::new);
    }
}
