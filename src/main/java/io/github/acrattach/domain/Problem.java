package io.github.acrattach.domain;

import java.util.Optional;

/**
 * Why something did not come about, told so that the reader can mend it. Whether waiting helps is told by where it
 * stands: in a {@link Outcome.Refused} it does not, in an {@link Outcome.Postponed} it does.
 *
 * @param kind the cause as one of a closed list, for machines
 * @param cause the cause as a full sentence
 * @param action the operation that it concerns, as Azure RBAC names it, where there is one
 * @param scope the resource that it concerns
 * @param caller who asked, as far as Azure told
 * @param fix the exact command or setting that mends it, or what happens next by itself
 */
public record Problem(
        Kind kind, String cause, Optional<String> action, Optional<String> scope, Optional<String> caller, String fix) {

    /** The fix where waiting is one. */
    public static final String WAITING_HELPS =
            "the event, or the timer, comes back by itself; by hand, repeat in a minute.";

    /** The fix of a question that waiting helps: nobody comes back for it. */
    public static final String ASK_AGAIN = "Ask again in a minute.";

    /** The fix where the work is done, and waiting is one for what is left of it. */
    public static final String TAKEN_UP =
            "the next event of either, reconcile or the timer takes it up by itself; by hand, attach again.";

    /** The causes that can be told apart. */
    public enum Kind {
        /** The caller lacks a right in Azure RBAC or in the directory. */
        MISSING_RIGHT,
        /** The caller holds the right, but a condition on its assignment does not allow this request. */
        CONDITION_NOT_FULFILLED,
        /** A deny assignment forbids what the caller has the right to. */
        DENY_ASSIGNMENT,
        /** A policy of the organisation forbids the request: of Azure, of the directory, or Conditional Access. */
        DISALLOWED_BY_POLICY,
        /** The subscription is disabled, and so read-only. */
        SUBSCRIPTION_DISABLED,
        /** The caller could not sign in. */
        SIGN_IN_FAILED,
        /** The other side of a connection is not who it should be, or a proxy in between is not trusted. */
        UNTRUSTED_CERTIFICATE,
        /** It is still being made or changed, and does not show yet what is needed of it. */
        NOT_READY,
        /** The cluster is stopped: nothing can be done inside it before somebody starts it. */
        CLUSTER_STOPPED,
        /** No, or more than one, identity that could pull. */
        NO_PULL_IDENTITY,
        /** The directory does not know the identity (yet). */
        PRINCIPAL_NOT_FOUND,
        /** The registry is in a mode that this program does not know. */
        UNKNOWN_ROLE_MODE,
        /** The cluster's nodes sign in with tokens for ARM, which the registry does not take. */
        ARM_TOKENS_REFUSED,
        /** Some of the cluster's nodes may sign in with such tokens: it cannot be seen. */
        ARM_TOKENS_DOUBTFUL,
        /** The registry's network rules keep the cluster's nodes out, whatever right they have. */
        NETWORK_CLOSED,
        /** An assignment is there already, but a condition narrows it. */
        CONDITIONAL_GRANT,
        /** Azure says that an equal assignment exists, but does not list it yet. */
        GRANT_NOT_LISTED,
        /** The subscription holds as many role assignments, or the directory as many objects, as it may. */
        LIMIT_EXCEEDED,
        /** A lock forbids the change. */
        LOCKED,
        /** The subscription is not registered for the resource provider. */
        NOT_REGISTERED,
        /** Azure asks to slow down. */
        THROTTLED,
        /** Azure did not answer, or not usefully. */
        UNAVAILABLE,
        /** A call about many pairs had no time left for this one. */
        NOT_REACHED,
        /** Azure rejects the request for a reason of its own. */
        REJECTED,
        /** The cluster's API server cannot be reached, or not in a way that the settings allow. */
        CLUSTER_UNREACHABLE,
        /** The caller lacks a right in the cluster, says what the cluster asks about rights. */
        MISSING_KUBERNETES_RIGHT,
        /** An admission webhook or policy of the cluster does not let it through. */
        NOT_ADMITTED,
        /** The namespace holds as many secrets as its quota allows. */
        QUOTA_EXCEEDED,
        /** No namespace is meant. */
        NO_NAMESPACE,
        /** No rule wants it, so that it is only kept as it is, if that. */
        NO_RULE,
        /** A setting or a tag keeps the two out of the rules. */
        EXCLUDED,
        /** A rule lets the cluster in again. */
        RULE_STANDS,
        /** Something bears this program's name, and it is not proven that this program made it, or it is not its alone. */
        FOREIGN_CREDENTIAL,
        /** The namespace is going away. */
        NAMESPACE_TERMINATING,
        /** Somebody else's secret stands where the pull secret would go. */
        FOREIGN_SECRET,
        /** A service account that is to refer to the pull secret is not there. */
        SERVICE_ACCOUNT_MISSING,
        /** The pull secret is there, but no service account of the namespace refers to it. */
        NOT_REFERENCED,
        /** The registry does not accept user name and password. */
        CREDENTIAL_REJECTED,
        /** The credential is right, but may not pull. */
        CREDENTIAL_UNAUTHORIZED,
        /** The credential is good, but not effective everywhere yet. */
        NOT_EFFECTIVE,
        /** The registry has another id than it had: it was moved to another group or subscription. */
        MOVED,
        /** The registry holds no such repository. */
        REPOSITORY_MISSING,
        /** The registry's network rules shut this program out, or there is no way to it. */
        REGISTRY_UNREACHABLE,
        /** The previous password stays valid, since a namespace does not take the new one. */
        PREVIOUS_PASSWORD,
        /** Azure shows no address of the registry, and is not at work on it. */
        NO_LOGIN_SERVER,
        /** The address of a cluster or registry is not its own: tokens and passwords go to nobody else. */
        FOREIGN_ADDRESS,
        /** Another run of this program may be storing a password at this moment. */
        IN_PROGRESS,
        /** This program has a defect. */
        DEFECT
    }

    /** A problem with no RBAC action behind it. */
    public static Problem of(Kind kind, String cause, ArmId scope, String fix) {
        return new Problem(kind, cause, Optional.empty(), Optional.of(scope.toString()), Optional.empty(), fix);
    }

    /** The same, of what is left of work that is done: no event comes back for it. */
    public Problem takenUp() {
        return fix.startsWith(WAITING_HELPS)
                ? new Problem(kind, cause, action, scope, caller, TAKEN_UP + fix.substring(WAITING_HELPS.length()))
                : this;
    }

    /** The same, met by who only asks. */
    public Problem asked() {
        return fix.startsWith(WAITING_HELPS)
                ? new Problem(kind, cause, action, scope, caller, ASK_AGAIN + fix.substring(WAITING_HELPS.length()))
                : this;
    }

    /** The same, with one more sentence to its cause. */
    public Problem adding(String sentence) {
        return new Problem(kind, cause + " " + sentence, action, scope, caller, fix);
    }
}
