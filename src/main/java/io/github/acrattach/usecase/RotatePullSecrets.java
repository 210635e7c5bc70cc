package io.github.acrattach.usecase;

import io.github.acrattach.concurrent.SideBySide;
import io.github.acrattach.domain.AccessPlan;
import io.github.acrattach.domain.CredentialKey;
import io.github.acrattach.domain.CredentialKind;
import io.github.acrattach.domain.Facts;
import io.github.acrattach.domain.FormerGrants;
import io.github.acrattach.domain.Outcome;
import io.github.acrattach.domain.Pairing;
import io.github.acrattach.domain.PairingPolicy;
import io.github.acrattach.domain.PairingRule;
import io.github.acrattach.domain.PairingRule.Method;
import io.github.acrattach.domain.Password;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.PullSecretTerms;
import io.github.acrattach.domain.Purpose;
import io.github.acrattach.domain.SecretProblems;
import io.github.acrattach.domain.SecretRun;
import io.github.acrattach.domain.Step;
import io.github.acrattach.port.RoleAssignments;
import io.github.acrattach.usecase.WithdrawFormerGrants.Withdrawn;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Keeps every pull secret good: replaces passwords well before they end, takes in namespaces that came since, makes again
 * what a rule wants and is missing, a role too, and removes what belongs to clusters that are gone. What no rule wants is renewed where
 * it is in use, and is not spread. What was granted to identities that a cluster has no more is taken back on the same
 * occasion.
 */
@Singleton
public record RotatePullSecrets(
        PairingPolicy policy,
        TakeStock takeStock,
        GatherFacts gatherFacts,
        RoleAssignments roleAssignments,
        GrantPullAccess grantPullAccess,
        ProvisionPullSecret provisionPullSecret,
        RevokePullAccess revokePullAccess,
        FindNamesakes findNamesakes,
        WithdrawFormerGrants withdrawFormerGrants,
        Issuers issuers,
        Clock clock) {

    /** How often the timer calls: the schedules of both hosts say the same. */
    public static final Duration PERIOD = Duration.ofHours(1);

    /**
     * All pull secrets that are due; one outcome for each pair, and one for each credential that it does not need any
     * more. Never fails for what Azure answers.
     */
    public List<Outcome> rotate() {
        return rotate(Patience.of(Patience.Limit.MANY));
    }

    List<Outcome> rotate(Patience patience) {
        TakeStock.Stock stock = takeStock.of(patience);
        Map<Pairing, List<CredentialKey>> credentials = byPairing(stock.credentials());
        List<Pair> wanted =
                stock.ruled(policy).filter(pair -> pair.rule().wantsSecret()).toList();
        Predicate<Pair> isMissing = pair -> !credentials.containsKey(pair.pairing());
        Set<Pairing> ruled = wanted.stream().map(Pair::pairing).collect(Collectors.toUnmodifiableSet());
        Listing<TakeStock.Assigned> assigned = takeStock.assigned(stock, patience);
        // Others can name as many pairs as they like, of clusters that hang: what a rule wants does not wait for those.
        Patience most = patience.most();
        List<Supplier<List<Outcome>>> work = new ArrayList<>(renewals(credentials, ruled::contains, most));
        wanted.stream().filter(isMissing).forEach(pair -> work.add(granting(pair, assigned, most)));
        List<Outcome> wantedByRules = done(work);
        List<Outcome> byRole = done(stock.ruled(policy)
                .filter(pair -> !pair.rule().wantsSecret())
                .filter(isMissing)
                .map(pair -> granting(pair, assigned, most))
                .toList());
        List<Outcome> kept = done(renewals(credentials, pairing -> !ruled.contains(pairing), patience));
        Withdrawn withdrawn =
                withdrawFormerGrants.among(stock, assigned, WithdrawFormerGrants.lookedAt(byRole), patience);
        return Stream.of(
                        stock.troubles().stream(),
                        wantedByRules.stream(),
                        byRole.stream(),
                        kept.stream(),
                        withdrawn.exceptKept())
                .flatMap(each -> each)
                .toList();
    }

    /** What a rule wants and no event brought, or one that came too early and does not come again. */
    private Supplier<List<Outcome>> granting(Pair pair, Listing<TakeStock.Assigned> assigned, Patience patience) {
        return () -> List.of(patience.orPostpone(
                pair.pairing(),
                () -> grantPullAccess.grant(
                        pair, takeStock.at(pair.registry(), assigned), Patience.of(Patience.Limit.PAIR))));
    }

    private static List<Outcome> done(List<Supplier<List<Outcome>>> work) {
        return SideBySide.eachInTurn(work, Supplier<List<Outcome>>::get).stream()
                .flatMap(List::stream)
                .filter(RotatePullSecrets::tellsAnything)
                .toList();
    }

    private List<Supplier<List<Outcome>>> renewals(
            Map<Pairing, List<CredentialKey>> credentials, Predicate<Pairing> which, Patience patience) {
        return credentials.entrySet().stream()
                .filter(each -> which.test(each.getKey()))
                .<Supplier<List<Outcome>>>map(each -> () -> renewed(each.getValue(), patience))
                .toList();
    }

    /** A pair has one credential, unless its rule names another kind than it did. */
    private static Map<Pairing, List<CredentialKey>> byPairing(List<CredentialKey> keys) {
        return keys.stream()
                .sorted(Comparator.comparing(CredentialKey::kind))
                .collect(Collectors.groupingBy(CredentialKey::pairing, LinkedHashMap::new, Collectors.toList()));
    }

    /** Where a rule names the kind of the credential, one run is about all kinds; without one, each is kept by its own. */
    private List<Outcome> renewed(List<CredentialKey> keys, Patience patience) {
        List<Outcome> outcomes = new ArrayList<>();
        List<CredentialKey> current =
                keys.stream().filter(key -> key.earlier().isEmpty()).toList();
        for (CredentialKey key : current.isEmpty() ? keys.subList(0, 1) : current) {
            Renewed renewed = within(patience, key, () -> new Renewal(key, keys, Optional.empty())
                    .toTheEnd(gatherFacts.ofSecret(key.pairing())));
            outcomes.addAll(
                    renewed.isForAll()
                            ? revokePullAccess.revokeSuperseded(keys, renewed.outcome(), patience)
                            : List.of(unlessMoved(key, renewed.outcome())));
            if (renewed.outcome() instanceof Outcome.Ignored && key.kind() == CredentialKind.SERVICE_PRINCIPAL) {
                outcomes.add(patience.orPostpone(key.pairing(), () -> revokePullAccess.revokeUnfinished(key)));
            }
            if (renewed.isForAll()) {
                break;
            }
        }
        return outcomes;
    }

    /** What the registry took along when it was moved, and no rule wants, is kept by nobody. */
    private static Outcome unlessMoved(CredentialKey key, Outcome outcome) {
        return outcome instanceof Outcome.Ignored && key.earlier().isPresent()
                ? new Outcome.Refused(key.pairing(), SecretProblems.movedWithoutRule(key.pairing(), key.name()))
                : outcome;
    }

    private static boolean tellsAnything(Outcome outcome) {
        return !(outcome instanceof Outcome.Revoked revoked && revoked.nothing())
                && !(outcome instanceof Outcome.AlreadyGranted already
                        && already.former().equals(FormerGrants.NONE));
    }

    /** The pull secret of one pair, whether it is due or not: what to do when a password may be known to others. */
    public Outcome rotateNow(Pairing pairing) {
        return Patience.of(Patience.Limit.PAIR).orPostpone(pairing, () -> {
            Facts facts = gatherFacts.ofSecret(pairing);
            return AccessPlan.decide(facts).fold(grant -> found(facts), way -> found(facts), end -> {
                Outcome revoked = end instanceof Outcome.Gone ? revokePullAccess.revokeGone(pairing, Set.of()) : end;
                return tellsAnything(revoked) && !livesOn(revoked) ? revoked : findNamesakes.near(end);
            });
        });
    }

    /** Nothing was replaced under the id that the registry had: the one that it has is to be asked for. */
    private static boolean livesOn(Outcome outcome) {
        return outcome instanceof Outcome.Revoked revoked
                && revoked.removed().isEmpty()
                && revoked.notes().stream().anyMatch(note -> note.kind() == Problem.Kind.MOVED);
    }

    private Outcome found(Facts facts) {
        Pairing pairing = facts.pairing();
        return Issuers.keys(pairing)
                .flatMap(key -> found(key, facts).stream())
                .findFirst()
                .or(() -> ofFormerId(facts))
                .map(RotatePullSecrets::unlessOneLivesOn)
                .orElseGet(() -> new Outcome.Ignored(none(pairing)));
    }

    /** What the registry took along when it was moved is replaced by what is made under its id of now. */
    private Optional<Outcome> ofFormerId(Facts facts) {
        return issuers.former(new CredentialKey(facts.pairing(), CredentialKind.ACR_TOKEN))
                .fold(
                        former -> former.stream().findFirst().map(key -> replaced(key, former, facts)),
                        Optional::empty,
                        problem -> Optional.of(new Outcome.Refused(facts.pairing(), problem)));
    }

    private Outcome replaced(CredentialKey key, List<CredentialKey> former, Facts facts) {
        Outcome outcome = unlessMoved(
                key,
                new Renewal(key, former, Optional.of(clock.instant()))
                        .toTheEnd(facts)
                        .outcome());
        return revokePullAccess.revokeSuperseded(former, outcome, Patience.of(Patience.Limit.PAIR)).stream()
                .filter(each -> each.trouble().isPresent())
                .findFirst()
                .orElse(outcome);
    }

    /** A password that others may know is not replaced while it lives. */
    private static Outcome unlessOneLivesOn(Outcome outcome) {
        return outcome instanceof Outcome.Provisioned done
                ? done.notes().stream()
                        .filter(note -> note.kind() == Problem.Kind.PREVIOUS_PASSWORD)
                        .findFirst()
                        .<Outcome>map(note -> new Outcome.Refused(done.pairing(), note, done.namespaces()))
                        .orElse(done)
                : outcome;
    }

    /** To renew is not to make: a pair that is let in by a role, or not at all, stays so. */
    private Optional<Outcome> found(CredentialKey key, Facts facts) {
        return issuers.find(key)
                .fold(
                        credential -> Optional.of(afterAll(credential.passwords())),
                        Optional::<Instant>empty,
                        problem -> Optional.of(clock.instant()))
                .map(before -> new Renewal(key, List.of(key), Optional.of(before))
                        .toTheEnd(facts)
                        .outcome());
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

    /**
     * How the renewal of one credential has ended.
     *
     * @param isForAll whether nothing is left to do for the pair's other ones
     */
    private record Renewed(Outcome outcome, boolean isForAll) {}

    /** Its failure is its own: others go on. */
    private static Renewed within(Patience patience, CredentialKey key, Supplier<Renewed> work) {
        try {
            return patience.limit(work);
        } catch (RuntimeException failure) {
            return new Renewed(Patience.postponed(Optional.of(key.pairing()), failure), true);
        }
    }

    /**
     * Of one credential.
     *
     * @param keys all that the pair has
     * @param before passwords made before that time are to be replaced; empty: only those that are due
     */
    private final class Renewal {
        private final CredentialKey key;
        private final List<CredentialKey> keys;
        private final Optional<Instant> before;
        private final Patience patience = Patience.of(Patience.Limit.PAIR);

        Renewal(CredentialKey key, List<CredentialKey> keys, Optional<Instant> before) {
            this.key = key;
            this.keys = keys;
            this.before = before;
        }

        /** As the rule for its pair wants it, or as it stands where none does. */
        Renewed toTheEnd(Facts facts) {
            return patience.limit(() -> {
                Optional<PairingRule> rule =
                        EnsurePullAccess.rule(policy, facts).filter(PairingRule::wantsSecret);
                return AccessPlan.decide(facts.by(Method.SECRET))
                        .fold(
                                grant -> new Renewed(new Outcome.Ignored(none(key.pairing())), true),
                                way -> rule.filter(each -> each.method() == Method.AUTO)
                                        .map(auto -> byAuto(way, auto.secret()))
                                        .orElseGet(() -> bySecret(way, rule.map(PairingRule::secret))),
                                end -> new Renewed(closed(facts, rule, end), true));
            });
        }

        /** Where there is no way into the cluster now: a role takes none. */
        private Outcome closed(Facts facts, Optional<PairingRule> rule, Outcome end) {
            if (end instanceof Outcome.Gone) {
                return revokePullAccess.revokeGone(key.pairing(), Set.of());
            }
            return rule.filter(each -> each.method() == Method.AUTO && before.isEmpty())
                    .flatMap(auto -> facts.cluster().found().flatMap(cluster -> facts.registry()
                            .found()
                            .map(registry -> grantPullAccess.grant(new Pair(cluster, registry, auto), patience))))
                    .orElse(end);
        }

        /**
         * A rule by auto wants no secret where a role does, nor round what somebody has set on purpose: anybody could have
         * named the pair in something of theirs. By hand, what stands is renewed, and no role is tried.
         */
        private Renewed byAuto(Step.Provision way, PullSecretTerms terms) {
            Facts facts = gatherFacts.about(
                    way.cluster(),
                    way.registry(),
                    Method.AUTO,
                    () -> roleAssignments.at(way.registry().id()));
            return AccessPlan.decide(facts)
                    .fold(
                            grant -> before.isEmpty()
                                    ? new Renewed(grantPullAccess.grant(facts, terms, purpose(terms), patience), true)
                                    : bySecret(way, Optional.of(terms)),
                            secret -> bySecret(way, Optional.of(terms)),
                            end -> bySecret(way, Optional.empty()));
        }

        private Renewed bySecret(Step.Provision way, Optional<PullSecretTerms> wanted) {
            Purpose purpose = wanted.map(this::purpose).orElse(Purpose.UPKEEP);
            SecretRun run =
                    before.map(time -> SecretRun.begin(purpose, time)).orElseGet(() -> SecretRun.begin(purpose));
            PullSecretTerms terms = wanted.orElse(PullSecretTerms.DEFAULT.of(key.kind()));
            return new Renewed(
                    provisionPullSecret.provision(way.cluster(), way.registry(), terms, run, patience),
                    wanted.isPresent());
        }

        /** A rule that names another kind than it did wants one to be made, and so where it is not proven to be ours. */
        private Purpose purpose(PullSecretTerms terms) {
            CredentialKey wanted = new CredentialKey(key.pairing(), terms.kind());
            boolean isThere = keys.contains(wanted)
                    && (terms.kind() == CredentialKind.ACR_TOKEN
                            || issuers.find(wanted).fold(credential -> true, () -> false, problem -> true));
            return isThere ? Purpose.RENEWAL : Purpose.RULE;
        }
    }
}
