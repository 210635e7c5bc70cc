package io.github.acrattach.usecase;

import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.AzCommand;
import io.github.acrattach.domain.Cluster;
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
import io.github.acrattach.domain.Registry;
import io.github.acrattach.port.CloudUnavailable;
import io.github.acrattach.port.PullSecrets;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Takes a pair's pull secrets, and the references to them, out of the cluster; what opens a registry that only has another id
 * now stays.
 */
@Singleton
record ClearPullSecrets(PairingPolicy policy, Issuers issuers, PullSecrets pullSecrets) {

    /**
     * What was done in the cluster.
     *
     * @param livesOn what the registry is now, where something in the cluster opens it
     */
    record Cleared(Removal removal, Optional<Problem> livesOn) {
        private static Cleared of(Removal removal) {
            return new Cleared(removal, Optional.empty());
        }
    }

    /**
     * The cluster is looked into even where no pull secret can be known of, since one may have been left when the cluster
     * could not be reached. That takes rights which a role does not need: without them, it is told and nothing more.
     */
    Cleared of(Facts facts, Function<ArmId, Lookup<List<Registry>>> namesakes) {
        Optional<Cluster> there =
                facts.cluster().found().filter(cluster -> cluster.state() != ProvisioningState.DELETING);
        if (there.isEmpty()) {
            return Cleared.of(Removal.nothingAt(facts.cluster()));
        }
        ArmId registry = facts.pairing().registry();
        Lookup<List<Registry>> others =
                facts.registry() instanceof Lookup.Absent ? namesakes.apply(registry) : new Lookup.Found<>(List.of());
        return others.fold(
                alive -> in(there.get(), facts, alive),
                () -> in(there.get(), facts, List.of()),
                problem -> Cleared.of(Removal.refused(problem)));
    }

    private Cleared in(Cluster cluster, Facts facts, List<Registry> alive) {
        ArmId registry = facts.pairing().registry();
        PullSecretOwner owner =
                facts.registry().found().map(PullSecretOwner::of).orElseGet(() -> PullSecretOwner.gone(registry));
        // What a token's registry takes with it cannot be asked any more.
        boolean mayHold = policy.mayPairBySecret(cluster, registry)
                || facts.registry() instanceof Lookup.Absent
                || hasCredential(facts.pairing());
        if (cluster.power().isStopped()) {
            return stopped(cluster, facts, owner, mayHold, alive);
        }
        try {
            Cleared cleared = pullSecrets
                    .clear(
                            cluster,
                            owner,
                            alive.stream().map(PullSecretOwner::of).toList())
                    .fold(
                            outcomes -> cleared(facts, owner, outcomes, alive),
                            () -> {
                                throw ConfirmDeletion.vanished(cluster.id());
                            },
                            problem -> Cleared.of(Removal.refused(problem)));
            return mayHold ? cleared : new Cleared(asFarAsSeen(cleared.removal()), cleared.livesOn());
        } catch (CloudUnavailable failure) {
            if (mayHold) {
                throw failure;
            }
            return Cleared.of(unseen(failure.problem()));
        }
    }

    /** Nothing can be removed there. What it holds is dead with its credential, which goes next, unless the registry lives on. */
    private Cleared stopped(
            Cluster cluster, Facts facts, PullSecretOwner owner, boolean mayHold, List<Registry> alive) {
        String secret = (mayHold ? "the secret " : "whatever secret ") + owner.secretName() + " in the namespaces of "
                + cluster.id().name() + ", which is stopped: ";
        String again = "after " + AzCommand.start(cluster.id()) + " another detach ";
        Cleared dead = Cleared.of(Removal.kept(
                secret + "without its credential it lets nobody in any more, and " + again + "removes it"));
        return issuers.whereTheTokenIs(
                        facts.pairing(), alive.stream().map(Registry::id).toList())
                .fold(
                        where -> where.map(now -> new Cleared(
                                        Removal.kept(secret + "it opens the registry where that is now"),
                                        Optional.of(livesOn(facts, now))))
                                .orElse(dead),
                        () -> dead,
                        problem -> Cleared.of(Removal.refused(problem)));
    }

    private static Removal asFarAsSeen(Removal removal) {
        return removal.removed().isEmpty()
                ? removal.refused().map(ClearPullSecrets::unseen).orElse(removal)
                : removal;
    }

    private static Removal unseen(Problem problem) {
        return Removal.kept(
                "whatever secret of an earlier attaching may be in the cluster, which could not be looked into ("
                        + problem.cause() + ")");
    }

    private boolean hasCredential(Pairing pairing) {
        return Issuers.keys(pairing).anyMatch(key -> issuers.find(key).found().isPresent());
    }

    private Cleared cleared(Facts facts, PullSecretOwner owner, List<NamespaceOutcome> outcomes, List<Registry> alive) {
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
                                .findFirst())
                        .map(now -> livesOn(facts, now)));
    }

    private static List<String> secrets(PullSecretOwner owner, List<NamespaceOutcome> outcomes, State state) {
        return outcomes.stream()
                .filter(each -> each.state() == state)
                .map(each ->
                        "the secret " + each.secret().orElse(owner.secretName()) + " in namespace " + each.namespace())
                .toList();
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
}
