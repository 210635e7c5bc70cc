package io.github.acrattach.adapter.azure;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Base64;
import java.util.Optional;
import reactor.core.publisher.Mono;

/** A credential that remembers whom it signed in, so that a failure can say who asked even where Azure does not. */
final class KnownCaller implements TokenCredential {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final TokenCredential credential;
    private volatile Optional<String> objectId = Optional.empty();

    KnownCaller(TokenCredential credential) {
        this.credential = credential;
    }

    @Override
    public Mono<AccessToken> getToken(TokenRequestContext request) {
        return credential
                .getToken(request)
                .onErrorMap(SignInFailed::new)
                .doOnNext(token -> objectId = objectIdIn(token.getToken()));
    }

    /** Empty before the first sign-in. */
    Optional<String> objectId() {
        return objectId;
    }

    /** The claim {@code oid} of Entra ID's tokens (learn.microsoft.com/entra/identity-platform/access-token-claims-reference). */
    private static Optional<String> objectIdIn(String jwt) {
        String[] parts = jwt.split("\\.");
        try {
            return parts.length == 3
                    ? Optional.ofNullable(JSON.readTree(Base64.getUrlDecoder().decode(parts[1]))
                            .path("oid")
                            .textValue())
                    : Optional.empty();
        } catch (IOException | IllegalArgumentException opaque) {
            return Optional.empty();
        }
    }
}
