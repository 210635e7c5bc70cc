package io.github.acrattach.domain;

import java.util.List;

/** What can stand in the way of a pair's pull secret, as far as the plan tells it. */
public final class SecretProblems {

    /** Of many; the outcome says of each whether anything refers to the secret there. */
    private static final int MOST_NAMES = 3;

    private SecretProblems() {}

    /** What it means that no rule pairs the two. */
    static Problem noRule(SecretFacts facts, String consequence) {
        Pairing pairing = facts.key().pairing();
        return Problem.of(
                Problem.Kind.NO_RULE,
                "No rule lets " + pairing.cluster().name() + " pull from "
                        + pairing.registry().name() + " by a pull secret. " + consequence,
                pairing.registry(),
                "Set a rule for the two with the method secret or auto (docs/configuration.md); or attach again when it is"
                        + " due and before it expires: " + attach(pairing));
    }

    public static Problem noNamespace(SecretFacts facts) {
        String again = facts.run().purpose() == Purpose.REQUEST
                ? "attach again."
                : "the timer function RotatePullSecrets looks again by itself.";
        return Problem.of(
                Problem.Kind.NO_NAMESPACE,
                "No namespace of the cluster " + facts.key().pairing().cluster().name()
                        + " is one that the pull secret is to go to.",
                facts.key().pairing().cluster(),
                "Create the namespace, or correct ACR_ATTACH_RULES_<NAME>_SECRET_NAMESPACES; " + again);
    }

    /** What a pod there has to say itself; Kubernetes takes its service account's pull secrets only where it names none. */
    static Problem notReferenced(SecretFacts facts, List<NamespaceOutcome> idle) {
        String usual = facts.owner().secretName();
        List<String> names = idle.stream()
                .map(each -> each.secret().orElse(usual))
                .distinct()
                .toList();
        // Where it bears several names, each namespace tells its own.
        String secret = names.size() == 1 ? names.get(0) : usual;
        List<String> namespaces = idle.stream().map(NamespaceOutcome::namespace).toList();
        return Problem.of(
                Problem.Kind.NOT_REFERENCED,
                "No service account refers to the secret " + secret + " in " + named(namespaces)
                        + ". There it is used only by a pod that carries imagePullSecrets: [{name: " + secret + "}].",
                facts.key().pairing().cluster(),
                "Have the pods carry it; or name the service accounts in ACR_ATTACH_RULES_<NAME>_SECRET_SERVICE_ACCOUNTS,"
                        + " where * means all of them. A pod that names any pull secret itself gets none of its service"
                        + " account's, so it has to name this one in any case.");
    }

    private static String named(List<String> namespaces) {
        int count = namespaces.size();
        String first = String.join(", ", namespaces.stream().limit(MOST_NAMES).toList());
        return count == 1
                ? "the namespace " + first
                : count + " namespaces" + (count > MOST_NAMES ? ", told as \"referenced\": false, such as " : ": ")
                        + first;
    }

    /** The secrets of before are taken over. */
    public static Problem moved(SecretFacts facts, ArmId from) {
        return Problem.of(
                Problem.Kind.MOVED,
                "The registry " + facts.registry().id().name() + " was " + from
                        + " before, and was moved, or deleted and made again: its login server "
                        + facts.registry().loginServer() + " is the same, and the other id is gone.",
                facts.registry().id(),
                "Nothing needs to be done about the secret: a new password takes the place of the one that was made under the"
                        + " former id, once it is proven to pull. Use the new id from now on, and see whether rules that go by"
                        + " resource group or subscription still select it.");
    }

    /** Nothing goes where no rule wants it, and what stands there is not ended. */
    static Problem leftBehind(SecretFacts facts, String namespace, int all) {
        return Problem.of(
                Problem.Kind.PREVIOUS_PASSWORD,
                "The credential of before the registry was moved stays: " + all
                        + (all == 1 ? " namespace" : " namespaces") + " that no rule names, such as " + namespace
                        + ", may pull with it.",
                facts.registry().id(),
                "Name the namespace in ACR_ATTACH_RULES_<NAME>_SECRET_NAMESPACES and attach again; otherwise pulls there go on"
                        + " until the password expires.");
    }

    /** What no rule wants is renewed by nobody once its registry was moved: who it is for is told by the former id. */
    public static Problem movedWithoutRule(Pairing pairing, String credential) {
        return Problem.of(
                Problem.Kind.MOVED,
                "The registry " + pairing.registry().name() + " was moved here with the credential " + credential
                        + ", which "
                        + pairing.cluster().name()
                        + " goes on pulling with until its password expires; no rule wants a pull"
                        + " secret for the two any more, so nothing renews it. A rule that goes by resource group or"
                        + " subscription does not follow a move.",
                pairing.registry(),
                "Attach once under the new id, which replaces the password without a stop: " + attach(pairing)
                        + "; or have the rule select where the registry is now (docs/configuration.md). Where it pulls by a role"
                        + " by now, POST /api/reconcile {\"revoke\": true} takes the credential back");
    }

    /** The call that makes a pull secret, or renews it where no rule does. */
    public static String attach(Pairing pairing) {
        return "POST /api/attach {\"cluster\": \"" + pairing.cluster() + "\", \"registry\": \"" + pairing.registry()
                + "\", \"method\": \"secret\"}";
    }

    static Problem notComplete(SecretFacts facts) {
        return Problem.of(
                Problem.Kind.NOT_EFFECTIVE,
                "The credential " + facts.key().name() + " was made, but Azure does not show all of it yet.",
                facts.registry().id(),
                Problem.WAITING_HELPS);
    }

    /** The credential was there, and is not any more. */
    public static Problem removed(SecretFacts facts) {
        return Problem.of(
                Problem.Kind.IN_PROGRESS,
                "The credential " + facts.key().name()
                        + ", or what it belongs to, was removed while it was being used.",
                facts.registry().id(),
                Problem.WAITING_HELPS);
    }

    /** Whoever made the password may be about to store it. */
    static Problem inProgress(SecretFacts facts, Password young) {
        return Problem.of(
                Problem.Kind.IN_PROGRESS,
                "The credential " + facts.key().name() + " has a password that was made at " + young.created()
                        + " and stands in no namespace yet: another run may be about to store it.",
                facts.registry().id(),
                Problem.WAITING_HELPS);
    }
}
