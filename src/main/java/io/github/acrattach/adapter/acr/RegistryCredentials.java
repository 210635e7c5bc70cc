package io.github.acrattach.adapter.acr;

import com.azure.resourcemanager.containerregistry.fluent.models.ScopeMapInner;
import com.azure.resourcemanager.containerregistry.fluent.models.TokenInner;
import io.github.acrattach.concurrent.SideBySide;
import io.github.acrattach.domain.CredentialKey;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.PullSecretTerms;
import java.util.Optional;

/** Looks at what stands at registries under the names of credentials, and makes it whole. */
final class RegistryCredentials {

    private final Tokens tokens;
    private final ScopeMaps scopeMaps;

    RegistryCredentials(Tokens tokens, ScopeMaps scopeMaps) {
        this.tokens = tokens;
        this.scopeMaps = scopeMaps;
    }

    /** What stands there now, asked for both at the same time; somebody else's is a refusal. */
    Lookup<RegistryCredential> of(CredentialKey key) {
        return SideBySide.both(
                () -> optional(tokens.find(key)),
                () -> optional(scopeMaps.find(key)),
                (token, scopeMap) -> token.flatMap(eachToken ->
                        scopeMap.flatMap(eachMap -> ours(new RegistryCredential(key, eachToken, eachMap)))));
    }

    /** First the scope map, then a token that uses it; what is as it should be is left alone. */
    Lookup<RegistryCredential> whole(RegistryCredential there, PullSecretTerms terms) {
        return withScopeMap(there, terms).flatMap(this::withToken);
    }

    private static Lookup<RegistryCredential> ours(RegistryCredential there) {
        return there.foreign()
                .<Lookup<RegistryCredential>>map(Lookup.Denied::new)
                .orElseGet(() -> new Lookup.Found<>(there));
    }

    private Lookup<RegistryCredential> withScopeMap(RegistryCredential there, PullSecretTerms terms) {
        if (there.mapComplete(terms)) {
            return new Lookup.Found<>(there);
        }
        CredentialKey key = there.key();
        Lookup<ScopeMapInner> made = there.scopeMap().isPresent()
                ? scopeMaps.mend(key, terms.repositories())
                : scopeMaps.create(key, terms.repositories());
        return made.map(scopeMap -> new RegistryCredential(key, there.token(), Optional.of(scopeMap)));
    }

    private Lookup<RegistryCredential> withToken(RegistryCredential there) {
        if (there.tokenComplete()) {
            return new Lookup.Found<>(there);
        }
        CredentialKey key = there.key();
        Lookup<TokenInner> made = there.token().isPresent() ? tokens.mend(key) : tokens.create(key);
        return made.map(token -> new RegistryCredential(key, Optional.of(token), there.scopeMap()));
    }

    private static <T> Lookup<Optional<T>> optional(Lookup<T> answer) {
        return answer.fold(
                found -> new Lookup.Found<>(Optional.of(found)),
                () -> new Lookup.Found<>(Optional.empty()),
                Lookup.Denied::new);
    }
}
