package io.github.acrattach.adapter.azure;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import reactor.core.publisher.Mono;

/** The identity of the machine or app, which is asked for only where somebody can answer: the SDK tries for a long time. */
record ManagedIdentity(TokenCredential signIn, IdentityHost host) implements TokenCredential {

    @Override
    public Mono<AccessToken> getToken(TokenRequestContext request) {
        return Mono.defer(() -> host.obstacle()
                .map(refusal -> Mono.<AccessToken>error(new SignInRefusal.Known(refusal)))
                .orElseGet(() -> signIn.getToken(request)));
    }
}
