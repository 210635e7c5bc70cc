package io.github.acrattach.trigger;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.FormerGrants;
import io.github.acrattach.domain.NamespaceOutcome;
import io.github.acrattach.domain.Outcome;
import io.github.acrattach.domain.OutsideText;
import io.github.acrattach.domain.Pairing;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.PullGrant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tells how it ended: as one line for logs, and as JSON for callers. */
public final class Telling {

    /** Azure's documentation of role assignments says up to ten minutes, that of AKS up to sixty. */
    public static final String EFFECTIVE = "usually within 10 minutes, at the latest within 60";

    private Telling() {}

    /** One line, such as {@code Granted: aks-shop can now pull from acrshop by the role AcrPull; effective ...}. */
    public static String line(Outcome outcome) {
        return OutsideText.onOneLine(name(outcome) + ": " + report(outcome).sentence());
    }

    /**
     * What is told of an outcome.
     *
     * @param sentence for people
     * @param fields the same for machines
     */
    private record Report(String sentence, ObjectNode fields) {}

    private static Report report(Outcome outcome) {
        return outcome.fold(new Outcome.Cases<>() {
            private final ObjectNode json = JsonNodeFactory.instance.objectNode();

            @Override
            public Report granted(Outcome.Granted granted) {
                PullGrant grant = granted.grant();
                return new Report(
                        who(grant) + " can now pull from " + where(grant) + "; effective " + EFFECTIVE + "."
                                + sentence(granted.notes())
                                + sentence(granted.former()),
                        put(
                                put(json, grant)
                                        .put("assignment", assignmentId(grant))
                                        .put("effective", EFFECTIVE),
                                granted.former(),
                                granted.notes()));
            }

            @Override
            public Report alreadyGranted(Outcome.AlreadyGranted already) {
                PullGrant grant = already.grant();
                return new Report(
                        who(grant) + " can pull from " + grant.registry().name() + " already, by the role "
                                + already.given().role().name() + ", given at "
                                + already.given().by().scope() + "." + sentence(already.notes())
                                + sentence(already.former()),
                        put(put(json, already), already.former(), already.notes()));
            }

            @Override
            public Report provisioned(Outcome.Provisioned provisioned) {
                return new Report(
                        about(outcome) + sentence(provisioned) + sentence(provisioned.former()),
                        put(json, provisioned));
            }

            @Override
            public Report revoked(Outcome.Revoked revoked) {
                return new Report(about(outcome) + sentence(revoked), put(json, revoked));
            }

            @Override
            public Report refused(Outcome.Refused refused) {
                Problem problem = refused.problem();
                json.set("problem", json(problem, false));
                return new Report(
                        about(outcome) + problem.cause() + " Waiting does not help. Fix: " + problem.fix(),
                        put(json, refused.namespaces()));
            }

            @Override
            public Report postponed(Outcome.Postponed postponed) {
                Problem problem = postponed.problem();
                json.set("problem", json(problem, true));
                postponed.retryAfter().ifPresent(wait -> json.put("retryAfterSeconds", wait.toSeconds()));
                return new Report(
                        about(outcome) + problem.cause() + " Waiting helps: " + problem.fix(),
                        put(json, postponed.namespaces()));
            }

            @Override
            public Report ignored(Outcome.Ignored ignored) {
                return new Report(ignored.reason(), json.put("reason", ignored.reason()));
            }

            @Override
            public Report gone(Outcome.Gone gone) {
                String reason = isNotThere(gone);
                return new Report(reason, json.put("reason", reason));
            }
        });
    }

    private static String sentence(Outcome.Provisioned provisioned) {
        long hold = provisioned.namespaces().stream()
                .filter(each -> each.state() == NamespaceOutcome.State.READY)
                .count();
        return "the pull secret is in " + hold + " of "
                + provisioned.namespaces().size() + " namespaces"
                + (provisioned.changed() ? "" : ", as before") + "; its password expires " + provisioned.expires()
                + " and is renewed after " + provisioned.renews() + "."
                + Stream.concat(
                                provisioned.notes().stream(),
                                provisioned.namespaces().stream().flatMap(each -> each.problem().stream()))
                        .map(problem -> " " + problem.cause())
                        .collect(Collectors.joining());
    }

    private static String sentence(FormerGrants former) {
        return (former.removed().isEmpty()
                        ? ""
                        : " Taken back from identities that it had before: " + String.join(", ", former.removed())
                                + ".")
                + kept(former.kept())
                + former.notes().stream()
                        .map(note -> " A role of an identity that it had before stays: " + note.cause())
                        .collect(Collectors.joining());
    }

    private static String sentence(List<Problem> notes) {
        return notes.stream().map(note -> " " + note.cause()).collect(Collectors.joining());
    }

    private static String kept(List<String> what) {
        return what.isEmpty() ? "" : " Kept " + String.join(", ", what) + ".";
    }

    private static String sentence(Outcome.Revoked revoked) {
        return (revoked.removed().isEmpty()
                        ? "nothing of this program's was there to remove."
                        : "removed " + String.join(", ", revoked.removed()) + ".")
                + kept(revoked.kept())
                + sentence(revoked.notes());
    }

    /** A resource that was asked for by name. */
    public static String isNotThere(Outcome.Gone gone) {
        return gone.resource() + " does not exist, or is being deleted." + whereInstead(gone);
    }

    /** A registry that is moved keeps its name and its login server; so does one that is made again. */
    private static String whereInstead(Outcome.Gone gone) {
        if (!gone.resource().isA(ArmId.REGISTRY)) {
            return "";
        }
        String name = gone.resource().name();
        return gone.namesakes().isEmpty()
                ? " If it was moved, its id is another one; in each subscription, this finds it: az acr list --query \"[?name=='"
                        + name + "'].{id:id, loginServer:loginServer}\""
                : " A registry of that name is there as "
                        + gone.namesakes().stream().map(ArmId::toString).collect(Collectors.joining(", and as "))
                        + ": if it was moved there, or made again, ask for it by that id.";
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
        json.setAll(report(outcome).fields());
        return json;
    }

    /** Another role may do as well as the one that would be granted. */
    public static ObjectNode put(ObjectNode json, Outcome.AlreadyGranted already) {
        return put(json, already.grant())
                .put("role", already.given().role().name())
                .put("assignment", already.given().by().id());
    }

    private static ObjectNode put(ObjectNode json, Outcome.Provisioned provisioned) {
        json.put("changed", provisioned.changed())
                .put("credential", provisioned.key().name())
                .put("credentialKind", word(provisioned.key().kind()))
                .put("username", provisioned.username())
                .put("expires", provisioned.expires().toString())
                .put("renews", provisioned.renews().toString());
        put(json, provisioned.former(), provisioned.notes());
        return put(json, provisioned.namespaces());
    }

    private static ObjectNode put(ObjectNode json, FormerGrants former, List<Problem> notes) {
        putTexts(json, "removed", former.removed());
        putTexts(json, "kept", former.kept());
        return putNotes(
                json, Stream.concat(notes.stream(), former.notes().stream()).toList());
    }

    private static void putTexts(ObjectNode json, String field, List<String> texts) {
        if (!texts.isEmpty()) {
            texts.forEach(json.putArray(field)::add);
        }
    }

    /** What else is to be known, if anything. */
    public static ObjectNode putNotes(ObjectNode json, List<Problem> notes) {
        if (!notes.isEmpty()) {
            ArrayNode all = json.putArray("notes");
            notes.forEach(note -> all.add(json(note, note.fix().equals(Problem.TAKEN_UP))));
        }
        return json;
    }

    private static ObjectNode put(ObjectNode json, List<NamespaceOutcome> namespaces) {
        if (!namespaces.isEmpty()) {
            json.set("namespaces", json(namespaces));
        }
        return json;
    }

    private static ObjectNode put(ObjectNode json, Outcome.Revoked revoked) {
        ArrayNode removed = json.putArray("removed");
        revoked.removed().forEach(removed::add);
        ArrayNode kept = json.putArray("kept");
        revoked.kept().forEach(kept::add);
        return putNotes(json, revoked.notes());
    }

    /** How it stands in each namespace. */
    public static ArrayNode json(List<NamespaceOutcome> namespaces) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        namespaces.forEach(each -> {
            ObjectNode one = all.addObject().put("namespace", each.namespace()).put("state", word(each.state()));
            each.secret().ifPresent(name -> one.put("secret", name));
            each.referenced().ifPresent(any -> one.put("referenced", any));
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
