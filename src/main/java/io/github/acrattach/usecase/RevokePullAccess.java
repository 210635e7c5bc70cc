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
import io.github.acrattach.domain.PullSecret;
import io.github.acrattach.domain.PullSecretTerms;
import io.github.acrattach.domain.RoleAssignment;
import io.github.acrattach.port.PullSecrets;
import io.github.acrattach.port.RoleAssignments;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

    RevokePullAccess(
            PairingSettings settings,
            GatherFacts gatherFacts,
            SharedIdentities sharedIdentities,
            Issuers issuers,
            PullSecrets pullSecrets,
            RoleAssignments roleAssignments) {
        this.policy = settings.policy();
        this.gatherFacts = gatherFacts;
        this.sharedIdentities = sharedIdentities;
        this.issuers = issuers;
        this.pullSecrets = pullSecrets;
        this.roleAssignments = roleAssignments;
    }

    /** All that was made for the pair, whether cluster and registry still exist or not. Never fails for what Azure answers. */
    public Uni<Outcome> revoke(Pairing pairing) {
        return new Patience()
                .orPostpone(
                        gatherFacts.ofSecret(pairing).flatMap(facts -> ways(facts)
                                .flatMap(done -> done.isUnfinished()
                                        ? Uni.createFrom().item(done)
                                        : assignments(facts).map(done::and))
                                .flatMap(done -> done.isUnfinished()
                                        ? Uni.createFrom().item(done)
                                        : credentials(pairing).map(done::and))
                                .map(done -> done.outcome(pairing))),
                        Optional.of(pairing));
    }

    /** The pull secret alone, where a role has taken its place. */
    Uni<Outcome> revokeSecret(Pairing pairing) {
        return new Patience()
                .orPostpone(
                        gatherFacts.ofSecret(pairing).flatMap(facts -> ways(facts)
                                .flatMap(done -> done.isUnfinished()
                                        ? Uni.createFrom().item(done)
                                        : credentials(pairing).map(done::and))
                                .map(done -> done.outcome(pairing))),
                        Optional.of(pairing));
    }

    /** The cluster is looked into only where a pull secret is, or may be: that takes rights which a role does not need. */
    private Uni<Done> ways(Facts facts) {
        Optional<Cluster> there = facts.cluster()
                .fold(Optional::of, Optional::<Cluster>empty, problem -> Optional.<Cluster>empty())
                .filter(cluster -> cluster.state() != ProvisioningState.DELETING);
        if (there.isEmpty()) {
            return Uni.createFrom()
                    .item(facts.cluster().fold(found -> Done.NOTHING, () -> Done.NOTHING, Done::refused));
        }
        Cluster cluster = there.get();
        return (policy.mayPairBySecret(cluster, facts.pairing().registry())
                        ? Uni.createFrom().item(true)
                        : hasCredential(facts.pairing()))
                .flatMap(looks -> looks
                        ? pullSecrets
                                .clear(cluster, facts.pairing().registry())
                                .map(cleared -> cleared.fold(
                                        outcomes -> cleared(facts.pairing().registry(), outcomes),
                                        () -> Done.NOTHING,
                                        Done::refused))
                        : Uni.createFrom().item(Done.NOTHING));
    }

    private Uni<Boolean> hasCredential(Pairing pairing) {
        return forEachKind(
                        key -> issuers.of(key.kind())
                                .find(key, PullSecretTerms.DEFAULT)
                                .map(found -> found instanceof Lookup.Found),
                        pairing)
                .map(answers -> answers.contains(true));
    }

    private static Done cleared(ArmId registry, List<NamespaceOutcome> outcomes) {
        return new Done(
                outcomes.stream()
                        .filter(each -> each.state() == State.CLEARED)
                        .map(each -> "the secret " + PullSecret.nameFor(registry) + " in namespace " + each.namespace())
                        .toList(),
                List.of(),
                problem(outcomes, State.REFUSED),
                problem(outcomes, State.PENDING));
    }

    private static Optional<Problem> problem(List<NamespaceOutcome> outcomes, State state) {
        return outcomes.stream()
                .filter(each -> each.state() == state)
                .flatMap(each -> each.problem().stream())
                .findFirst();
    }

    private Uni<Done> assignments(Facts facts) {
        Pairing pairing = facts.pairing();
        if (!(facts.registry() instanceof Lookup.Found)) {
            return Uni.createFrom()
                    .item(facts.registry().fold(found -> Done.NOTHING, () -> Done.NOTHING, Done::refused));
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
                                        .toList()),
                        () -> Uni.createFrom().item(Done.NOTHING),
                        problem -> Uni.createFrom().item(Done.refused(problem))));
    }

    private Uni<Done> assignments(Pairing pairing, List<RoleAssignment> ours) {
        return Multi.createFrom()
                .iterable(ours)
                .onItem()
                .transformToUniAndConcatenate(each -> sharedIdentities
                        .alsoOf(each.principal(), pairing)
                        .flatMap(other -> other.map(keeper -> Uni.createFrom()
                                        .item(Done.kept("the role assignment " + each.id() + ", because " + keeper)))
                                .orElseGet(() -> remove(each))))
                .collect()
                .with(Collectors.reducing(Done.NOTHING, Done::and));
    }

    private Uni<Done> remove(RoleAssignment assignment) {
        return roleAssignments
                .remove(assignment.id())
                .map(answer -> answer.fold(
                        id -> Done.removed("the role assignment " + id), () -> Done.NOTHING, Done::refused));
    }

    private Uni<Done> credentials(Pairing pairing) {
        return forEachKind(
                        key -> issuers.of(key.kind())
                                .remove(key)
                                .map(answer -> answer.fold(
                                        gone -> Done.removed("the credential " + gone.name()),
                                        () -> Done.NOTHING,
                                        Done::refused)),
                        pairing)
                .map(all -> all.stream().reduce(Done.NOTHING, Done::and));
    }

    private <T> Uni<List<T>> forEachKind(Function<CredentialKey, Uni<T>> work, Pairing pairing) {
        return Multi.createFrom()
                .iterable(policy.credentialKinds())
                .onItem()
                .transformToUniAndConcatenate(kind -> work.apply(new CredentialKey(pairing, kind)))
                .collect()
                .asList();
    }

    /** How far it has come. */
    private record Done(List<String> removed, List<String> kept, Optional<Problem> refused, Optional<Problem> pending) {

        static final Done NOTHING = new Done(List.of(), List.of(), Optional.empty(), Optional.empty());

        static Done removed(String what) {
            return new Done(List.of(what), List.of(), Optional.empty(), Optional.empty());
        }

        static Done kept(String what) {
            return new Done(List.of(), List.of(what), Optional.empty(), Optional.empty());
        }

        static Done refused(Problem problem) {
            return new Done(List.of(), List.of(), Optional.of(problem), Optional.empty());
        }

        /** Whether the same again has to come before the rest. */
        boolean isUnfinished() {
            return pending.isPresent();
        }

        Done and(Done more) {
            return new Done(
                    Stream.concat(removed.stream(), more.removed.stream()).toList(),
                    Stream.concat(kept.stream(), more.kept.stream()).toList(),
                    refused.or(more::refused),
                    pending.or(more::pending));
        }

        Outcome outcome(Pairing pairing) {
            Optional<Pairing> about = Optional.of(pairing);
            return pending.<Outcome>map(problem -> new Outcome.Postponed(about, problem, Optional.empty()))
                    .or(() -> refused.map(problem -> new Outcome.Refused(about, problem)))
                    .orElseGet(() -> new Outcome.Revoked(about, removed, kept));
        }
    }
}
