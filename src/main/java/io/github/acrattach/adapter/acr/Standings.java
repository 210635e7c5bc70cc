package io.github.acrattach.adapter.acr;

import com.azure.resourcemanager.containerregistry.fluent.models.ScopeMapInner;
import com.azure.resourcemanager.containerregistry.fluent.models.TokenInner;
import io.github.acrattach.concurrent.SideBySide;
import io.github.acrattach.domain.CredentialKey;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.PullSecretTerms;
import java.util.Optional;

/** Looks at what stands at registries under the names of credentials, and makes it whole. */
final class Standings {

    private final Tokens tokens;
    private final ScopeMaps scopeMaps;

    Standings(Tokens tokens, ScopeMaps scopeMaps) {
        this.tokens = tokens;
        this.scopeMaps = scopeMaps;
    }

    /** What stands there now, asked for both at the same time; somebody else's is a refusal. */
    Lookup<Standing> of(CredentialKey key) {
        return SideBySide.both(
                () -> optional(tokens.find(key)),
                () -> optional(scopeMaps.find(key)),
                (token, scopeMap) -> token.flatMap(
                        eachToken -> scopeMap.flatMap(eachMap -> ours(new Standing(key, eachToken, eachMap)))));
    }

    /** First the scope map, then a token that uses it; what is as it should be is left alone. */
    Lookup<Standing> whole(Standing standing, PullSecretTerms terms) {
        return withScopeMap(standing, terms).flatMap(this::withToken);
    }

    private static Lookup<Standing> ours(Standing standing) {
        return standing.foreign()
                .<Lookup<Standing>>map(Lookup.Denied::new)
                .orElseGet(() -> new Lookup.Found<>(standing));
    }

    private Lookup<Standing> withScopeMap(Standing standing, PullSecretTerms terms) {
        if (standing.mapComplete(terms)) {
            return new Lookup.Found<>(standing);
        }
        CredentialKey key = standing.key();
        Lookup<ScopeMapInner> made = standing.scopeMap().isPresent()
                ? scopeMaps.mend(key, terms.repositories())
                : scopeMaps.create(key, terms.repositories());
        return made.map(scopeMap -> new Standing(key, standing.token(), Optional.of(scopeMap)));
    }

    private Lookup<Standing> withToken(Standing standing) {
        if (standing.tokenComplete()) {
            return new Lookup.Found<>(standing);
        }
        CredentialKey key = standing.key();
        Lookup<TokenInner> made = standing.token().isPresent() ? tokens.mend(key) : tokens.create(key);
        return made.map(token -> new Standing(key, Optional.of(token), standing.scopeMap()));
    }

    private static <T> Lookup<Optional<T>> optional(Lookup<T> answer) {
        return answer.fold(
                found -> new Lookup.Found<>(Optional.of(found)),
                () -> new Lookup.Found<>(Optional.empty()),
                Lookup.Denied::new);
    }
}
