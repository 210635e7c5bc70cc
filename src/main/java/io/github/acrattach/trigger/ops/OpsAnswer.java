package io.github.acrattach.trigger.ops;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.AzCommand;
import io.github.acrattach.domain.Outcome;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.PullGrant;
import io.github.acrattach.domain.Step;
import io.github.acrattach.trigger.HttpAnswer;
import io.github.acrattach.trigger.Telling;
import io.github.acrattach.usecase.VerifyPullAccess.Verified;
import java.time.Duration;
import java.util.Optional;

/** How an ending is told over HTTP. */
final class OpsAnswer {

    /** What people who are told to wait should wait, when Azure does not say. */
    private static final Duration A_WHILE = Duration.ofSeconds(30);

    private OpsAnswer() {}

    /** The answer to {@code POST /api/attach}. */
    static HttpAnswer to(Outcome outcome) {
        if (outcome instanceof Outcome.Refused refused) {
            return refused(refused.problem(), Telling.json(outcome));
        }
        if (outcome instanceof Outcome.Postponed postponed) {
            return later(postponed.problem(), postponed.retryAfter(), Telling.json(outcome));
        }
        return outcome instanceof Outcome.Gone gone ? notFound(gone.resource()) : HttpAnswer.ok(Telling.json(outcome));
    }

    /** The answer to {@code GET /api/access}. */
    static HttpAnswer to(Verified verified) {
        ObjectNode json = Telling.put(JsonNodeFactory.instance.objectNode(), verified.pairing());
        verified.registry().ifPresent(registry -> json.put("loginServer", registry.loginServer()));
        Step step = verified.step();
        if (step instanceof Step.Refuse refuse) {
            return refused(refuse.problem(), problem(json, refuse.problem(), false));
        }
        if (step instanceof Step.Wait wait) {
            return later(wait.problem(), verified.retryAfter(), problem(json, wait.problem(), true));
        }
        if (step instanceof Step.NotThere gone) {
            return notFound(gone.resource());
        }
        if (step instanceof Step.Accept accept) {
            return HttpAnswer.ok(Telling.put(json.put("access", "granted"), accept.grant())
                    .put("assignment", accept.by().id())
                    .put("scope", accept.by().scope())
                    .put("effective", Telling.EFFECTIVE));
        }
        PullGrant missing = ((Step.Grant) step).grant();
        return HttpAnswer.ok(Telling.put(json.put("access", "missing"), missing)
                .put(
                        "cause",
                        "No role assignment at the registry or above it gives "
                                + missing.role().azureName() + " to the identity that the cluster pulls with.")
                .put("fix", AzCommand.grantPull(missing)));
    }

    private static ObjectNode problem(ObjectNode json, Problem problem, boolean waitingHelps) {
        json.set("problem", Telling.json(problem, waitingHelps));
        return json;
    }

    private static HttpAnswer notFound(ArmId resource) {
        return HttpAnswer.problem(404, "Not found", resource + " does not exist, or is being deleted.");
    }

    private static HttpAnswer later(Problem problem, Optional<Duration> retryAfter, ObjectNode json) {
        return HttpAnswer.problem(503, "Try again later", problem.cause())
                .with(json)
                .header("Retry-After", String.valueOf(retryAfter.orElse(A_WHILE).toSeconds()));
    }

    private static HttpAnswer refused(Problem problem, ObjectNode json) {
        int status =
                switch (problem.kind()) {
                    case MISSING_RIGHT -> 403;
                    case SIGN_IN_FAILED, UNTRUSTED_CERTIFICATE, REJECTED -> 502;
                    case NOT_BUILT -> 501;
                    default -> 409;
                };
        return HttpAnswer.problem(status, "Refused", problem.cause()).with(json);
    }
}
