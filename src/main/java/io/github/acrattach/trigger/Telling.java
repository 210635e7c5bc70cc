package io.github.acrattach.trigger;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.domain.Outcome;
import io.github.acrattach.domain.Pairing;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.PullGrant;
import java.time.Duration;
import java.util.Locale;

/** Tells how it ended: as one line for logs, and as JSON for callers. */
public final class Telling {

    /** Azure's documentation of role assignments says up to ten minutes, that of AKS up to sixty. */
    public static final String EFFECTIVE = "usually within 10 minutes, at the latest within 60";

    private Telling() {}

    /** One line, such as {@code Granted: aks-shop may now pull from acrshop by the role AcrPull; effective ...}. */
    public static String line(Outcome outcome) {
        return name(outcome) + ": " + sentence(outcome);
    }

    private static String sentence(Outcome outcome) {
        if (outcome instanceof Outcome.Granted granted) {
            return who(granted.grant()) + " may now pull from " + where(granted.grant()) + "; effective " + EFFECTIVE
                    + ".";
        }
        if (outcome instanceof Outcome.AlreadyGranted already) {
            return who(already.grant()) + " may pull from " + where(already.grant()) + " already, given at "
                    + already.by().scope() + ".";
        }
        if (outcome instanceof Outcome.Refused refused) {
            return about(outcome) + refused.problem().cause() + " Waiting does not help. Fix: "
                    + refused.problem().fix();
        }
        if (outcome instanceof Outcome.Postponed postponed) {
            return about(outcome) + postponed.problem().cause() + " Waiting helps: "
                    + postponed.problem().fix();
        }
        return outcome instanceof Outcome.Gone gone
                ? gone.resource() + " does not exist, or is being deleted."
                : ((Outcome.Ignored) outcome).reason();
    }

    private static String about(Outcome outcome) {
        return outcome.pairing()
                .map(pairing ->
                        pairing.cluster().name() + " and " + pairing.registry().name() + ": ")
                .orElse("");
    }

    private static String who(PullGrant grant) {
        return grant.cluster().name();
    }

    private static String where(PullGrant grant) {
        return grant.registry().name() + " by the role " + grant.role().azureName();
    }

    /** All that the line tells, in fields. */
    public static ObjectNode json(Outcome outcome) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("outcome", name(outcome));
        outcome.pairing().ifPresent(pairing -> put(json, pairing));
        if (outcome instanceof Outcome.Granted granted) {
            put(json, granted.grant());
            json.put("assignment", assignmentId(granted.grant())).put("effective", EFFECTIVE);
        } else if (outcome instanceof Outcome.AlreadyGranted already) {
            put(json, already.grant());
            json.put("assignment", already.by().id());
        } else if (outcome instanceof Outcome.Refused refused) {
            json.set("problem", json(refused.problem(), false));
        } else if (outcome instanceof Outcome.Postponed postponed) {
            json.set("problem", json(postponed.problem(), true));
            postponed
                    .retryAfter()
                    .map(Duration::toSeconds)
                    .ifPresent(seconds -> json.put("retryAfterSeconds", seconds));
        } else {
            json.put("reason", sentence(outcome));
        }
        return json;
    }

    /** A problem in fields. */
    public static ObjectNode json(Problem problem, boolean waitingHelps) {
        ObjectNode json =
                JsonNodeFactory.instance.objectNode().put("kind", kind(problem)).put("cause", problem.cause());
        problem.action().ifPresent(action -> json.put("action", action));
        problem.scope().ifPresent(scope -> json.put("scope", scope));
        problem.caller().ifPresent(caller -> json.put("caller", caller));
        return json.put("waitingHelps", waitingHelps).put("fix", problem.fix());
    }

    /** The two sides of a pair. */
    public static ObjectNode put(ObjectNode json, Pairing pairing) {
        return json.put("cluster", pairing.cluster().toString())
                .put("registry", pairing.registry().toString());
    }

    /** Who gets which role. */
    public static ObjectNode put(ObjectNode json, PullGrant grant) {
        return json.put("role", grant.role().azureName())
                .put("principal", grant.principal().toString());
    }

    private static String kind(Problem problem) {
        return problem.kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String name(Outcome outcome) {
        return outcome.getClass().getSimpleName();
    }

    private static String assignmentId(PullGrant grant) {
        return grant.registry() + "/providers/Microsoft.Authorization/roleAssignments/" + grant.name();
    }
}
