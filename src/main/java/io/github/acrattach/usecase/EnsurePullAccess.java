package io.github.acrattach.usecase;

import io.github.acrattach.domain.Exclusion;
import io.github.acrattach.domain.Facts;
import io.github.acrattach.domain.Outcome;
import io.github.acrattach.domain.Pairing;
import io.github.acrattach.domain.PairingPolicy;
import io.github.acrattach.domain.PairingRule;
import io.github.acrattach.domain.PairingRule.Method;
import io.github.acrattach.domain.PullSecretTerms;
import io.github.acrattach.domain.Purpose;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * Lets a named cluster pull from a named registry, because somebody who may call this program asks for it: no rule has
 * to pair the two. Where one does, it says by which way; where none does, it is a role. Whoever asks by name is told, and not
 * refused, where a setting or a tag keeps the two out of the rules.
 */
@Singleton
public record EnsurePullAccess(
        PairingPolicy policy, GatherFacts gatherFacts, GrantPullAccess grantPullAccess, FindNamesakes findNamesakes) {

    /**
     * By role it takes two round trips to ARM, one to look and one to grant, and up to two more between these where the
     * identity, or a group, holds other roles that may do. Never fails for what Azure answers.
     *
     * @param method the way, whatever a rule says; empty: as the rule says
     */
    public Outcome ensure(Pairing pairing, Optional<Method> method) {
        Patience patience = Patience.of(Patience.Limit.PAIR);
        return patience.orPostpone(pairing, () -> {
            Facts facts = Patience.of(Patience.Limit.EVENT).limit(() -> gatherFacts.about(pairing, Method.ROLE));
            Optional<PairingRule> rule = rule(policy, facts);
            Method way = method.or(() -> rule.map(PairingRule::method)).orElse(Method.ROLE);
            PullSecretTerms terms = rule.map(PairingRule::secret).orElse(PullSecretTerms.DEFAULT);
            Outcome outcome =
                    findNamesakes.near(grantPullAccess.grant(facts.by(way), terms, Purpose.of(rule), patience));
            return exclusion(policy, facts)
                    .map(exclusion -> outcome.noting(exclusion.note(pairing)))
                    .orElse(outcome);
        });
    }

    /** What keeps the two out of the rules, if both could be seen and anything does. */
    static Optional<Exclusion> exclusion(PairingPolicy policy, Facts facts) {
        return facts.cluster()
                .found()
                .flatMap(cluster -> facts.registry().found().flatMap(registry -> policy.exclusion(cluster, registry)));
    }

    /** The rule that pairs the two, if both could be seen and any does. */
    static Optional<PairingRule> rule(PairingPolicy policy, Facts facts) {
        return facts.cluster()
                .found()
                .flatMap(cluster -> facts.registry().found().flatMap(registry -> policy.ruleFor(cluster, registry)));
    }
}
