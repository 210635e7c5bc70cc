package io.github.acrattach.usecase;

import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.AzCommand;
import io.github.acrattach.domain.Cluster;
import io.github.acrattach.domain.CredentialKey;
import io.github.acrattach.domain.CredentialKind;
import io.github.acrattach.domain.Facts;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.NamespaceOutcome;
import io.github.acrattach.domain.NamespaceOutcome.State;
import io.github.acrattach.domain.Outcome;
import io.github.acrattach.domain.Pairing;
import io.github.acrattach.domain.PairingPolicy;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.ProvisioningState;
import io.github.acrattach.domain.PullSecretOwner;
import io.github.acrattach.domain.PullSecretTerms;
import io.github.acrattach.domain.Registry;
import io.github.acrattach.domain.RoleAssignment;
import io.github.acrattach.port.CloudUnavailable;
import io.github.acrattach.port.PullSecrets;
import io.github.acrattach.port.RoleAssignments;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Takes back what this program made for a pair, and only that: its secrets and references in the cluster, its role
 * assignments at the registry, its credential. The credential goes last, so that a run that is killed is found again.
 */
@Singleton
public record RevokePullAccess(
        PairingPolicy policy,
        GatherFacts gatherFacts,
        ConfirmDeletion confirmDeletion,
        FindNamesakes findNamesakes,
        SharedIdentities sharedIdentities,
        Issuers issuers,
        PullSecrets pullSecrets,
        RoleAssignments roleAssignments,
        Turns turns) {

    /**
     * All that was made for the pair, whether the two still exist or not: for somebody who asks for it, and is told when a rule
     * will undo it. Never fails for what Azure answers.
     */
    public Outcome detach(Pairing pairing) {
        return inTurn(pairing, () -> {
            Facts facts = gatherFacts.ofSecret(pairing);
            Outcome outcome = everything(facts, findNamesakes::of);
            return outcome instanceof Outcome.Revoked revoked
                    ? rulesThatStand(facts).<Outcome>map(revoked::until).orElse(revoked)
                    : outcome;
        });
    }

    private Optional<Problem> rulesThatStand(Facts facts) {
        return facts.cluster()
                .found()
                .flatMap(cluster -> facts.registry().found().map(registry -> policy.rulesFor(cluster, registry)))
                .flatMap(rules -> rules.note(facts.pairing()));
    }

    /**
     * All that was made for the pair, because cluster or registry is gone.
     *
     * @param proven what was proven to be gone before; if any of it is there again, that counts
     */
    Outcome revokeGone(Pairing pairing, Set<ArmId> proven) {
        return revokeGone(pairing, proven, findNamesakes::of);
    }

    /**
     * The same for one of many pairs.
     *
     * @param namesakes the registries of the name of one that is gone, which need be looked for only once
     */
    Outcome revokeGone(Pairing pairing, Set<ArmId> proven, Function<ArmId, Lookup<List<Registry>>> namesakes) {
        return unasked(
                pairing,
                proven,
                facts -> facts.oneIsGone()
                        ? everything(facts, namesakes)
                        : new Outcome.Ignored(pairing.cluster() + " and " + pairing.registry()
                                + " are there; nothing was taken back from them."));
    }

    /** All that was made for the pair, unless what is seen of it now is a reason not to. */
    Outcome revokeUnless(Function<Facts, Optional<Outcome>> reason, Pairing pairing) {
        return unasked(
                pairing, Set.of(), facts -> reason.apply(facts).orElseGet(() -> everything(facts, findNamesakes::of)));
    }

    /** The pull secret alone, where a role has taken its place. */
    Outcome revokeSecret(Pairing pairing) {
        return unasked(pairing, Set.of(), facts -> cluster(facts, findNamesakes::of)
                .removal()
                .then(() -> forEachKind(pairing, key -> withItsRole(key, facts)))
                .then(() -> formerTokens(facts))
                .outcome(pairing));
    }

    /**
     * Takes back those of a pair's credentials whose place one of another kind, or of after a move of the registry, has taken;
     * the outcome comes first.
     */
    List<Outcome> revokeSuperseded(List<CredentialKey> credentials, Outcome outcome, Patience patience) {
        Stream<Outcome> revoked = credentials.stream()
                .filter(key -> outcome instanceof Outcome.Provisioned now && now.supersedes(key))
                .map(key -> patience.orPostpone(
                        key.pairing(),
                        () -> unasked(key.pairing(), Set.of(), facts -> withItsRole(key, facts)
                                .outcome(key.pairing()))));
        return Stream.concat(Stream.of(outcome), revoked).toList();
    }

    /** What nobody asks for by name is not done on a doubt about the two. */
    private Outcome unasked(Pairing pairing, Set<ArmId> proven, Function<Facts, Outcome> work) {
        return inTurn(pairing, () -> {
            Facts facts = confirmDeletion.of(gatherFacts.ofSecret(pairing), proven);
            return facts.untold()
                    .<Outcome>map(problem -> new Outcome.Refused(pairing, problem))
                    .orElseGet(() -> work.apply(facts));
        });
    }

    /** Not while this process provisions the same pair. */
    private Outcome inTurn(Pairing pairing, Supplier<Outcome> work) {
        String name = new CredentialKey(pairing, PullSecretTerms.DEFAULT.kind()).name();
        return Patience.of(Patience.Limit.PAIR).orPostpone(pairing, () -> turns.take(name, work));
    }

    private Outcome everything(Facts facts, Function<ArmId, Lookup<List<Registry>>> namesakes) {
        Pairing pairing = facts.pairing();
        Cleared cleared = cluster(facts, namesakes);
        if (cleared.livesOnAs().isPresent()) {
            Outcome outcome = cleared.removal().outcome(pairing);
            return outcome instanceof Outcome.Revoked revoked
                    ? revoked.until(livesOn(facts, cleared.livesOnAs().get()))
                    : outcome;
        }
        return cleared.removal()
                .then(() -> assignments(facts, all -> true))
                .then(() -> forEachKind(pairing, this::credential))
                .then(() -> formerTokens(facts))
                .outcome(pairing);
    }

    /** A registry takes the tokens along that were made while it had another id. */
    private Removal formerTokens(Facts facts) {
        return facts.registry() instanceof Lookup.Found
                ? issuers.former(new CredentialKey(facts.pairing(), CredentialKind.ACR_TOKEN))
                        .fold(
                                former -> former.stream().map(this::credential).reduce(Removal.NOTHING, Removal::and),
                                () -> Removal.NOTHING,
                                Removal::refused)
                : Removal.NOTHING;
    }

    private Problem livesOn(Facts facts, ArmId now) {
        ArmId cluster = facts.pairing().cluster();
        Pairing pairing = new Pairing(cluster, now);
        boolean ruled = policy.mayPair(pairing);
        Lookup<Optional<ArmId>> token = issuers.whereTheTokenIs(facts.pairing(), List.of(now));
        boolean pulls = token.found().flatMap(where -> where).isPresent();
        String attach = "POST /api/attach {\"cluster\": \"" + cluster + "\", \"registry\": \"" + now + "\"}";
        return Problem.of(
                Problem.Kind.MOVED,
                "The registry " + facts.pairing().registry() + " is gone, and " + now
                        + " has its login server: it was moved, or deleted and made again. What "
                        + cluster.name()
                        + (pulls ? " pulls with opens it as before, and" : " has for it") + " was left alone"
                        + (pulls
                                ? "."
                                : token.denied()
                                        .map(why -> "; whether it opens it as before cannot be seen: " + why.cause())
                                        .orElse(
                                                ", but its pulls fail: no token came along, and the role of an application"
                                                        + " does not."))
                        + (ruled || !policy.mayPair(facts.pairing())
                                ? ""
                                : " The rule that paired the two does not select it where it is now: one that goes by resource"
                                        + " group or subscription does not follow a move."),
                now,
                ruled
                        ? (pulls ? "Nothing needs to be done: the " : attach + "   (or wait: the ")
                                + "next event, attach or the timer makes a password under the new id, and"
                                + " then takes the one of before back" + (pulls ? "." : ")")
                        : "Have a rule select the registry where it is now, or attach once under the new id: " + attach
                                + "; to end it: POST /api/detach with the same ids");
    }

    /**
     * What was done in the cluster.
     *
     * @param livesOnAs what the registry is now, where something in the cluster opens it
     */
    private record Cleared(Removal removal, Optional<ArmId> livesOnAs) {
        static Cleared of(Removal removal) {
            return new Cleared(removal, Optional.empty());
        }
    }

    /**
     * The cluster is looked into even where no pull secret can be known of, since one may have been left when the cluster
     * could not be reached. That takes rights which a role does not need: without them, it is told and nothing more.
     */
    private Cleared cluster(Facts facts, Function<ArmId, Lookup<List<Registry>>> namesakes) {
        Optional<Cluster> there =
                facts.cluster().found().filter(cluster -> cluster.state() != ProvisioningState.DELETING);
        if (there.isEmpty()) {
            return Cleared.of(nothingAt(facts.cluster()));
        }
        ArmId registry = facts.pairing().registry();
        Lookup<List<Registry>> others =
                facts.registry() instanceof Lookup.Absent ? namesakes.apply(registry) : new Lookup.Found<>(List.of());
        return others.fold(
                alive -> cluster(there.get(), facts, alive),
                () -> cluster(there.get(), facts, List.of()),
                problem -> Cleared.of(Removal.refused(problem)));
    }

    private Cleared cluster(Cluster cluster, Facts facts, List<Registry> alive) {
        ArmId registry = facts.pairing().registry();
        PullSecretOwner owner =
                facts.registry().found().map(PullSecretOwner::of).orElseGet(() -> PullSecretOwner.gone(registry));
        // What a token's registry takes with it cannot be asked any more.
        boolean mayHold = policy.mayPairBySecret(cluster, registry)
                || facts.registry() instanceof Lookup.Absent
                || hasCredential(facts.pairing());
        if (cluster.power().isStopped()) {
            return stopped(cluster, facts.pairing(), owner, mayHold, alive);
        }
        try {
            Cleared cleared = pullSecrets
                    .clear(
                            cluster,
                            owner,
                            alive.stream().map(PullSecretOwner::of).toList())
                    .fold(
                            outcomes -> cleared(owner, outcomes, alive),
                            () -> {
                                throw ConfirmDeletion.vanished(cluster.id());
                            },
                            problem -> Cleared.of(Removal.refused(problem)));
            return mayHold ? cleared : new Cleared(asFarAsSeen(cleared.removal()), cleared.livesOnAs());
        } catch (CloudUnavailable failure) {
            if (mayHold) {
                throw failure;
            }
            return Cleared.of(unseen(failure.problem()));
        }
    }

    /** Nothing can be removed there. What it holds is dead with its credential, which goes next, unless the registry lives on. */
    private Cleared stopped(
            Cluster cluster, Pairing pairing, PullSecretOwner owner, boolean mayHold, List<Registry> alive) {
        String secret = (mayHold ? "the secret " : "whatever secret ") + owner.secretName() + " in the namespaces of "
                + cluster.id().name() + ", which is stopped: ";
        String again = "after " + AzCommand.start(cluster.id()) + " another detach ";
        Cleared dead = Cleared.of(Removal.kept(
                secret + "without its credential it lets nobody in any more, and " + again + "removes it"));
        return issuers.whereTheTokenIs(pairing, alive.stream().map(Registry::id).toList())
                .fold(
                        where -> where.map(now -> new Cleared(
                                        Removal.kept(secret + "it opens the registry where that is now"),
                                        Optional.of(now)))
                                .orElse(dead),
                        () -> dead,
                        problem -> Cleared.of(Removal.refused(problem)));
    }

    private static Removal asFarAsSeen(Removal removal) {
        return removal.removed().isEmpty()
                ? removal.refused().map(RevokePullAccess::unseen).orElse(removal)
                : removal;
    }

    private static Removal unseen(Problem problem) {
        return Removal.kept(
                "whatever secret of an earlier attaching may be in the cluster, which could not be looked into ("
                        + problem.cause() + ")");
    }

    /** There is nothing to be done about what is not there; what cannot be seen is a refusal. */
    private static <T> Removal nothingAt(Lookup<T> unseen) {
        return unseen.fold(found -> Removal.NOTHING, () -> Removal.NOTHING, Removal::refused);
    }

    private boolean hasCredential(Pairing pairing) {
        return Issuers.keys(pairing).anyMatch(key -> issuers.find(key).found().isPresent());
    }

    private static Cleared cleared(PullSecretOwner owner, List<NamespaceOutcome> outcomes, List<Registry> alive) {
        List<String> kept = secrets(owner, outcomes, State.SKIPPED);
        return new Cleared(
                new Removal(
                        secrets(owner, outcomes, State.REMOVED),
                        kept.stream()
                                .map(secret ->
                                        secret + ", because its login server is that of a registry which is there")
                                .toList(),
                        NamespaceOutcome.firstProblem(outcomes, State.REFUSED),
                        NamespaceOutcome.firstProblem(outcomes, State.PENDING)
                                .map(problem -> new Outcome.Postponed(Optional.empty(), problem, Optional.empty()))),
                NamespaceOutcome.firstProblem(outcomes, State.SKIPPED)
                        .flatMap(Problem::scope)
                        .flatMap(scope -> alive.stream()
                                .map(Registry::id)
                                .filter(id -> id.isSpelt(scope))
                                .findFirst()));
    }

    private static List<String> secrets(PullSecretOwner owner, List<NamespaceOutcome> outcomes, State state) {
        return outcomes.stream()
                .filter(each -> each.state() == state)
                .map(each ->
                        "the secret " + each.secret().orElse(owner.secretName()) + " in namespace " + each.namespace())
                .toList();
    }

    private Removal assignments(Facts facts, Predicate<RoleAssignment> which) {
        Pairing pairing = facts.pairing();
        if (!(facts.registry() instanceof Lookup.Found)) {
            return nothingAt(facts.registry());
        }
        return roleAssignments
                .at(pairing.registry())
                .fold(
                        all -> all.stream()
                                .filter(each -> each.madeFor(pairing.registry())
                                        .filter(pairing.cluster()::equals)
                                        .isPresent())
                                .filter(which)
                                .map(each -> unlessShared(each, facts))
                                .reduce(Removal.NOTHING, Removal::and),
                        () -> {
                            throw ConfirmDeletion.vanished(pairing.registry());
                        },
                        Removal::refused);
    }

    private Removal unlessShared(RoleAssignment assignment, Facts facts) {
        return sharedIdentities
                .alsoOf(assignment, facts, Patience.of(Patience.Limit.EVENT))
                .map(keeper -> Removal.kept(assignment, keeper))
                .orElseGet(() -> Removal.of(roleAssignments.remove(assignment.id())));
    }

    private Removal withItsRole(CredentialKey key, Facts facts) {
        return (key.kind() == CredentialKind.SERVICE_PRINCIPAL
                        ? assignments(facts, each -> each.isFor(key))
                        : Removal.NOTHING)
                .then(() -> credential(key));
    }

    /** What a run began to make for a credential and never finished, because it was killed: it holds no role. */
    Outcome revokeUnfinished(CredentialKey key) {
        return inTurn(key.pairing(), () -> roleAssignments
                .at(key.pairing().registry())
                .fold(all -> unfinished(key, all), () -> Removal.NOTHING, Removal::refused)
                .outcome(key.pairing()));
    }

    private Removal unfinished(CredentialKey key, List<RoleAssignment> all) {
        Set<UUID> finished = all.stream().map(RoleAssignment::principal).collect(Collectors.toUnmodifiableSet());
        return removed(issuers.ask(key.kind(), issuer -> issuer.removeUnfinished(key, finished)));
    }

    private Removal credential(CredentialKey key) {
        return removed(issuers.ask(key.kind(), issuer -> issuer.remove(key)));
    }

    private static Removal removed(Lookup<CredentialKey> answer) {
        return answer.fold(
                gone -> Removal.removed("the credential " + gone.name()), () -> Removal.NOTHING, Removal::refused);
    }

    private static Removal forEachKind(Pairing pairing, Function<CredentialKey, Removal> work) {
        return Issuers.keys(pairing).map(work).reduce(Removal.NOTHING, Removal::and);
    }
}
