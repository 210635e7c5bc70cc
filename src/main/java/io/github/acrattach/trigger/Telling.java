package io.github.acrattach.trigger;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.NamespaceOutcome;
import io.github.acrattach.domain.Outcome;
import io.github.acrattach.domain.Pairing;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.PullGrant;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
        if (outcome instanceof Outcome.Provisioned provisioned) {
            return about(outcome) + sentence(provisioned);
        }
        if (outcome instanceof Outcome.Revoked revoked) {
            return about(outcome) + sentence(revoked);
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
                ? isNotThere(gone.resource())
                : ((Outcome.Ignored) outcome).reason();
    }

    private static String sentence(Outcome.Provisioned provisioned) {
        long hold = provisioned.namespaces().stream()
                .filter(each -> each.state() == NamespaceOutcome.State.HOLDS)
                .count();
        return "the pull secret is in " + hold + " of "
                + provisioned.namespaces().size() + " namespaces"
                + (provisioned.changed() ? "" : ", as before") + "; its password ends " + provisioned.expires()
                + " and is replaced after " + provisioned.renewal() + "."
                + Stream.concat(
                                provisioned.notes().stream(),
                                provisioned.namespaces().stream().flatMap(each -> each.problem().stream()))
                        .map(problem -> " " + problem.cause())
                        .collect(Collectors.joining());
    }

    private static String sentence(Outcome.Revoked revoked) {
        return (revoked.removed().isEmpty()
                        ? "nothing of this program's was there to remove."
                        : "removed " + String.join(", ", revoked.removed()) + ".")
                + (revoked.kept().isEmpty() ? "" : " Kept " + String.join(", ", revoked.kept()) + ".");
    }

    /** A resource that was asked for by name. */
    public static String isNotThere(ArmId resource) {
        return resource + " does not exist, or is being deleted.";
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
        } else if (outcome instanceof Outcome.Provisioned provisioned) {
            put(json, provisioned);
        } else if (outcome instanceof Outcome.Revoked revoked) {
            put(json, revoked);
        } else if (outcome instanceof Outcome.Refused refused) {
            json.set("problem", json(refused.problem(), false));
            put(json, refused.namespaces());
        } else if (outcome instanceof Outcome.Postponed postponed) {
            json.set("problem", json(postponed.problem(), true));
            postponed
                    .retryAfter()
                    .map(Duration::toSeconds)
                    .ifPresent(seconds -> json.put("retryAfterSeconds", seconds));
            put(json, postponed.namespaces());
        } else {
            json.put("reason", sentence(outcome));
        }
        return json;
    }

    private static void put(ObjectNode json, Outcome.Provisioned provisioned) {
        json.put("changed", provisioned.changed())
                .put("credential", provisioned.key().name())
                .put("credentialKind", word(provisioned.key().kind()))
                .put("userName", provisioned.userName())
                .put("expires", provisioned.expires().toString())
                .put("renewal", provisioned.renewal().toString());
        put(json, provisioned.namespaces());
        if (!provisioned.notes().isEmpty()) {
            ArrayNode notes = json.putArray("notes");
            provisioned.notes().forEach(note -> notes.add(json(note, false)));
        }
    }

    private static void put(ObjectNode json, List<NamespaceOutcome> namespaces) {
        if (!namespaces.isEmpty()) {
            json.set("namespaces", json(namespaces));
        }
    }

    private static void put(ObjectNode json, Outcome.Revoked revoked) {
        ArrayNode removed = json.putArray("removed");
        revoked.removed().forEach(removed::add);
        ArrayNode kept = json.putArray("kept");
        revoked.kept().forEach(kept::add);
    }

    /** How it stands in each namespace. */
    public static ArrayNode json(List<NamespaceOutcome> namespaces) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        namespaces.forEach(each -> {
            ObjectNode one = all.addObject().put("namespace", each.namespace()).put("state", word(each.state()));
            each.problem()
                    .ifPresent(problem ->
                            one.set("problem", json(problem, each.state() == NamespaceOutcome.State.PENDING)));
        });
        return all;
    }

    /** A constant as callers see it, such as {@code acr-token}. */
    public static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** A problem in fields. */
    public static ObjectNode json(Problem problem, boolean waitingHelps) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("kind", word(problem.kind()))
                .put("cause", problem.cause());
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

    private static String name(Outcome outcome) {
        return outcome.getClass().getSimpleName();
    }

    private static String assignmentId(PullGrant grant) {
        return grant.registry() + "/providers/Microsoft.Authorization/roleAssignments/" + grant.name();
    }
}
