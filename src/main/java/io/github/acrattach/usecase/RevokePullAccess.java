package io.github.acrattach.usecase;

import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.CredentialKey;
import io.github.acrattach.domain.CredentialKind;
import io.github.acrattach.domain.Facts;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.Outcome;
import io.github.acrattach.domain.Pairing;
import io.github.acrattach.domain.PairingPolicy;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.PullSecretTerms;
import io.github.acrattach.domain.Registry;
import io.github.acrattach.domain.RoleAssignment;
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
        ClearPullSecrets clearPullSecrets,
        SharedIdentities sharedIdentities,
        Issuers issuers,
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
        return unasked(pairing, Set.of(), facts -> clearPullSecrets
                .of(facts, findNamesakes::of)
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
        ClearPullSecrets.Cleared cleared = clearPullSecrets.of(facts, namesakes);
        if (cleared.livesOn().isPresent()) {
            Outcome outcome = cleared.removal().outcome(pairing);
            return outcome instanceof Outcome.Revoked revoked
                    ? revoked.until(cleared.livesOn().get())
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

    private Removal assignments(Facts facts, Predicate<RoleAssignment> which) {
        Pairing pairing = facts.pairing();
        if (!(facts.registry() instanceof Lookup.Found)) {
            return Removal.nothingAt(facts.registry());
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
