package io.github.acrattach.trigger.ops;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.Outcome;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.trigger.HttpAnswer;
import io.github.acrattach.trigger.Telling;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How an ending is told over HTTP. */
final class OpsAnswer {

    /** What people who are told to wait should wait, when Azure does not say. */
    private static final Duration A_WHILE = Duration.ofSeconds(30);

    private OpsAnswer() {}

    /** The answer to a call about one pair. */
    static HttpAnswer to(Outcome outcome) {
        if (outcome instanceof Outcome.Refused refused) {
            return refused(refused.problem(), Telling.json(outcome));
        }
        if (outcome instanceof Outcome.Postponed postponed) {
            return later(postponed.problem(), postponed.retryAfter(), Telling.json(outcome));
        }
        return outcome instanceof Outcome.Gone gone ? notFound(gone.resource()) : HttpAnswer.ok(Telling.json(outcome));
    }

    /** The answer to a call about all pairs: each with its own ending. */
    static HttpAnswer to(List<Outcome> outcomes) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode all = json.putArray("outcomes");
        outcomes.forEach(outcome -> all.add(Telling.json(outcome)));
        return HttpAnswer.ok(json);
    }

    static HttpAnswer notFound(ArmId resource) {
        return HttpAnswer.problem(404, "Not found", Telling.isNotThere(resource));
    }

    static HttpAnswer later(Problem problem, Optional<Duration> retryAfter, ObjectNode json) {
        return HttpAnswer.problem(503, "Try again later", problem.cause())
                .with(json)
                .header("Retry-After", String.valueOf(retryAfter.orElse(A_WHILE).toSeconds()));
    }

    static HttpAnswer refused(Problem problem, ObjectNode json) {
        int status =
                switch (problem.kind()) {
                    case MISSING_RIGHT, MISSING_KUBERNETES_RIGHT -> 403;
                    case SIGN_IN_FAILED, UNTRUSTED_CERTIFICATE, REJECTED, CLUSTER_UNREACHABLE, REGISTRY_UNREACHABLE ->
                        502;
                    default -> 409;
                };
        return HttpAnswer.problem(status, "Refused", problem.cause()).with(json);
    }
}
