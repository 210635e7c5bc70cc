package io.github.acrattach.trigger.ops;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.domain.AzCommand;
import io.github.acrattach.domain.NamespaceOutcome;
import io.github.acrattach.domain.Outcome;
import io.github.acrattach.domain.Password;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.Proof;
import io.github.acrattach.domain.PullGrant;
import io.github.acrattach.domain.RoleAssignment;
import io.github.acrattach.domain.Secret;
import io.github.acrattach.domain.SecretFacts;
import io.github.acrattach.domain.SecretProblems;
import io.github.acrattach.domain.SecretStatus;
import io.github.acrattach.domain.SecretStep;
import io.github.acrattach.domain.access.Finding;
import io.github.acrattach.trigger.HttpAnswer;
import io.github.acrattach.trigger.Telling;
import io.github.acrattach.usecase.VerifyPullAccess.Verified;
import io.github.acrattach.usecase.VerifyPullAccess.VerifiedSecret;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The answer to {@code GET /api/access}. */
final class AccessAnswer {

    private AccessAnswer() {}

    static HttpAnswer to(Verified verified) {
        return verified.image()
                .filter(finding -> finding.state() == Finding.State.FAILS)
                .map(finding -> ofAnotherRegistry(verified, finding))
                .orElseGet(() -> ofTheRegistry(verified));
    }

    /** What the registry allows has no bearing on it. */
    private static HttpAnswer ofAnotherRegistry(Verified verified, Finding finding) {
        ObjectNode json = Telling.put(JsonNodeFactory.instance.objectNode(), verified.pairing());
        verified.registry().ifPresent(registry -> json.put("loginServer", registry.loginServer()));
        json.put("access", "blocked");
        finding.code().ifPresent(code -> json.put("code", code.name()));
        finding.cause().ifPresent(cause -> json.put("cause", cause));
        finding.fix().ifPresent(fix -> json.put("fix", fix));
        return HttpAnswer.ok(json);
    }

    private static HttpAnswer ofTheRegistry(Verified verified) {
        ObjectNode json = Telling.put(JsonNodeFactory.instance.objectNode(), verified.pairing());
        verified.registry().ifPresent(registry -> json.put("loginServer", registry.loginServer()));
        verified.secret().ifPresent(secret -> json.set("secret", json(secret)));
        Telling.putNotes(
                json,
                verified.exclusion().stream()
                        .map(exclusion -> exclusion.note(verified.pairing()))
                        .toList());
        return verified.secret()
                .filter(secret -> !verified.pullsByRole())
                .map(secret -> secret.next().fold(new BySecret(secret, json)))
                .orElseGet(() -> verified.role()
                        .fold(
                                grant -> HttpAnswer.ok(missing(json, grant)),
                                provision -> HttpAnswer.ok(json),
                                outcome -> ended(outcome, json)));
    }

    private static ObjectNode missing(ObjectNode json, PullGrant grant) {
        return Telling.put(json.put("access", "missing"), grant)
                .put(
                        "cause",
                        "No role assignment at the registry or above it gives "
                                + grant.role().azureName() + " to the identity that the cluster pulls with.")
                .put("fix", AzCommand.grantPull(grant));
    }

    private static HttpAnswer ended(Outcome outcome, ObjectNode json) {
        ObjectNode told = Telling.json(outcome);
        Stream.of("problem", "namespaces").filter(told::has).forEach(field -> json.set(field, told.get(field)));
        return outcome instanceof Outcome.AlreadyGranted already ? granted(already, json) : OpsAnswer.to(outcome, json);
    }

    /** The role alone is not enough, where the registry does not take what nodes sign in with. */
    private static HttpAnswer granted(Outcome.AlreadyGranted already, ObjectNode json) {
        Optional<Problem> shutOut = already.notes().stream()
                .filter(note -> note.kind() == Problem.Kind.ARM_TOKENS_REFUSED)
                .findFirst();
        Telling.put(
                        json.put("access", shutOut.isPresent() ? "missing" : "granted")
                                .put("method", "role"),
                        already)
                .put("scope", already.given().by().scope())
                .put("effective", Telling.EFFECTIVE);
        return shutOut.map(problem -> OpsAnswer.to(
                        new Outcome.Refused(already.pairing(), problem, List.of()),
                        json.set("problem", Telling.json(problem, false))))
                .orElseGet(() -> OpsAnswer.to(already, Telling.putNotes(json, already.notes())));
    }

    /** What the next step says about a cluster that is let in by a pull secret. */
    private record BySecret(VerifiedSecret secret, ObjectNode json) implements SecretStep.Cases<HttpAnswer> {

        @Override
        public HttpAnswer make() {
            return stands("There is no credential for the cluster yet, or it is not whole.");
        }

        @Override
        public HttpAnswer grant(PullGrant grant) {
            return stands(
                    "The credential does not hold the role " + grant.role().azureName() + " at the registry.");
        }

        @Override
        public HttpAnswer addPassword(Duration lifetime) {
            if (secret.status().isPresent()) {
                return stands("The password is due to be replaced.");
            }
            return stands(
                    secret.facts().heldPasswords().isEmpty()
                            ? "No namespace holds a password yet."
                            : "The password that namespaces hold has expired, or was removed at the registry.");
        }

        @Override
        public HttpAnswer prove(Secret value) {
            return stands("The registry does not accept the password, or not yet.");
        }

        @Override
        public HttpAnswer store(SecretStep.Store store) {
            return stands(
                    "These namespaces lack the secret or a reference to it, or have one that is not wanted any more: "
                            + String.join(
                                    ", ", store.namespaces().stream().sorted().toList()) + ".");
        }

        @Override
        public HttpAnswer retire(List<Password> passwords) {
            return stands("The credential has a password that nobody needs any more.");
        }

        @Override
        public HttpAnswer withdraw(List<RoleAssignment> assignments) {
            return stands("What stood for the credential before still holds the pull role.");
        }

        @Override
        public HttpAnswer await(SecretStep.Wait wait) {
            return ended(
                    new Outcome.Postponed(secret.facts().key().pairing(), wait.problem(), wait.retryAfter()), json);
        }

        @Override
        public HttpAnswer end(Outcome outcome) {
            if (secret.status().isEmpty() || outcome.namespaces().isEmpty()) {
                return ended(outcome, json);
            }
            boolean settled = secret.status().get().outcome().equals(outcome);
            Optional<Problem> trouble = outcome.trouble();
            return stands(
                    trouble.map(Problem::cause)
                            .map(cause -> settled
                                    ? cause
                                    : "The password is due to be replaced, and no namespace takes a new one: " + cause),
                    trouble.map(Problem::fix).orElse(""));
        }

        private HttpAnswer stands(String cause) {
            return stands(
                    Optional.of(cause),
                    SecretProblems.attach(secret.facts().key().pairing()));
        }

        private HttpAnswer stands(Optional<String> cause, String fix) {
            boolean pulls = secret.status()
                                    .map(SecretStatus::namespaces)
                                    .filter(all ->
                                            all.stream().anyMatch(each -> each.state() == NamespaceOutcome.State.READY))
                                    .isPresent()
                            && proof(secret).filter(Proof::fails).isEmpty()
                    || secret.ofFormerId()
                            .filter(proof -> proof.verdict() == Proof.Verdict.PULLS)
                            .isPresent();
            json.put("access", pulls ? "granted" : "missing").put("method", "secret");
            cause.ifPresent(why -> json.put("cause", why).put("fix", fix));
            return HttpAnswer.ok(json);
        }
    }

    private static ObjectNode json(VerifiedSecret secret) {
        SecretFacts facts = secret.facts();
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("name", facts.secretName())
                .put("credential", facts.key().name())
                .put("credentialKind", Telling.word(facts.key().kind()));
        secret.status().ifPresent(status -> {
            json.put("expires", status.password().expires().toString())
                    .put(
                            "renews",
                            facts.terms().renews(facts.key(), status.password()).toString());
            json.set("namespaces", Telling.json(status.namespaces()));
        });
        Telling.putNotes(json, secret.status().map(AccessAnswer::notes).orElseGet(() -> moved(facts)));
        proof(secret).ifPresent(proof -> {
            json.put("proof", Telling.word(proof.verdict()));
            proof.problem().ifPresent(problem -> json.set("proofProblem", Telling.json(problem, proof.fails())));
        });
        return json;
    }

    private static List<Problem> moved(SecretFacts facts) {
        return facts.run().formerly().stream()
                .map(from -> SecretProblems.moved(facts, from))
                .toList();
    }

    /** What the registry says is told on its own. */
    private static List<Problem> notes(SecretStatus status) {
        Optional<Problem> proof = status.facts().proofOf(status.password()).flatMap(Proof::problem);
        return status.outcome() instanceof Outcome.Provisioned done
                ? done.notes().stream()
                        .filter(note -> proof.filter(note::equals).isEmpty())
                        .toList()
                : List.of();
    }

    private static Optional<Proof> proof(VerifiedSecret secret) {
        return secret.status().flatMap(status -> secret.facts().proofOf(status.password()));
    }
}
