package io.github.acrattach.trigger.ops;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.domain.Outcome;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.trigger.HttpAnswer;
import io.github.acrattach.trigger.Telling;
import java.time.Duration;
import java.util.List;

/** How an ending is told over HTTP. */
final class OpsAnswer {

    /** What people who are told to wait should wait, when Azure does not say. */
    private static final Duration A_WHILE = Duration.ofSeconds(30);

    private OpsAnswer() {}

    /** The answer to a call about one pair. */
    static HttpAnswer to(Outcome outcome) {
        return to(outcome, Telling.json(outcome));
    }

    /** The same with other fields. */
    static HttpAnswer to(Outcome outcome, ObjectNode json) {
        if (outcome instanceof Outcome.Gone gone) {
            return HttpAnswer.problem(404, "Not found", Telling.isNotThere(gone));
        }
        return outcome.postponed()
                .map(postponed -> later(postponed, json))
                .or(() -> outcome.trouble()
                        .map(problem -> HttpAnswer.problem(statusOf(problem.kind()), "Refused", problem.cause())
                                .with(json)))
                .orElseGet(() -> HttpAnswer.ok(json));
    }

    private static HttpAnswer later(Outcome.Postponed postponed, ObjectNode json) {
        Problem problem = postponed.problem();
        Duration wait = postponed.retryAfter().orElse(A_WHILE);
        return problem.kind() == Problem.Kind.DEFECT
                ? HttpAnswer.problem(500, "Defect", problem.cause()).with(json)
                : HttpAnswer.problem(503, "Try again later", problem.cause())
                        .with(json)
                        .header("Retry-After", String.valueOf(wait.toSeconds()));
    }

    /** The answer to a call about all pairs: each with its own ending, and for how many the call has to come again. */
    static HttpAnswer to(List<Outcome> outcomes) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put(
                        "postponed",
                        outcomes.stream()
                                .filter(outcome -> outcome.postponed().isPresent())
                                .count());
        ArrayNode all = json.putArray("outcomes");
        outcomes.forEach(outcome -> all.add(Telling.json(outcome)));
        return HttpAnswer.ok(json);
    }

    private static int statusOf(Problem.Kind kind) {
        return switch (kind) {
            case MISSING_RIGHT,
                    CONDITION_NOT_FULFILLED,
                    DENY_ASSIGNMENT,
                    DISALLOWED_BY_POLICY,
                    MISSING_KUBERNETES_RIGHT,
                    NOT_ADMITTED -> 403;
            case SIGN_IN_FAILED,
                    UNTRUSTED_CERTIFICATE,
                    FOREIGN_ADDRESS,
                    REJECTED,
                    CLUSTER_UNREACHABLE,
                    REGISTRY_UNREACHABLE -> 502;
            default -> 409;
        };
    }
}
