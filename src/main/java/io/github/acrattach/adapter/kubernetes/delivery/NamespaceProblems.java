package io.github.acrattach.adapter.kubernetes.delivery;

import io.github.acrattach.adapter.kubernetes.access.ApiRequest;
import io.github.acrattach.adapter.kubernetes.access.KubernetesDiagnosis;
import io.github.acrattach.adapter.kubernetes.access.KubernetesFailure;
import io.github.acrattach.adapter.kubernetes.manifest.ObservedSecret;
import io.github.acrattach.adapter.kubernetes.manifest.ObservedServiceAccount;
import io.github.acrattach.domain.NamespaceOutcome;
import io.github.acrattach.domain.NamespaceOutcome.State;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.Problem.Kind;
import io.github.acrattach.domain.PullSecretOwner;
import java.util.SortedSet;
import java.util.stream.Collectors;

/** How it ends in a namespace that is not as it should be, and what mends that. */
record NamespaceProblems(KubernetesDiagnosis diagnosis) {

    private static final String MADE_BY_KUBERNETES = "default";

    /** What a failure means for the namespace in which it happened. */
    static NamespaceOutcome outcome(String namespace, KubernetesFailure failure) {
        State state = failure.problem().kind() == Kind.NAMESPACE_TERMINATING
                ? State.TERMINATING
                : failure.passes() ? State.PENDING : State.REFUSED;
        return NamespaceOutcome.of(namespace, state, failure.problem());
    }

    NamespaceOutcome gone(String namespace) {
        return NamespaceOutcome.of(
                namespace,
                State.TERMINATING,
                diagnosis.problem(
                        Kind.NAMESPACE_TERMINATING,
                        "The namespace " + namespace + " is going away, or gone.",
                        ApiRequest.get(ApiRequest.NAMESPACES, namespace, namespace),
                        "Nothing is to be done: a namespace made again gets its secret."));
    }

    /** It stood there when it was observed: whoever took it away meant it. */
    NamespaceOutcome removed(String namespace) {
        return NamespaceOutcome.of(
                namespace,
                State.PENDING,
                diagnosis.problem(
                        Kind.IN_PROGRESS,
                        "The pull secret in the namespace " + namespace
                                + " was removed while it was being renewed, and was not made anew.",
                        ApiRequest.get(ApiRequest.SECRETS, namespace, ""),
                        Problem.WAITING_HELPS));
    }

    NamespaceOutcome immutable(String namespace, String secret, ObservedSecret there) {
        return NamespaceOutcome.of(
                namespace,
                State.REFUSED,
                diagnosis.problem(
                        Kind.REJECTED,
                        "The secret " + secret + " in the namespace " + namespace
                                + " cannot be changed, for somebody has made it immutable; it was left alone. Pulls with"
                                + " it end at " + there.expires() + ", when its password expires, if not before.",
                        ApiRequest.get(ApiRequest.SECRETS, namespace, secret),
                        (there.finalizers() ? release(namespace, secret) + "; " : "") + "kubectl -n " + namespace
                                + " get secret " + secret
                                + " -o json | sed 's/\"immutable\": true/\"immutable\": false/' | kubectl replace --force -f -"
                                + "   (which makes the same one anew in an instant, so that pulls go on; then attach again)"));
    }

    /** Its login server is that of a registry with another id than it names. */
    static NamespaceOutcome livesOn(String namespace, String secret, PullSecretOwner now) {
        return NamespaceOutcome.of(
                namespace,
                State.SKIPPED,
                Problem.of(
                        Kind.MOVED,
                        "The secret " + secret + " in the namespace " + namespace + " opens " + now.loginServer()
                                + ", which is " + now.registry() + " now: the registry was moved.",
                        now.registry(),
                        "Use that id."));
    }

    /** It is deleted, but still there. */
    NamespaceOutcome going(String namespace, String secret) {
        return NamespaceOutcome.of(
                namespace,
                State.PENDING,
                diagnosis.problem(
                        Kind.NOT_READY,
                        "The secret " + secret + " in the namespace " + namespace
                                + " is deleted, but its finalizers keep it until what set them lets it go.",
                        ApiRequest.get(ApiRequest.SECRETS, namespace, secret),
                        "It goes by itself; if what set its finalizers is gone: " + release(namespace, secret)));
    }

    private static String release(String namespace, String secret) {
        return "kubectl -n " + namespace + " patch secret " + secret
                + " --type=json -p '[{\"op\":\"remove\",\"path\":\"/metadata/finalizers\"}]'";
    }

    /** The one that every namespace gets by itself, a moment after it was made, is waited for; others are not. */
    NamespaceOutcome missing(String namespace, SortedSet<String> accounts) {
        String byHand = accounts.stream()
                .map(account -> "kubectl -n " + namespace + " create serviceaccount " + account)
                .collect(Collectors.joining("; "));
        return NamespaceOutcome.of(
                namespace,
                accounts.contains(MADE_BY_KUBERNETES) ? State.PENDING : State.REFUSED,
                diagnosis.problem(
                        Kind.SERVICE_ACCOUNT_MISSING,
                        "The namespace " + namespace + " has no service account " + String.join(", ", accounts)
                                + ", so there nothing refers to the secret.",
                        ApiRequest.get(ApiRequest.SERVICE_ACCOUNTS, namespace, accounts.first()),
                        byHand + "   (then attach again; or take it out of the rule's service accounts)"));
    }

    /** The rest is not forgotten. */
    NamespaceOutcome notAllAtOnce(String namespace, int changed, int all) {
        return NamespaceOutcome.of(
                namespace,
                State.PENDING,
                diagnosis.problem(
                        Kind.NOT_READY,
                        "In the namespace " + namespace + " the references of " + all
                                + " service accounts are to be changed, and a run changes " + changed + " of them.",
                        ApiRequest.list(ApiRequest.SERVICE_ACCOUNTS, namespace),
                        Problem.WAITING_HELPS));
    }

    /** They could as well be a stranger's, who wants the others to get nothing. */
    NamespaceOutcome tooLong(String namespace, SortedSet<String> accounts) {
        return NamespaceOutcome.of(
                namespace,
                State.REFUSED,
                diagnosis.problem(
                        Kind.REJECTED,
                        "In the namespace " + namespace + " the pull secrets of the service account "
                                + String.join(", ", accounts) + " were left alone: there are more than "
                                + ObservedServiceAccount.MOST_PULL_SECRETS
                                + ", longer names than secrets can have, or in the whole cluster more than can be read.",
                        ApiRequest.get(ApiRequest.SERVICE_ACCOUNTS, namespace, accounts.first()),
                        "kubectl -n " + namespace + " edit serviceaccount " + accounts.first()
                                + "   (and take out what leads nowhere, then attach again)"));
    }
}
