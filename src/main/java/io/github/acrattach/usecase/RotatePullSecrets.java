package io.github.acrattach.usecase;

import io.github.acrattach.concurrent.SideBySide;
import io.github.acrattach.domain.AccessPlan;
import io.github.acrattach.domain.CredentialKey;
import io.github.acrattach.domain.Facts;
import io.github.acrattach.domain.Outcome;
import io.github.acrattach.domain.Pairing;
import io.github.acrattach.domain.PairingPolicy;
import io.github.acrattach.domain.PairingRule;
import io.github.acrattach.domain.PairingRule.Method;
import io.github.acrattach.domain.Password;
import io.github.acrattach.domain.PullSecretTerms;
import io.github.acrattach.domain.SecretRun;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Keeps every pull secret good: replaces passwords well before they end, takes in namespaces that came since, and removes
 * what belongs to clusters that are gone.
 */
@Singleton
public record RotatePullSecrets(
        PairingPolicy policy,
        TakeStock takeStock,
        GatherFacts gatherFacts,
        ProvisionPullSecret provisionPullSecret,
        RevokePullAccess revokePullAccess,
        Issuers issuers,
        Clock clock) {

    /**
     * All pull secrets that are due; one outcome for each pair, and one for each credential that it does not need any
     * more. Never fails for what Azure answers.
     */
    public List<Outcome> rotate() {
        return rotate(Patience.ofMany());
    }

    List<Outcome> rotate(Patience patience) {
        TakeStock.Stock stock = takeStock.of(patience);
        List<List<Outcome>> outcomes =
                SideBySide.each(byPairing(stock.credentials()), (List<CredentialKey> keys) -> rotate(keys, patience));
        return Stream.concat(stock.troubles().stream(), outcomes.stream().flatMap(List::stream))
                .toList();
    }

    private List<Outcome> rotate(List<CredentialKey> keys, Patience patience) {
        CredentialKey first = keys.get(0);
        Outcome outcome = patience.orPostpone(first.pairing(), () -> rotate(first, SecretRun.begin(Optional.empty())));
        return revokePullAccess.revokeSuperseded(keys, outcome, patience);
    }

    /** The pull secret of one pair, whether it is due or not: what to do when a password may be known to others. */
    public Outcome rotateNow(Pairing pairing) {
        return Patience.ofPeople().orPostpone(pairing, () -> Issuers.keys(pairing)
                .flatMap(key -> found(key).stream())
                .findFirst()
                .map(due -> rotate(due.key(), SecretRun.begin(Optional.of(due.before()))))
                .orElseGet(() -> new Outcome.Ignored(none(pairing))));
    }

    /** To renew is not to make: a pair that is let in by a role, or not at all, stays so. */
    private Optional<Due> found(CredentialKey key) {
        return issuers.ask(key.kind(), issuer -> issuer.find(key, PullSecretTerms.DEFAULT))
                .fold(
                        credential -> Optional.of(new Due(key, afterAll(credential.passwords()))),
                        Optional::empty,
                        problem -> Optional.of(new Due(key, clock.instant())));
    }

    /** The issuer's clock may be ahead of this one. */
    private Instant afterAll(List<Password> passwords) {
        Instant now = clock.instant();
        return passwords.stream()
                .map(password -> password.created().plusMillis(1))
                .filter(now::isBefore)
                .max(Comparator.naturalOrder())
                .orElse(now);
    }

    /** A credential all of whose passwords from before that time are to be replaced. */
    private record Due(CredentialKey key, Instant before) {}

    private static String none(Pairing pairing) {
        return pairing.cluster() + " has no pull secret for " + pairing.registry()
                + "; to attach it by the method secret makes one.";
    }

    /** A pair has one credential, unless its rule names another kind than it did; the safest kind is the first. */
    private static Collection<List<CredentialKey>> byPairing(List<CredentialKey> keys) {
        return keys.stream()
                .sorted(Comparator.comparing(CredentialKey::kind))
                .collect(Collectors.groupingBy(CredentialKey::pairing, LinkedHashMap::new, Collectors.toList()))
                .values();
    }

    private Outcome rotate(CredentialKey key, SecretRun run) {
        Patience patience = Patience.ofPeople();
        Pairing pairing = key.pairing();
        return patience.orPostpone(pairing, () -> {
            Facts facts = gatherFacts.ofSecret(pairing);
            PullSecretTerms terms = EnsurePullAccess.rule(policy, facts)
                    .map(PairingRule::secret)
                    .orElse(PullSecretTerms.DEFAULT.of(key.kind()));
            return AccessPlan.decide(facts.by(Method.SECRET))
                    .fold(
                            grant -> new Outcome.Ignored(none(pairing)),
                            way -> provisionPullSecret.provision(way.cluster(), way.registry(), terms, run, patience),
                            end -> end instanceof Outcome.Gone ? revokePullAccess.revoke(pairing) : end);
        });
    }
}
