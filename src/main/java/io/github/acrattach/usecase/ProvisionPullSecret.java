package io.github.acrattach.usecase;

import io.github.acrattach.concurrent.Deadline;
import io.github.acrattach.domain.Cluster;
import io.github.acrattach.domain.CredentialKey;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.NamespaceOutcome;
import io.github.acrattach.domain.Outcome;
import io.github.acrattach.domain.Pairing;
import io.github.acrattach.domain.Password;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.Proof;
import io.github.acrattach.domain.PullCredential;
import io.github.acrattach.domain.PullGrant;
import io.github.acrattach.domain.PullSecret;
import io.github.acrattach.domain.PullSecretTerms;
import io.github.acrattach.domain.Registry;
import io.github.acrattach.domain.RoleAssignment;
import io.github.acrattach.domain.Secret;
import io.github.acrattach.domain.SecretFacts;
import io.github.acrattach.domain.SecretPlan;
import io.github.acrattach.domain.SecretProblems;
import io.github.acrattach.domain.SecretRun;
import io.github.acrattach.domain.SecretStep;
import io.github.acrattach.port.CloudUnavailable;
import io.github.acrattach.port.PullCredentials;
import io.github.acrattach.port.PullSecrets;
import io.github.acrattach.port.RegistryLogins;
import io.github.acrattach.port.RoleAssignments;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Brings a pair's pull secret to where it should be, one step at a time: looks, asks the plan, does the step, and looks
 * again. A run that is killed is taken up by the next one from what it left.
 */
@Singleton
record ProvisionPullSecret(
        GatherSecretFacts gatherFacts,
        Issuers issuers,
        PullSecrets pullSecrets,
        RegistryLogins registryLogins,
        RoleAssignments roleAssignments,
        StoppedMeanwhile stoppedMeanwhile,
        Turns turns) {

    /** Room for a new password to be proven and stored, so that it is not made in vain. */
    private static final Duration TO_STORE = Duration.ofSeconds(8);

    /** Between two tries of a credential that is not effective yet. */
    private static final Duration PAUSE = Duration.ofSeconds(2);

    /** More than any run takes that is not at odds with another one. */
    private static final int MOST_ROUNDS = 24;

    /** Begins with what is known: nothing, or that passwords made before some time are to be replaced. */
    Outcome provision(Cluster cluster, Registry registry, PullSecretTerms terms, SecretRun begun, Patience patience) {
        CredentialKey key = new CredentialKey(Pairing.of(cluster, registry), terms.kind());
        return stoppedMeanwhile.orElse(
                key.pairing(),
                cluster,
                () -> turns.take(key.name(), () -> rounds(cluster, registry, terms, begun, patience)));
    }

    private Outcome rounds(
            Cluster cluster, Registry registry, PullSecretTerms terms, SecretRun begun, Patience patience) {
        CredentialKey key = new CredentialKey(Pairing.of(cluster, registry), terms.kind());
        SecretRun run = begun;
        Registry known = registry;
        for (int round = 0; round < MOST_ROUNDS; round++) {
            SecretFacts facts = gatherFacts.about(cluster, known, terms, run);
            known = facts.registry();
            Progress done = SecretPlan.decide(facts).fold(new Doing(cluster, facts, patience));
            if (done.end().isPresent()) {
                return facts.run().formerly().isEmpty()
                        ? done.end().get()
                        : withoutFormer(done.end().get(), facts.key());
            }
            run = done.run();
        }
        return postponed(key, restless(key, registry), Optional.empty());
    }

    /** The new password stands everywhere: what the registry took along when it was moved opens nothing any more. */
    private Outcome withoutFormer(Outcome outcome, CredentialKey key) {
        if (!(outcome instanceof Outcome.Provisioned done)) {
            return outcome;
        }
        List<CredentialKey> former = issuers.former(key).found().orElse(List.of());
        return done.notingAll(former.stream()
                .filter(done::supersedes)
                .flatMap(each -> issuers.ask(each.kind(), issuer -> issuer.remove(each)).denied().stream())
                .toList());
    }

    /**
     * Where a step has led.
     *
     * @param end how it ended; empty when it is to be looked at again
     */
    private record Progress(SecretRun run, Optional<Outcome> end) {}

    private static Outcome postponed(CredentialKey key, Problem problem, Optional<Duration> retryAfter) {
        return new Outcome.Postponed(key.pairing(), problem, retryAfter);
    }

    /** Does the step that the plan names for what was seen. */
    private final class Doing implements SecretStep.Cases<Progress> {
        private final Cluster cluster;
        private final SecretFacts facts;
        private final Patience patience;

        Doing(Cluster cluster, SecretFacts facts, Patience patience) {
            this.cluster = cluster;
            this.facts = facts;
            this.patience = patience;
        }

        @Override
        public Progress make() {
            return after(issuer().make(facts.key(), facts.terms(), facts.principals()), made -> facts.run()
                    .afterMaking(made));
        }

        @Override
        public Progress grant(PullGrant grant) {
            return ifNobodyElses(() -> roleAssignments
                    .make(grant)
                    .fold(
                            made -> again(facts.run().afterGrant(Optional.empty())),
                            () -> end(new Outcome.Gone(facts.key().pairing(), grant.registry())),
                            problem -> again(facts.run()
                                    .afterGrant(Optional.of(problem)
                                            .filter(each -> each.kind() != Problem.Kind.GRANT_NOT_LISTED)))));
        }

        @Override
        public Progress addPassword(Duration lifetime) {
            return patience.allows(TO_STORE)
                    ? ifNobodyElses(() -> after(
                            issuer().addPassword(
                                            facts.presentCredential(),
                                            facts.now().plus(lifetime)),
                            added -> facts.run().afterAdding(added)))
                    : later(outOfTime(), Optional.empty());
        }

        /** A credential that others have a hand in gets nothing more; the next round makes another one. */
        private Progress ifNobodyElses(Supplier<Progress> gift) {
            PullCredential credential = facts.presentCredential();
            return issuer().vouchFor(credential)
                    .fold(
                            ours -> gift.get(),
                            () -> later(SecretProblems.removed(facts), Optional.empty()),
                            problem -> problem.kind() == Problem.Kind.FOREIGN_CREDENTIAL
                                    ? again(facts.run()
                                            .afterDistrust(
                                                    credential.principal().orElseThrow(), problem))
                                    : end(new Outcome.Refused(facts.key().pairing(), problem)));
        }

        /** What the registry says changes nothing that was seen, so that the next step follows at once. */
        @Override
        public Progress prove(Secret value) {
            Optional<Proof> last = facts.run().proofOf(value);
            Optional<Problem> before = last.flatMap(Proof::problem);
            if (last.filter(proof -> proof.verdict() == Proof.Verdict.UNANSWERED)
                    .isPresent()) {
                return later(before.orElseThrow(), last.get().retryAfter());
            }
            if (before.isPresent() && !patience.allows(PAUSE.multipliedBy(2))) {
                return later(notEffective(before.get()), Optional.empty());
            }
            if (before.isPresent()) {
                pause(PAUSE);
            }
            SecretFacts proven = facts.with(facts.run().afterProof(value, proof(value)));
            return SecretPlan.decide(proven).fold(new Doing(cluster, proven, patience));
        }

        private Proof proof(Secret value) {
            try {
                return registryLogins.prove(
                        facts.registry(), facts.presentCredential().username(), value, facts.repositories());
            } catch (CloudUnavailable failure) {
                // What is in hand is stored all the same, where nothing works.
                return Proof.unanswered(failure.problem(), failure.retryAfter());
            }
        }

        @Override
        public Progress store(SecretStep.Store store) {
            Lookup<List<NamespaceOutcome>> stored = new Lookup.Found<>(List.of());
            for (Map.Entry<String, Set<String>> each :
                    facts.bySecretName(store.namespaces()).entrySet()) {
                stored = stored.flatMap(before -> stored(each.getKey(), each.getValue(), store)
                        .map(more ->
                                Stream.concat(before.stream(), more.stream()).toList()));
            }
            return after(stored, outcomes -> facts.run().afterStoring(facts.heldPasswords(), outcomes));
        }

        private Lookup<List<NamespaceOutcome>> stored(String name, Set<String> namespaces, SecretStep.Store store) {
            PullSecret secret = new PullSecret(
                    facts.presentCredential(),
                    store.password(),
                    facts.value(store.password()).orElseThrow(),
                    facts.registry().loginServers(),
                    name,
                    facts.run().formerly());
            return pullSecrets.store(cluster, secret, namespaces, facts.holding(), store.references());
        }

        @Override
        public Progress retire(List<Password> passwords) {
            List<Problem> refusals = passwords.stream()
                    .map(password -> issuer().removePassword(facts.presentCredential(), password))
                    .flatMap(answer -> answer.denied().stream())
                    .toList();
            return refusals.isEmpty()
                    ? again(facts.run().afterRetiring(passwords))
                    : end(new Outcome.Refused(facts.key().pairing(), refusals.get(0)));
        }

        @Override
        public Progress withdraw(List<RoleAssignment> assignments) {
            List<Problem> refusals = assignments.stream()
                    .map(assignment -> roleAssignments.remove(assignment.id()))
                    .flatMap(answer -> answer.denied().stream())
                    .toList();
            return again(facts.run().afterWithdrawing(assignments, refusals));
        }

        @Override
        public Progress await(SecretStep.Wait wait) {
            Duration pause = wait.retryAfter().orElse(PAUSE);
            if (!patience.allows(pause.plus(TO_STORE))) {
                return later(wait.problem(), wait.retryAfter());
            }
            pause(pause);
            return again(facts.run());
        }

        @Override
        public Progress end(Outcome outcome) {
            return new Progress(facts.run(), Optional.of(outcome));
        }

        private PullCredentials issuer() {
            return issuers.of(facts.key().kind());
        }

        private Progress again(SecretRun run) {
            return new Progress(run, Optional.empty());
        }

        private Progress later(Problem problem, Optional<Duration> retryAfter) {
            return end(postponed(facts.key(), problem, retryAfter));
        }

        /** By whom something was removed, and whether cluster or registry went with it, shows when it is looked at again. */
        private <T> Progress after(Lookup<T> answer, Function<T, SecretRun> further) {
            return answer.fold(
                    done -> again(further.apply(done)),
                    () -> later(SecretProblems.removed(facts), Optional.empty()),
                    problem -> end(new Outcome.Refused(facts.key().pairing(), problem)));
        }

        private static void pause(Duration time) {
            if (!Deadline.pause(time)) {
                throw Deadline.givenUp();
            }
        }

        private static Problem notEffective(Problem proof) {
            return new Problem(
                    Problem.Kind.NOT_EFFECTIVE,
                    "The credential is made, but not effective yet. " + proof.cause(),
                    proof.action(),
                    proof.scope(),
                    proof.caller(),
                    Problem.WAITING_HELPS);
        }

        private Problem outOfTime() {
            return Problem.of(
                    Problem.Kind.UNAVAILABLE,
                    "Azure answered so slowly that no time is left to make a password and store it.",
                    facts.registry().id(),
                    Problem.WAITING_HELPS);
        }
    }

    private static Problem restless(CredentialKey key, Registry registry) {
        return Problem.of(
                Problem.Kind.IN_PROGRESS,
                "The credential " + key.name() + " is being changed by others all the time.",
                registry.id(),
                Problem.WAITING_HELPS);
    }
}
