package io.github.acrattach.adapter.acr;

import static io.github.acrattach.adapter.azure.Answers.then;

import com.azure.resourcemanager.containerregistry.fluent.models.ScopeMapInner;
import com.azure.resourcemanager.containerregistry.fluent.models.TokenInner;
import io.github.acrattach.domain.CredentialKey;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.PullSecretTerms;
import io.smallrye.mutiny.Uni;
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
    Uni<Lookup<Standing>> of(CredentialKey key) {
        return Uni.combine()
                .all()
                .unis(optional(tokens.find(key)), optional(scopeMaps.find(key)))
                .with((token, scopeMap) -> token.flatMap(
                        eachToken -> scopeMap.flatMap(eachMap -> ours(new Standing(key, eachToken, eachMap)))));
    }

    /** First the scope map, then a token that uses it; what is as it should be is left alone. */
    Uni<Lookup<Standing>> whole(Standing standing, PullSecretTerms terms) {
        return then(withScopeMap(standing, terms), this::withToken);
    }

    private static Lookup<Standing> ours(Standing standing) {
        return standing.foreign()
                .<Lookup<Standing>>map(Lookup.Denied::new)
                .orElseGet(() -> new Lookup.Found<>(standing));
    }

    private Uni<Lookup<Standing>> withScopeMap(Standing standing, PullSecretTerms terms) {
        if (standing.mapComplete(terms)) {
            return now(new Lookup.Found<>(standing));
        }
        CredentialKey key = standing.key();
        Uni<Lookup<ScopeMapInner>> made = standing.scopeMap().isPresent()
                ? scopeMaps.mend(key, terms.repositories())
                : scopeMaps.create(key, terms.repositories());
        return made.map(answer -> answer.map(scopeMap -> new Standing(key, standing.token(), Optional.of(scopeMap))));
    }

    private Uni<Lookup<Standing>> withToken(Standing standing) {
        if (standing.tokenComplete()) {
            return now(new Lookup.Found<>(standing));
        }
        CredentialKey key = standing.key();
        Uni<Lookup<TokenInner>> made = standing.token().isPresent() ? tokens.mend(key) : tokens.create(key);
        return made.map(answer -> answer.map(token -> new Standing(key, Optional.of(token), standing.scopeMap())));
    }

    private static <T> Uni<Lookup<Optional<T>>> optional(Uni<Lookup<T>> answer) {
        return answer.map(lookup -> lookup.fold(
                found -> new Lookup.Found<>(Optional.of(found)),
                () -> new Lookup.Found<>(Optional.empty()),
                Lookup.Denied::new));
    }

    private static <T> Uni<Lookup<T>> now(Lookup<T> answer) {
        return Uni.createFrom().item(answer);
    }
}
