package io.github.acrattach.usecase;

import static io.github.acrattach.domain.NamespaceOutcome.firstProblem;

import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.Cluster;
import io.github.acrattach.domain.CredentialKey;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.NamespaceOutcome;
import io.github.acrattach.domain.NamespaceOutcome.State;
import io.github.acrattach.domain.Outcome;
import io.github.acrattach.domain.Pairing;
import io.github.acrattach.domain.Password;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.Proof;
import io.github.acrattach.domain.PullSecretTerms;
import io.github.acrattach.domain.Registry;
import io.github.acrattach.domain.SecretFacts;
import io.github.acrattach.domain.SecretStep;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** What a run of {@link ProvisionPullSecret} is about, and the ways in which it can end. */
record ProvisionTask(Cluster cluster, Registry registry, PullSecretTerms terms, Patience patience) {

    Pairing pairing() {
        return Pairing.of(cluster, registry);
    }

    CredentialKey key() {
        return new CredentialKey(pairing(), terms.kind());
    }

    /** Goes on with what was found or made. */
    <T> Uni<Outcome> orRefused(Uni<Lookup<T>> answer, Function<T, Uni<Outcome>> next) {
        return answer.flatMap(lookup -> lookup.fold(
                next, () -> Uni.createFrom().item(postponed(removed(), Optional.empty())), problem -> Uni.createFrom()
                        .item(refused(problem))));
    }

    Outcome refused(Problem problem) {
        return new Outcome.Refused(Optional.of(pairing()), problem);
    }

    Outcome postponed(Problem problem, Optional<Duration> retryAfter) {
        return new Outcome.Postponed(Optional.of(pairing()), problem, retryAfter);
    }

    Outcome gone(ArmId resource) {
        return new Outcome.Gone(Optional.of(pairing()), resource);
    }

    /** How it ends when the plan has nothing more to do. */
    Outcome settled(SecretFacts facts, SecretStep step) {
        if (step instanceof SecretStep.Refuse refuse) {
            return refused(refuse.problem());
        }
        if (step instanceof SecretStep.NotThere gone) {
            return gone(gone.resource());
        }
        if (step instanceof SecretStep.Blocked blocked) {
            return blocked.passes()
                    ? new Outcome.Postponed(
                            Optional.of(pairing()), blocked.problem(), Optional.empty(), blocked.namespaces())
                    : new Outcome.Refused(Optional.of(pairing()), blocked.problem(), blocked.namespaces());
        }
        SecretStep.Settle settle = (SecretStep.Settle) step;
        List<NamespaceOutcome> namespaces = settle.namespaces();
        boolean holdsAnywhere = namespaces.stream().anyMatch(each -> each.state() == State.HOLDS);
        return pending(namespaces)
                .or(() -> holdsAnywhere ? Optional.empty() : refused(namespaces))
                .orElseGet(() -> provisioned(facts, settle));
    }

    private Optional<Outcome> pending(List<NamespaceOutcome> namespaces) {
        return firstProblem(namespaces, State.PENDING)
                .map(problem -> new Outcome.Postponed(Optional.of(pairing()), problem, Optional.empty(), namespaces));
    }

    private Optional<Outcome> refused(List<NamespaceOutcome> namespaces) {
        return firstProblem(namespaces, State.REFUSED)
                .or(() -> firstProblem(namespaces, State.LEFT_ALONE))
                .map(problem -> new Outcome.Refused(Optional.of(pairing()), problem, namespaces));
    }

    private Outcome provisioned(SecretFacts facts, SecretStep.Settle settle) {
        Stream<Problem> unproven = facts.run().proofOf(settle.password()).flatMap(Proof::problem).stream();
        return new Outcome.Provisioned(
                Optional.of(pairing()),
                key(),
                facts.presentCredential().userName(),
                settle.password().expires(),
                terms.renewal(key(), settle.password()),
                facts.run().changed(),
                settle.namespaces(),
                Stream.concat(unproven, settle.former().stream().map(this::livesOn))
                        .toList());
    }

    private Problem livesOn(Password former) {
        return Problem.of(
                Problem.Kind.FORMER_PASSWORD,
                "An earlier password, of " + former.created() + ", lives until " + former.expires()
                        + ": a namespace that does not take the new one holds it, or may.",
                registry.id(),
                "mend what the outcome tells of the namespaces, then rotate again; to end it now, whatever pulls with it:"
                        + " detach, and attach again.");
    }

    static Problem notEffective(Problem proof) {
        return new Problem(
                Problem.Kind.NOT_EFFECTIVE,
                "The credential is made, but not effective yet. " + proof.cause(),
                proof.action(),
                proof.scope(),
                proof.caller(),
                Problem.WAITING_HELPS);
    }

    Problem outOfTime() {
        return Problem.of(
                Problem.Kind.UNAVAILABLE,
                "Azure answered so slowly that no time is left to make a password and store it.",
                registry.id(),
                Problem.WAITING_HELPS);
    }

    /** By whom, and whether cluster or registry went with it, shows when it is looked at again. */
    private Problem removed() {
        return Problem.of(
                Problem.Kind.IN_FLIGHT,
                "The credential " + key().name() + ", or what it belongs to, was removed while it was being used.",
                registry.id(),
                Problem.WAITING_HELPS);
    }

    Problem restless() {
        return Problem.of(
                Problem.Kind.IN_FLIGHT,
                "The credential " + key().name() + " is being changed by others all the time.",
                registry.id(),
                Problem.WAITING_HELPS);
    }
}
