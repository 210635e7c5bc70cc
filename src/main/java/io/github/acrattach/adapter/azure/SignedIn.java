package io.github.acrattach.adapter.azure;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpPipelinePolicy;
import io.github.acrattach.domain.Secret;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;
import reactor.core.publisher.Mono;

/**
 * Puts this program's token on each request, and remembers whom it signed in, so that a failure can say who asked even
 * where Azure does not.
 *
 * <p>In place of the SDK's own policy, whose cache lets the second of two first requests poll for the token every 500 ms:
 * that would be most of the time from a cold start to a grant.
 */
final class SignedIn implements HttpPipelinePolicy {

    /** Renewed that long before it ends, so that it does not end on its way. */
    private static final Duration MARGIN = Duration.ofMinutes(5);

    private final Mono<AccessToken> token;
    private volatile AccessToken rejected;
    private volatile Optional<String> objectId = Optional.empty();

    SignedIn(TokenCredential credential, String resource, SignInDiagnosis diagnosis) {
        String scope = resource.replaceAll("/+$", "") + "/.default";
        token = Mono.defer(() -> credential.getToken(new TokenRequestContext().addScopes(scope)))
                .onErrorMap(thrown -> new SignInFailed(thrown, diagnosis))
                // learn.microsoft.com/entra/identity-platform/access-token-claims-reference
                .doOnNext(fresh -> objectId = Optional.ofNullable(
                        Claims.in(fresh.getToken()).path("oid").textValue()))
                .cacheInvalidateIf(held -> held == rejected
                        || OffsetDateTime.now().isAfter(held.getExpiresAt().minus(MARGIN)));
    }

    @Override
    public Mono<HttpResponse> process(HttpPipelineCallContext call, HttpPipelineNextPolicy next) {
        return token.flatMap(valid -> {
            call.getHttpRequest().setHeader(HttpHeaderName.AUTHORIZATION, "Bearer " + valid.getToken());
            return next.process().doOnNext(answer -> rejected = answer.getStatusCode() == 401 ? valid : rejected);
        });
    }

    /** The token itself, for an API that another library calls. */
    Mono<Secret> token() {
        return token.map(valid -> new Secret(valid.getToken()));
    }

    /** Empty before the first sign-in. */
    Optional<String> objectId() {
        return objectId;
    }
}
