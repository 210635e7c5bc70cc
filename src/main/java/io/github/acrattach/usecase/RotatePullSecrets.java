package io.github.acrattach.usecase;

import io.github.acrattach.concurrent.SideBySide;
import io.github.acrattach.domain.AccessPlan;
import io.github.acrattach.domain.CredentialKey;
import io.github.acrattach.domain.CredentialKind;
import io.github.acrattach.domain.Facts;
import io.github.acrattach.domain.Outcome;
import io.github.acrattach.domain.Pairing;
import io.github.acrattach.domain.PairingPolicy;
import io.github.acrattach.domain.PairingRule;
import io.github.acrattach.domain.PairingRule.Method;
import io.github.acrattach.domain.Password;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.PullSecretTerms;
import io.github.acrattach.domain.Purpose;
import io.github.acrattach.domain.SecretRun;
import io.github.acrattach.port.RoleAssignments;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Keeps every pull secret good: replaces passwords well before they end, takes in namespaces that came since, makes again
 * what a rule wants and is missing, and removes what belongs to clusters that are gone. What no rule wants is renewed where
 * it is in use, and is not spread.
 */
@Singleton
public record RotatePullSecrets(
        PairingPolicy policy,
        TakeStock takeStock,
        GatherFacts gatherFacts,
        GrantPullAccess grantPullAccess,
        ProvisionPullSecret provisionPullSecret,
        RevokePullAccess revokePullAccess,
        RoleAssignments roleAssignments,
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
        Map<Pairing, List<CredentialKey>> credentials = byPairing(stock.credentials());
        List<List<Outcome>> renewed =
                SideBySide.each(credentials.values(), (List<CredentialKey> keys) -> renewed(keys, patience));
        List<Pair> missing = stock.ruled(policy)
                .filter(pair -> pair.rule().wantsSecret() && !credentials.containsKey(pair.pairing()))
                .toList();
        List<Outcome> made = SideBySide.each(missing, (Pair pair) -> made(pair, patience));
        return Stream.of(
                        stock.troubles().stream(),
                        renewed.stream().flatMap(List::stream),
                        made.stream().filter(outcome -> !(outcome instanceof Outcome.AlreadyGranted)))
                .flatMap(Function.identity())
                .toList();
    }

    private Outcome made(Pair pair, Patience patience) {
        return patience.orPostpone(
                pair.pairing(),
                () -> grantPullAccess.grant(
                        pair, () -> roleAssignments.at(pair.registry().id()), Patience.ofPeople()));
    }

    /** A pair has one credential, unless its rule names another kind than it did. */
    private static Map<Pairing, List<CredentialKey>> byPairing(List<CredentialKey> keys) {
        return keys.stream()
                .sorted(Comparator.comparing(CredentialKey::kind))
                .collect(Collectors.groupingBy(CredentialKey::pairing, LinkedHashMap::new, Collectors.toList()));
    }

    private List<Outcome> renewed(List<CredentialKey> keys, Patience patience) {
        Set<CredentialKind> kinds = keys.stream().map(CredentialKey::kind).collect(Collectors.toUnmodifiableSet());
        List<Outcome> outcomes = new ArrayList<>();
        for (CredentialKey key : keys) {
            Renewal renewal = new Renewal(key, kinds, Optional.empty());
            Outcome outcome = patience.orPostpone(key.pairing(), renewal::toTheEnd);
            outcomes.addAll(revokePullAccess.revokeSuperseded(keys, outcome, patience));
            if (outcome instanceof Outcome.Ignored && key.kind() == CredentialKind.SERVICE_PRINCIPAL) {
                Outcome swept = patience.orPostpone(key.pairing(), () -> revokePullAccess.revokeUnfinished(key));
                Stream.of(swept).filter(RotatePullSecrets::tellsAnything).forEach(outcomes::add);
            }
            if (renewal.isByRule) {
                break;
            }
        }
        return outcomes;
    }

    private static boolean tellsAnything(Outcome outcome) {
        return !(outcome instanceof Outcome.Revoked revoked && revoked.nothing());
    }

    /** The pull secret of one pair, whether it is due or not: what to do when a password may be known to others. */
    public Outcome rotateNow(Pairing pairing) {
        return Patience.ofPeople().orPostpone(pairing, () -> AccessPlan.decide(gatherFacts.ofSecret(pairing))
                .fold(grant -> found(pairing), way -> found(pairing), end -> {
                    Outcome revoked =
                            end instanceof Outcome.Gone ? revokePullAccess.revokeGone(pairing, Set.of()) : end;
                    return tellsAnything(revoked) ? revoked : end;
                }));
    }

    private Outcome found(Pairing pairing) {
        return Issuers.keys(pairing)
                .flatMap(key -> found(key).stream())
                .findFirst()
                .map(Renewal::toTheEnd)
                .map(RotatePullSecrets::unlessOneLivesOn)
                .orElseGet(() -> new Outcome.Ignored(none(pairing)));
    }

    /** A password that others may know is not replaced while it lives. */
    private static Outcome unlessOneLivesOn(Outcome outcome) {
        return outcome instanceof Outcome.Provisioned done
                ? done.notes().stream()
                        .filter(note -> note.kind() == Problem.Kind.FORMER_PASSWORD)
                        .findFirst()
                        .<Outcome>map(note -> new Outcome.Refused(done.pairing(), note, done.namespaces()))
                        .orElse(done)
                : outcome;
    }

    /** To renew is not to make: a pair that is let in by a role, or not at all, stays so. */
    private Optional<Renewal> found(CredentialKey key) {
        return issuers.find(key)
                .fold(
                        credential -> Optional.of(renewal(key, afterAll(credential.passwords()))),
                        Optional::empty,
                        problem -> Optional.of(renewal(key, clock.instant())));
    }

    private Renewal renewal(CredentialKey key, Instant before) {
        return new Renewal(key, Set.of(key.kind()), Optional.of(before));
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

    private static String none(Pairing pairing) {
        return pairing.cluster() + " has no pull secret for " + pairing.registry()
                + "; to attach it by the method secret makes one.";
    }

    /** Of one credential: as the rule for its pair wants it, or as it stands where none does. */
    private final class Renewal {
        private final CredentialKey key;
        private final Set<CredentialKind> kinds;
        private final Optional<Instant> before;
        private boolean isByRule;

        /**
         * @param kinds of the credentials that the pair has
         * @param before passwords made before that time are to be replaced; empty: only those that are due
         */
        Renewal(CredentialKey key, Set<CredentialKind> kinds, Optional<Instant> before) {
            this.key = key;
            this.kinds = kinds;
            this.before = before;
        }

        Outcome toTheEnd() {
            Patience patience = Patience.ofPeople();
            Pairing pairing = key.pairing();
            return patience.orPostpone(pairing, () -> {
                Facts facts = gatherFacts.ofSecret(pairing);
                return AccessPlan.decide(facts.by(Method.SECRET))
                        .fold(
                                grant -> new Outcome.Ignored(none(pairing)),
                                way -> provisionPullSecret.provision(
                                        way.cluster(), way.registry(), terms(facts), run(facts), patience),
                                end -> end instanceof Outcome.Gone
                                        ? revokePullAccess.revokeGone(pairing, Set.of())
                                        : end);
            });
        }

        private Optional<PullSecretTerms> ruled(Facts facts) {
            Optional<PullSecretTerms> terms = EnsurePullAccess.rule(policy, facts)
                    .filter(PairingRule::wantsSecret)
                    .map(PairingRule::secret);
            isByRule = terms.isPresent();
            return terms;
        }

        private PullSecretTerms terms(Facts facts) {
            return ruled(facts).orElse(PullSecretTerms.DEFAULT.of(key.kind()));
        }

        private SecretRun run(Facts facts) {
            // A rule that names another kind than it did wants one that was never there.
            Purpose purpose = ruled(facts)
                    .map(terms -> kinds.contains(terms.kind()) ? Purpose.RENEWAL : Purpose.RULE)
                    .orElse(Purpose.UPKEEP);
            return before.map(time -> SecretRun.begin(purpose, time)).orElseGet(() -> SecretRun.begin(purpose));
        }
    }
}
