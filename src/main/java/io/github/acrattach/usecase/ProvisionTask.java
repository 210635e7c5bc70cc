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
        return answer.flatMap(lookup ->
                lookup.fold(next, () -> Uni.createFrom().item(gone(registry.id())), problem -> Uni.createFrom()
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
        SecretStep.Settle settle = (SecretStep.Settle) step;
        List<NamespaceOutcome> namespaces = settle.namespaces();
        Optional<Problem> pending = firstProblem(namespaces, State.PENDING);
        if (pending.isPresent()) {
            return postponed(pending.get(), Optional.empty());
        }
        Optional<Problem> trouble =
                firstProblem(namespaces, State.REFUSED).or(() -> firstProblem(namespaces, State.LEFT_ALONE));
        if (trouble.isPresent() && namespaces.stream().noneMatch(each -> each.state() == State.HOLDS)) {
            return refused(trouble.get());
        }
        return new Outcome.Provisioned(
                Optional.of(pairing()),
                key(),
                facts.presentCredential().userName(),
                settle.password().expires(),
                terms.renewal(key(), settle.password()),
                facts.run().changed(),
                namespaces,
                facts.run().proofOf(settle.password()).flatMap(Proof::problem).stream()
                        .toList());
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

    Problem restless() {
        return Problem.of(
                Problem.Kind.IN_FLIGHT,
                "The credential " + key().name() + " is being changed by others all the time.",
                registry.id(),
                Problem.WAITING_HELPS);
    }
}
