package io.github.acrattach.trigger.ops;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.domain.AzCommand;
import io.github.acrattach.domain.NamespaceOutcome;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.Proof;
import io.github.acrattach.domain.PullGrant;
import io.github.acrattach.domain.PullSecret;
import io.github.acrattach.domain.SecretFacts;
import io.github.acrattach.domain.SecretStep;
import io.github.acrattach.domain.Step;
import io.github.acrattach.trigger.HttpAnswer;
import io.github.acrattach.trigger.Telling;
import io.github.acrattach.usecase.VerifyPullAccess.SecretWay;
import io.github.acrattach.usecase.VerifyPullAccess.Verified;
import java.util.Optional;

/** The answer to {@code GET /api/access}. */
final class AccessAnswer {

    private AccessAnswer() {}

    static HttpAnswer to(Verified verified) {
        ObjectNode json = Telling.put(JsonNodeFactory.instance.objectNode(), verified.pairing());
        verified.registry().ifPresent(registry -> json.put("loginServer", registry.loginServer()));
        verified.secret().ifPresent(secret -> json.set("secret", json(secret)));
        if (verified.role() instanceof Step.Accept accept) {
            return HttpAnswer.ok(Telling.put(json.put("access", "granted").put("way", "role"), accept.grant())
                    .put("assignment", accept.by().id())
                    .put("scope", accept.by().scope())
                    .put("effective", Telling.EFFECTIVE));
        }
        return verified.secret().map(secret -> bySecret(secret, json)).orElseGet(() -> withoutRole(verified, json));
    }

    private static HttpAnswer withoutRole(Verified verified, ObjectNode json) {
        Step step = verified.role();
        if (step instanceof Step.Refuse refuse) {
            return OpsAnswer.refused(refuse.problem(), problem(json, refuse.problem(), false));
        }
        if (step instanceof Step.Wait wait) {
            return OpsAnswer.later(wait.problem(), verified.retryAfter(), problem(json, wait.problem(), true));
        }
        if (step instanceof Step.NotThere gone) {
            return OpsAnswer.notFound(gone.resource());
        }
        PullGrant missing = ((Step.Grant) step).grant();
        return HttpAnswer.ok(Telling.put(json.put("access", "missing"), missing)
                .put(
                        "cause",
                        "No role assignment at the registry or above it gives "
                                + missing.role().azureName() + " to the identity that the cluster pulls with.")
                .put("fix", AzCommand.grantPull(missing)));
    }

    private static HttpAnswer bySecret(SecretWay secret, ObjectNode json) {
        SecretStep next = secret.next();
        if (next instanceof SecretStep.Refuse refuse) {
            return OpsAnswer.refused(refuse.problem(), problem(json, refuse.problem(), false));
        }
        if (next instanceof SecretStep.Blocked blocked && secret.standing().isEmpty()) {
            json.set("namespaces", Telling.json(blocked.namespaces()));
            return OpsAnswer.refused(blocked.problem(), problem(json, blocked.problem(), false));
        }
        if (next instanceof SecretStep.Wait wait) {
            return OpsAnswer.later(wait.problem(), wait.retryAfter(), problem(json, wait.problem(), true));
        }
        if (next instanceof SecretStep.NotThere gone) {
            return OpsAnswer.notFound(gone.resource());
        }
        boolean pulls = secret.standing()
                        .map(SecretStep.Settle::namespaces)
                        .filter(all -> all.stream().anyMatch(each -> each.state() == NamespaceOutcome.State.HOLDS))
                        .isPresent()
                && proof(secret).filter(Proof::fails).isEmpty();
        json.put("access", pulls ? "granted" : "missing").put("way", "secret");
        missing(secret).ifPresent(cause -> json.put("cause", cause)
                .put(
                        "fix",
                        next instanceof SecretStep.Blocked blocked
                                ? blocked.problem().fix()
                                : attach(secret.facts())));
        return HttpAnswer.ok(json);
    }

    /** What the next step would be for; empty when none is needed. */
    private static Optional<String> missing(SecretWay secret) {
        SecretStep next = secret.next();
        if (next instanceof SecretStep.Make) {
            return Optional.of("There is no credential for the cluster yet, or it is not whole.");
        }
        if (next instanceof SecretStep.Grant grant) {
            return Optional.of("The credential does not hold the role "
                    + grant.grant().role().azureName() + " at the registry.");
        }
        if (next instanceof SecretStep.AddPassword) {
            return Optional.of(
                    secret.standing().isPresent()
                            ? "The password is due to be replaced."
                            : secret.facts().heldPasswords().isEmpty()
                                    ? "No namespace holds a password yet."
                                    : "The password that namespaces hold has ended, or was removed at the registry.");
        }
        if (next instanceof SecretStep.Blocked blocked) {
            return Optional.of("The password is due to be replaced, and no namespace takes a new one: "
                    + blocked.problem().cause());
        }
        if (next instanceof SecretStep.Store store) {
            return Optional.of("These namespaces lack the secret, or a reference to it: "
                    + String.join(", ", store.namespaces().stream().sorted().toList()) + ".");
        }
        if (next instanceof SecretStep.Retire) {
            return Optional.of("The credential has a password that nobody needs any more.");
        }
        return next instanceof SecretStep.Prove
                ? Optional.of("The registry does not accept the password, or not yet.")
                : Optional.empty();
    }

    private static String attach(SecretFacts facts) {
        return "POST /api/attach {\"cluster\": \"" + facts.key().pairing().cluster() + "\", \"registry\": \""
                + facts.key().pairing().registry() + "\", \"method\": \"secret\"}";
    }

    private static ObjectNode json(SecretWay secret) {
        SecretFacts facts = secret.facts();
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("name", PullSecret.nameFor(facts.registry().id()))
                .put("credential", facts.key().name())
                .put("credentialKind", Telling.word(facts.key().kind()));
        secret.standing().ifPresent(standing -> {
            json.put("expires", standing.password().expires().toString())
                    .put(
                            "renewal",
                            facts.terms()
                                    .renewal(facts.key(), standing.password())
                                    .toString());
            json.set("namespaces", Telling.json(standing.namespaces()));
        });
        proof(secret).ifPresent(proof -> {
            json.put("proof", Telling.word(proof.verdict()));
            proof.problem().ifPresent(problem -> json.set("proofProblem", Telling.json(problem, proof.fails())));
        });
        return json;
    }

    private static Optional<Proof> proof(SecretWay secret) {
        return secret.standing().flatMap(standing -> secret.facts().run().proofOf(standing.password()));
    }

    private static ObjectNode problem(ObjectNode json, Problem problem, boolean waitingHelps) {
        json.set("problem", Telling.json(problem, waitingHelps));
        return json;
    }
}
