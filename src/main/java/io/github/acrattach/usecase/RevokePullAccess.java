package io.github.acrattach.usecase;

import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.Cluster;
import io.github.acrattach.domain.CredentialKey;
import io.github.acrattach.domain.Facts;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.NamespaceOutcome;
import io.github.acrattach.domain.NamespaceOutcome.State;
import io.github.acrattach.domain.Outcome;
import io.github.acrattach.domain.Pairing;
import io.github.acrattach.domain.PairingPolicy;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.ProvisioningState;
import io.github.acrattach.domain.PullCredential;
import io.github.acrattach.domain.PullSecret;
import io.github.acrattach.domain.PullSecretTerms;
import io.github.acrattach.domain.RoleAssignment;
import io.github.acrattach.port.CloudUnavailable;
import io.github.acrattach.port.PullSecrets;
import io.github.acrattach.port.RoleAssignments;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Takes back what this program made for a pair, and only that: its secrets and references in the cluster, its role
 * assignments at the registry, its credential. The credential goes last, so that a run that is killed is found again.
 */
@ApplicationScoped
public class RevokePullAccess {

    private final PairingPolicy policy;
    private final GatherFacts gatherFacts;
    private final SharedIdentities sharedIdentities;
    private final Issuers issuers;
    private final PullSecrets pullSecrets;
    private final RoleAssignments roleAssignments;
    private final Turns turns;

    RevokePullAccess(
            PairingSettings settings,
            GatherFacts gatherFacts,
            SharedIdentities sharedIdentities,
            Issuers issuers,
            PullSecrets pullSecrets,
            RoleAssignments roleAssignments,
            Turns turns) {
        this.policy = settings.policy();
        this.gatherFacts = gatherFacts;
        this.sharedIdentities = sharedIdentities;
        this.issuers = issuers;
        this.pullSecrets = pullSecrets;
        this.roleAssignments = roleAssignments;
        this.turns = turns;
    }

    /** All that was made for the pair, whether the two still exist or not. Never fails for what Azure answers. */
    public Uni<Outcome> revoke(Pairing pairing) {
        return inTurn(pairing, facts -> cluster(facts)
                .flatMap(done -> done.then(() -> assignments(facts, all -> true)))
                .flatMap(done -> done.then(() -> forEachKind(pairing, this::credential))));
    }

    /** The pull secret alone, where a role has taken its place. */
    Uni<Outcome> revokeSecret(Pairing pairing) {
        return inTurn(pairing, facts -> cluster(facts)
                .flatMap(done -> done.then(() -> forEachKind(pairing, key -> withItsRole(key, facts)))));
    }

    /** Takes back the one of a pair's credentials whose place one of another kind has taken; the outcome comes first. */
    Uni<List<Outcome>> revokeSuperseded(List<CredentialKey> credentials, Outcome outcome, Patience patience) {
        return credentials.stream()
                .filter(key -> outcome instanceof Outcome.Provisioned now && now.supersedes(key))
                .findFirst()
                .map(key -> patience.orPostpone(
                                inTurn(key.pairing(), facts -> withItsRole(key, facts)), outcome.pairing())
                        .map(revoked -> List.of(outcome, revoked)))
                .orElseGet(() -> Uni.createFrom().item(List.of(outcome)));
    }

    /** Not while this process provisions the same pair. */
    private Uni<Outcome> inTurn(Pairing pairing, Function<Facts, Uni<Removal>> work) {
        String name = new CredentialKey(pairing, PullSecretTerms.DEFAULT.kind()).name();
        return Patience.ofPeople()
                .orPostpone(
                        turns.take(name, () -> gatherFacts
                                .ofSecret(pairing)
                                .flatMap(work::apply)
                                .map(done -> done.outcome(pairing))),
                        Optional.of(pairing));
    }

    /**
     * The cluster is looked into even where no pull secret can be known of, since one may have been left when the cluster
     * could not be reached. That takes rights which a role does not need: without them, it is told and nothing more.
     */
    private Uni<Removal> cluster(Facts facts) {
        Optional<Cluster> there =
                facts.cluster().found().filter(cluster -> cluster.state() != ProvisioningState.DELETING);
        if (there.isEmpty()) {
            return nothingAt(facts.cluster());
        }
        ArmId registry = facts.pairing().registry();
        // What a token's registry takes with it cannot be asked any more.
        boolean mayHold = policy.mayPairBySecret(there.get(), registry) || facts.registry() instanceof Lookup.Absent;
        Uni<Removal> cleared = pullSecrets
                .clear(there.get(), registry)
                .map(answer ->
                        answer.fold(outcomes -> cleared(registry, outcomes), () -> Removal.NOTHING, Removal::refused));
        return (mayHold ? Uni.createFrom().item(true) : hasCredential(facts.pairing()))
                .flatMap(known -> known
                        ? cleared
                        : cleared.map(RevokePullAccess::asFarAsSeen)
                                .onFailure(CloudUnavailable.class)
                                .recoverWithItem(failure -> unseen(failure.problem())));
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
    private static <T> Uni<Removal> nothingAt(Lookup<T> unseen) {
        return Uni.createFrom().item(unseen.fold(found -> Removal.NOTHING, () -> Removal.NOTHING, Removal::refused));
    }

    private Uni<Boolean> hasCredential(Pairing pairing) {
        return issuers.each(pairing, this::find).collect().asList().map(answers -> answers.stream()
                .anyMatch(Lookup.Found.class::isInstance));
    }

    private Uni<Lookup<PullCredential>> find(CredentialKey key) {
        return issuers.ask(key.kind(), issuer -> issuer.find(key, PullSecretTerms.DEFAULT));
    }

    private static Removal cleared(ArmId registry, List<NamespaceOutcome> outcomes) {
        return new Removal(
                outcomes.stream()
                        .filter(each -> each.state() == State.CLEARED)
                        .map(each -> "the secret " + PullSecret.nameFor(registry) + " in namespace " + each.namespace())
                        .toList(),
                List.of(),
                NamespaceOutcome.firstProblem(outcomes, State.REFUSED),
                NamespaceOutcome.firstProblem(outcomes, State.PENDING));
    }

    private Uni<Removal> assignments(Facts facts, Predicate<RoleAssignment> which) {
        Pairing pairing = facts.pairing();
        if (!(facts.registry() instanceof Lookup.Found)) {
            return nothingAt(facts.registry());
        }
        return roleAssignments
                .at(pairing.registry())
                .flatMap(answer -> answer.fold(
                        all -> assignments(
                                pairing,
                                all.stream()
                                        .filter(each -> each.madeFor(pairing.registry())
                                                .filter(pairing.cluster()::equals)
                                                .isPresent())
                                        .filter(which)
                                        .toList()),
                        () -> Uni.createFrom().item(Removal.NOTHING),
                        problem -> Uni.createFrom().item(Removal.refused(problem))));
    }

    private Uni<Removal> assignments(Pairing pairing, List<RoleAssignment> ours) {
        return Multi.createFrom()
                .iterable(ours)
                .onItem()
                .transformToUniAndConcatenate(each -> sharedIdentities
                        .alsoOf(each.principal(), pairing)
                        .flatMap(other -> other.map(keeper -> Uni.createFrom()
                                        .item(Removal.kept("the role assignment " + each.id() + ", because " + keeper)))
                                .orElseGet(() -> remove(each))))
                .collect()
                .with(Collectors.reducing(Removal.NOTHING, Removal::and));
    }

    private Uni<Removal> remove(RoleAssignment assignment) {
        return roleAssignments
                .remove(assignment.id())
                .map(answer -> answer.fold(
                        id -> Removal.removed("the role assignment " + id), () -> Removal.NOTHING, Removal::refused));
    }

    private Uni<Removal> withItsRole(CredentialKey key, Facts facts) {
        return find(key)
                .map(answer -> answer.found().flatMap(PullCredential::principal))
                .flatMap(principal -> principal.isEmpty()
                        ? Uni.createFrom().item(Removal.NOTHING)
                        : assignments(facts, each -> each.principal().equals(principal.get())))
                .flatMap(done -> done.then(() -> credential(key)));
    }

    private Uni<Removal> credential(CredentialKey key) {
        return issuers.ask(key.kind(), issuer -> issuer.remove(key))
                .map(answer -> answer.fold(
                        gone -> Removal.removed("the credential " + gone.name()),
                        () -> Removal.NOTHING,
                        Removal::refused));
    }

    private Uni<Removal> forEachKind(Pairing pairing, Function<CredentialKey, Uni<Removal>> work) {
        return issuers.each(pairing, work).collect().with(Collectors.reducing(Removal.NOTHING, Removal::and));
    }
}
