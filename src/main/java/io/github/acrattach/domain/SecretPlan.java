package io.github.acrattach.domain;

import io.github.acrattach.domain.NamespaceOutcome.State;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Decides what is to be done next about a pair's pull secret, from what Azure and the cluster hold at this moment. There
 * is no other memory: a run that was killed anywhere, or that runs beside another one, is taken up from what it left.
 *
 * <p>The cluster holds the passwords, the issuer knows which of them are valid. A password that is valid and stands in the
 * cluster is taken over; one that is valid and stands nowhere was lost on its way, or is on its way just now.
 */
public final class SecretPlan {

    /** Longer than a run usually takes: whoever made a password that long ago and did not store it, has most likely died. */
    static final Duration IN_PROGRESS = Duration.ofSeconds(60);

    /** A renewal needs room for the new password beside the old one. */
    private static final int MOST_PASSWORDS = 2;

    private final SecretFacts facts;
    private final PullCredential credential;
    private final Spread spread;
    private final Set<String> held;
    private final List<Password> valid;
    private final Optional<Password> newest;

    private SecretPlan(SecretFacts facts, PullCredential credential) {
        this.facts = facts;
        this.credential = credential;
        spread = new Spread(facts);
        held = facts.heldPasswords();
        valid = credential.passwords().stream()
                .filter(password -> password.isValidAt(facts.now()))
                .toList();
        newest = valid.stream()
                .filter(password -> !isDead(password))
                .filter(password -> held.contains(password.id()) || isInHand(password))
                .max(Comparator.comparing(Password::created).thenComparing(Password::id));
    }

    /** The next step for what is known; the same facts always give the same step. */
    public static SecretStep decide(SecretFacts facts) {
        return facts.namespaces()
                .fold(
                        namespaces -> withoutAssignments(facts).orElseGet(() -> facts.credential()
                                .fold(
                                        credential -> decide(facts, credential),
                                        () -> withoutCredential(facts),
                                        problem -> refuse(facts, problem))),
                        () -> gone(facts, facts.key().pairing().cluster()),
                        problem -> refuse(facts, problem));
    }

    private static Optional<SecretStep> withoutAssignments(SecretFacts facts) {
        return facts.key().kind() == CredentialKind.SERVICE_PRINCIPAL
                ? facts.assignments()
                        .fold(
                                all -> Optional.empty(),
                                () -> Optional.of(gone(facts, facts.registry().id())),
                                problem -> Optional.of(refuse(facts, problem)))
                : Optional.empty();
    }

    private static SecretStep withoutCredential(SecretFacts facts) {
        SecretRun run = facts.run();
        Pairing pairing = facts.key().pairing();
        // What others have a hand in is replaced where a rule wants it, and told where none does.
        boolean isToBeReplaced =
                run.purpose() == Purpose.RENEWAL && !run.distrusted().isEmpty();
        if (run.purpose().makes() || isToBeReplaced) {
            return run.seen()
                    ? new SecretStep.End(new Outcome.Postponed(pairing, SecretProblems.removed(facts)))
                    : new SecretStep.Make();
        }
        return run.notes().stream()
                .findFirst()
                .map(problem -> refuse(facts, problem))
                .orElseGet(() -> new SecretStep.End(new Outcome.Ignored(
                        pairing.cluster() + " has no pull secret for " + pairing.registry() + " any more.")));
    }

    private static SecretStep refuse(SecretFacts facts, Problem problem) {
        return new SecretStep.End(new Outcome.Refused(facts.key().pairing(), problem));
    }

    private static SecretStep gone(SecretFacts facts, ArmId resource) {
        return new SecretStep.End(new Outcome.Gone(facts.key().pairing(), resource));
    }

    /** How it stands now, whatever is to be done next; empty while no password is in the cluster. */
    public static Optional<SecretStatus> status(SecretFacts facts) {
        return facts.credential()
                .found()
                .map(credential -> new SecretPlan(facts, credential))
                .flatMap(plan -> plan.newest.map(plan::status));
    }

    private SecretStatus status(Password current) {
        List<Password> previous = valid.stream()
                .filter(password -> !password.equals(current))
                .filter(password ->
                        held.contains(password.id()) || facts.mayBeInUseElsewhere(password) || spread.isPartlyHidden())
                .toList();
        return new SecretStatus(facts, current, previous, spread.outcomes(current));
    }

    private static SecretStep decide(SecretFacts facts, PullCredential credential) {
        if (facts.run().purpose() == Purpose.UPKEEP) {
            return inPlaces(facts, credential, SecretPlan::unproven);
        }
        if (!credential.complete()) {
            return facts.run().made()
                    ? new SecretStep.Wait(SecretProblems.notComplete(facts), Optional.empty())
                    : new SecretStep.Make();
        }
        return missingRole(facts, credential)
                .orElseGet(() -> inPlaces(facts, credential, plan -> refuse(facts, SecretProblems.noNamespace(facts))));
    }

    /**
     * What stands where no rule names the place is tried first, as far as anything depends on it: without a rule, the place
     * counts where it is a valid password; with one, what is held nowhere else is not ended while it is.
     */
    private static SecretStep inPlaces(
            SecretFacts facts, PullCredential credential, Function<SecretPlan, SecretStep> nowhere) {
        SecretPlan plan = new SecretPlan(facts, credential);
        return facts.untried(plan.doubtfulElsewhere())
                .<SecretStep>map(SecretStep.Prove::new)
                .orElseGet(() -> Spread.isMeantAnywhere(facts) ? plan.byPasswords() : nowhere.apply(plan));
    }

    private Set<String> doubtfulElsewhere() {
        return valid.stream()
                .map(Password::id)
                .filter(id -> !facts.run().purpose().isToSpread() || !held.contains(id))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Without a rule, only what is known to be in use is renewed. */
    private SecretStep unproven() {
        Pairing pairing = facts.key().pairing();
        if (valid.stream().noneMatch(this::isDue)) {
            return new SecretStep.End(new Outcome.Ignored("No rule lets " + pairing.cluster() + " pull from "
                    + pairing.registry() + " by a pull secret, and no password that it has is due to be renewed."));
        }
        return facts.run()
                .unanswered()
                .map(proof -> new Outcome.Postponed(pairing, proof.problem().orElseThrow(), proof.retryAfter()))
                .<SecretStep>map(SecretStep.End::new)
                .orElseGet(() -> refuse(
                        facts,
                        SecretProblems.noRule(
                                facts,
                                "No namespace was seen to hold a valid password of the credential "
                                        + facts.key().name()
                                        + ", so it is not renewed, and pulls stop when it expires.")));
    }

    private static Optional<SecretStep> missingRole(SecretFacts facts, PullCredential credential) {
        if (credential.principal().isEmpty() || facts.run().granted()) {
            return Optional.empty();
        }
        Pairing pair = facts.key().pairing();
        Optional<PullRole> role = facts.registry().pullRole();
        if (role.isEmpty()) {
            return Optional.of(refuse(facts, AccessPlan.unknownMode(facts.registry())));
        }
        PullGrant grant = new PullGrant(
                pair.cluster(), pair.registry(), credential.principal().get(), role.get(), Optional.of(facts.key()));
        List<RoleAssignment> held = facts.assignments().found().stream()
                .flatMap(List::stream)
                .filter(each -> each.principal().equals(grant.principal()))
                .toList();
        return PullRight.of(held, Roles.NONE, grant.role()).whole().isPresent()
                ? Optional.empty()
                : Optional.of(facts.run()
                        .refusal()
                        .map(problem -> refuse(facts, problem))
                        .orElseGet(() -> new SecretStep.Grant(grant)));
    }

    private SecretStep byPasswords() {
        if (needsAnother()
                || newest.filter(current -> !spread.behind(current).isEmpty()
                                && (facts.value(current).isEmpty() || facts.isDoubtful(current)))
                        .isPresent()) {
            Optional<SecretStep> renewal = renewal();
            if (renewal.isPresent()) {
                return renewal.get();
            }
        }
        return newest.map(this::bringAbout)
                .orElseGet(() -> retire(valid.stream().filter(this::isLost)).orElseGet(this::blocked));
    }

    /** Whether what there is does not do, or not for long. */
    private boolean needsAnother() {
        return newest.isEmpty() || isDue(newest.get());
    }

    /** Makes a new password, or room for one; empty when no namespace takes it, or before all have the newest one. */
    private Optional<SecretStep> renewal() {
        if (!spread.isWanted()) {
            return Optional.empty();
        }
        // What nobody accounts for goes before something new is given: it may be somebody else's.
        Optional<SecretStep> needless = retire(valid.stream().filter(this::isLost));
        if (needless.isPresent()) {
            return needless;
        }
        if (valid.size() < MOST_PASSWORDS) {
            return Optional.of(new SecretStep.AddPassword(lifetime()));
        }
        return retire(valid.stream().filter(password -> needsAnother() && isNowhereSeen(password)))
                .or(this::waitForYoung);
    }

    /** Without a rule, as long as it was valid before. */
    private Duration lifetime() {
        return newest.filter(password -> !facts.run().purpose().isToSpread()
                        && !password.expires().equals(Password.NEVER))
                .map(password -> Duration.between(password.created(), password.expires()))
                .orElse(facts.terms().lifetime());
    }

    private Optional<SecretStep> waitForYoung() {
        return valid.stream()
                .filter(password -> !held.contains(password.id()) && !isInHand(password) && isYoung(password))
                .max(Comparator.comparing(Password::created))
                .map(young -> new SecretStep.Wait(
                        SecretProblems.inProgress(facts, young),
                        Optional.of(
                                Duration.between(facts.now(), young.created().plus(IN_PROGRESS)))));
    }

    private SecretStep bringAbout(Password current) {
        Set<String> behind = spread.behind(current);
        Optional<Secret> value = facts.value(current);
        Optional<Proof> proof = facts.proofOf(current);
        boolean fails = proof.filter(Proof::fails).isPresent();
        if (isInHand(current) && !held.contains(current.id()) && spread.isRefused()) {
            return new SecretStep.Retire(List.of(current));
        }
        if (proof.isEmpty() && value.isPresent()) {
            return new SecretStep.Prove(value.get());
        }
        if (!behind.isEmpty() && value.isPresent() && !(fails && replacesWhatWorks(current))) {
            return spread.store(current, behind);
        }
        if (fails) {
            return new SecretStep.Prove(value.orElseThrow());
        }
        return retire(credential.passwords().stream().filter(this::isLost))
                .or(this::withdrawal)
                .orElseGet(() -> isDue(current)
                                && behind.isEmpty()
                                && !spread.obstacles().isEmpty()
                        ? blocked()
                        : new SecretStep.End(status(current).outcome()));
    }

    /**
     * Of the pull role from what stood for the credential before, when all namespaces have what stands for it now; from
     * what others have a hand in, in any case.
     */
    private Optional<SecretStep> withdrawal() {
        List<RoleAssignment> former = facts.assignments().found().stream()
                .flatMap(List::stream)
                .filter(each -> each.isFor(facts.key()) && !facts.run().hasWithdrawn(each))
                .filter(each -> !credential.principal().equals(Optional.of(each.principal())))
                .filter(each -> facts.run().distrusted().contains(each.principal())
                        || spread.obstacles().isEmpty() && facts.run().purpose().isToSpread())
                .toList();
        return former.isEmpty() ? Optional.empty() : Optional.of(new SecretStep.Withdraw(former));
    }

    /** Empty when there are none. */
    private static Optional<SecretStep> retire(Stream<Password> needless) {
        return Optional.of(needless.toList())
                .filter(passwords -> !passwords.isEmpty())
                .map(SecretStep.Retire::new);
    }

    /** A new password is needed, and no namespace takes one: what passes, if anything does, is told before what lasts. */
    private SecretStep blocked() {
        Pairing pairing = facts.key().pairing();
        List<NamespaceOutcome> obstacles = spread.obstacles();
        Optional<Outcome> later = NamespaceOutcome.firstProblem(obstacles, State.PENDING)
                .map(problem -> new Outcome.Postponed(Optional.of(pairing), problem, Optional.empty(), obstacles));
        return later.or(() -> Stream.of(State.REFUSED, State.SKIPPED)
                        .flatMap(state -> NamespaceOutcome.firstProblem(obstacles, state).stream())
                        .findFirst()
                        .map(problem -> new Outcome.Refused(pairing, problem, obstacles)))
                .<SecretStep>map(SecretStep.End::new)
                .orElseGet(() -> refuse(facts, SecretProblems.noNamespace(facts)));
    }

    /** What does not work yet may go where nothing works, but not where something does. */
    private boolean replacesWhatWorks(Password current) {
        return facts.moved().findAny().isPresent()
                || valid.stream()
                        .anyMatch(password ->
                                !password.equals(current) && !isDead(password) && held.contains(password.id()));
    }

    /** The issuer lists it, but the registry has not let it in for longer than that takes: somebody tampered with it. */
    private boolean isDead(Password password) {
        return password.isSpreadAt(facts.now())
                && facts.proofOf(password)
                        .filter(proof -> proof.verdict() == Proof.Verdict.REJECTED)
                        .isPresent();
    }

    private boolean isDue(Password password) {
        if (isInHand(password)) {
            return false;
        }
        return facts.run().renewOlder().filter(password.created()::isBefore).isPresent()
                || !facts.now().isBefore(facts.terms().renews(facts.key(), password));
    }

    /**
     * Whether nobody can need the password any more: it stands in no namespace, and is not on its way into one. Where
     * something works, what may stand in a namespace that cannot be looked into is left to end by itself, as long as its
     * place is not needed.
     */
    private boolean isLost(Password password) {
        return isDead(password) || isNowhereSeen(password) && (newest.isEmpty() || !spread.isPartlyHidden());
    }

    private boolean isNowhereSeen(Password password) {
        return !held.contains(password.id())
                && !isInHand(password)
                && !facts.mayBeInUseElsewhere(password)
                && (facts.run().hasSeenHeld(password) || !isYoung(password));
    }

    private boolean isYoung(Password password) {
        return password.created().isAfter(facts.now().minus(IN_PROGRESS));
    }

    private boolean isInHand(Password password) {
        return facts.run().inHand(password).isPresent();
    }
}
