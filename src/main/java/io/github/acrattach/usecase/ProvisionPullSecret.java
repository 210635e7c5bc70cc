package io.github.acrattach.usecase;

import io.github.acrattach.domain.Cluster;
import io.github.acrattach.domain.Outcome;
import io.github.acrattach.domain.Password;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.Proof;
import io.github.acrattach.domain.PullGrant;
import io.github.acrattach.domain.PullSecret;
import io.github.acrattach.domain.PullSecretTerms;
import io.github.acrattach.domain.Registry;
import io.github.acrattach.domain.SecretFacts;
import io.github.acrattach.domain.SecretPlan;
import io.github.acrattach.domain.SecretRun;
import io.github.acrattach.domain.SecretStep;
import io.github.acrattach.port.CloudUnavailable;
import io.github.acrattach.port.PullCredentials;
import io.github.acrattach.port.PullSecrets;
import io.github.acrattach.port.RegistryLogins;
import io.github.acrattach.port.RoleAssignments;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Brings a pair's pull secret to where it should be, one step at a time: looks, asks the plan, does the step, and looks
 * again. A run that is killed is taken up by the next one from what it left.
 */
@ApplicationScoped
class ProvisionPullSecret {

    /** Room for a new password to be proven and stored, so that it is not made in vain. */
    private static final Duration TO_STORE = Duration.ofSeconds(8);

    /** Between two tries of a credential that is not effective yet. */
    private static final Duration PAUSE = Duration.ofSeconds(2);

    /** More than any run takes that is not at odds with another one. */
    private static final int MOST_ROUNDS = 24;

    private final GatherSecretFacts gatherFacts;
    private final Issuers issuers;
    private final PullSecrets pullSecrets;
    private final RegistryLogins registryLogins;
    private final RoleAssignments roleAssignments;
    private final Turns turns;

    ProvisionPullSecret(
            GatherSecretFacts gatherFacts,
            Issuers issuers,
            PullSecrets pullSecrets,
            RegistryLogins registryLogins,
            RoleAssignments roleAssignments,
            Turns turns) {
        this.gatherFacts = gatherFacts;
        this.issuers = issuers;
        this.pullSecrets = pullSecrets;
        this.registryLogins = registryLogins;
        this.roleAssignments = roleAssignments;
        this.turns = turns;
    }

    /** Begins with what is known: nothing, or that passwords made before some time are to be replaced. */
    Uni<Outcome> provision(
            Cluster cluster, Registry registry, PullSecretTerms terms, SecretRun run, Patience patience) {
        ProvisionTask task = new ProvisionTask(cluster, registry, terms, patience);
        return turns.take(task.key().name(), () -> round(task, run, MOST_ROUNDS));
    }

    private Uni<Outcome> round(ProvisionTask task, SecretRun run, int left) {
        return gatherFacts
                .about(task.cluster(), task.registry(), task.terms(), run)
                .flatMap(facts -> act(task, facts, left));
    }

    private Uni<Outcome> act(ProvisionTask task, SecretFacts facts, int left) {
        SecretStep step = SecretPlan.decide(facts);
        Function<SecretRun, Uni<Outcome>> next = run -> round(task, run, left - 1);
        if (left == 0) {
            return ended(task.postponed(task.restless(), Optional.empty()));
        }
        if (step instanceof SecretStep.Make) {
            return task.orRefused(
                    issuer(task).make(task.key(), task.terms()),
                    made -> next.apply(facts.run().afterMaking()));
        }
        if (step instanceof SecretStep.Grant grant) {
            return grant(task, facts, grant.grant(), next);
        }
        if (step instanceof SecretStep.AddPassword) {
            return addPassword(task, facts, next);
        }
        if (step instanceof SecretStep.Prove prove) {
            return prove(task, facts, prove.password(), left);
        }
        if (step instanceof SecretStep.Store store) {
            return store(task, facts, store, next);
        }
        if (step instanceof SecretStep.Retire retire) {
            return retire(task, facts, retire.passwords(), next);
        }
        if (step instanceof SecretStep.Wait wait) {
            return await(task, facts, wait, next);
        }
        return ended(task.settled(facts, step));
    }

    private Uni<Outcome> grant(
            ProvisionTask task, SecretFacts facts, PullGrant grant, Function<SecretRun, Uni<Outcome>> next) {
        return roleAssignments.make(grant).flatMap(attempt -> {
            if (attempt instanceof RoleAssignments.Attempt.RegistryGone) {
                return ended(task.gone(grant.registry()));
            }
            Optional<Problem> refused = attempt instanceof RoleAssignments.Attempt.Denied denied
                    ? Optional.of(denied.problem())
                    : Optional.empty();
            return next.apply(facts.run().afterGrant(refused));
        });
    }

    private Uni<Outcome> addPassword(ProvisionTask task, SecretFacts facts, Function<SecretRun, Uni<Outcome>> next) {
        return task.patience().allows(TO_STORE)
                ? task.orRefused(
                        issuer(task)
                                .addPassword(
                                        facts.presentCredential(),
                                        facts.now().plus(task.terms().lifetime())),
                        added -> next.apply(facts.run().afterAdding(added)))
                : ended(task.postponed(task.outOfTime(), Optional.empty()));
    }

    private Uni<Outcome> prove(ProvisionTask task, SecretFacts facts, Password password, int left) {
        Optional<Proof> last = facts.run().proofOf(password);
        Optional<Problem> before = last.flatMap(Proof::problem);
        if (last.filter(proof -> proof.verdict() == Proof.Verdict.UNANSWERED).isPresent()) {
            return ended(task.postponed(before.orElseThrow(), last.get().retryAfter()));
        }
        if (before.isPresent() && !task.patience().allows(PAUSE.multipliedBy(2))) {
            return ended(task.postponed(ProvisionTask.notEffective(before.get()), Optional.empty()));
        }
        Uni<Outcome> proven = Uni.createFrom()
                .deferred(() -> registryLogins.prove(
                        task.registry(),
                        facts.presentCredential().userName(),
                        facts.value(password).orElseThrow(),
                        task.terms().repositories()))
                // What is in hand is stored all the same, where nothing works.
                .onFailure(CloudUnavailable.class)
                .recoverWithItem(failure -> Proof.unanswered(failure.problem(), failure.retryAfter()))
                .flatMap(proof -> act(task, facts.with(facts.run().afterProof(password, proof)), left));
        return before.isPresent() ? after(PAUSE, proven) : proven;
    }

    private Uni<Outcome> store(
            ProvisionTask task, SecretFacts facts, SecretStep.Store store, Function<SecretRun, Uni<Outcome>> next) {
        PullSecret secret = new PullSecret(
                facts.presentCredential(),
                store.password(),
                facts.value(store.password()).orElseThrow(),
                task.registry().loginServer());
        return task.orRefused(
                pullSecrets.store(task.cluster(), secret, store.namespaces(), store.serviceAccounts()),
                outcomes -> next.apply(facts.run().afterStoring(facts.heldPasswords(), outcomes)));
    }

    private Uni<Outcome> retire(
            ProvisionTask task, SecretFacts facts, List<Password> passwords, Function<SecretRun, Uni<Outcome>> next) {
        return Multi.createFrom()
                .iterable(passwords)
                .onItem()
                .transformToUniAndConcatenate(
                        password -> issuer(task).removePassword(facts.presentCredential(), password))
                .collect()
                .asList()
                .flatMap(answers -> answers.stream()
                        .flatMap(answer ->
                                answer.fold(gone -> Stream.<Problem>of(), Stream::<Problem>of, Stream::<Problem>of))
                        .findFirst()
                        .map(problem -> ended(task.refused(problem)))
                        .orElseGet(() -> next.apply(facts.run().afterRetiring(passwords))));
    }

    private Uni<Outcome> await(
            ProvisionTask task, SecretFacts facts, SecretStep.Wait wait, Function<SecretRun, Uni<Outcome>> next) {
        Duration pause = wait.retryAfter().orElse(PAUSE);
        return task.patience().allows(pause.plus(TO_STORE))
                ? after(pause, Uni.createFrom().deferred(() -> next.apply(facts.run())))
                : ended(task.postponed(wait.problem(), wait.retryAfter()));
    }

    private PullCredentials issuer(ProvisionTask task) {
        return issuers.of(task.terms().kind());
    }

    private static Uni<Outcome> ended(Outcome outcome) {
        return Uni.createFrom().item(outcome);
    }

    private static Uni<Outcome> after(Duration pause, Uni<Outcome> work) {
        return Uni.createFrom().voidItem().onItem().delayIt().by(pause).chain(() -> work);
    }
}
