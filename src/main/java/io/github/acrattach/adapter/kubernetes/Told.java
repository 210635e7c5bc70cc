package io.github.acrattach.adapter.kubernetes;

import io.github.acrattach.domain.Held;
import io.github.acrattach.domain.NamespaceOutcome;
import io.github.acrattach.domain.NamespaceOutcome.State;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.Problem.Kind;
import java.util.SortedSet;
import java.util.stream.Collectors;

/** The problems that this program finds in a namespace itself, by whichever way it looks. */
final class Told {

    private static final String MADE_BY_KUBERNETES = "default";

    private Told() {}

    static Problem foreign(KubernetesDiagnosis diagnosis, String namespace, String name, Held.Foreign foreign) {
        return diagnosis.problem(
                Kind.FOREIGN_SECRET,
                "The secret " + name + " in the namespace " + namespace + " is somebody else's, and was left alone. "
                        + foreign.whose(),
                Ask.of(Ask.Verb.GET, Ask.SECRETS, namespace, name),
                "kubectl -n " + namespace + " get secret " + name
                        + " -o yaml   (and delete or rename it if nobody needs it, then attach again)");
    }

    static Problem gone(KubernetesDiagnosis diagnosis, String namespace) {
        return diagnosis.problem(
                Kind.NAMESPACE_TERMINATING,
                "The namespace " + namespace + " is going away, or gone.",
                Ask.create(Ask.SECRETS, namespace),
                "Nothing is to be done: a namespace made again gets its secret.");
    }

    /** Deleted, it would stay, and what others put there would be lost once it goes. */
    static Problem unchangeable(KubernetesDiagnosis diagnosis, String namespace, String name) {
        return diagnosis.problem(
                Kind.REJECTED,
                "The secret " + name + " in the namespace " + namespace
                        + " cannot be changed, for somebody has made it immutable, nor made anew, for it has finalizers.",
                Ask.of(Ask.Verb.UPDATE, Ask.SECRETS, namespace, name),
                release(namespace, name) + "   (if nothing needs them any more, then attach again)");
    }

    /** It is deleted, but still there. */
    static Problem going(KubernetesDiagnosis diagnosis, String namespace, String name) {
        return diagnosis.problem(
                Kind.NOT_READY,
                "The secret " + name + " in the namespace " + namespace
                        + " is deleted, but its finalizers keep it until what set them lets it go.",
                Ask.of(Ask.Verb.DELETE, Ask.SECRETS, namespace, name),
                "It goes by itself; if what set its finalizers is gone: " + release(namespace, name));
    }

    private static String release(String namespace, String name) {
        return "kubectl -n " + namespace + " patch secret " + name
                + " --type=json -p '[{\"op\":\"remove\",\"path\":\"/metadata/finalizers\"}]'";
    }

    /** The one that every namespace gets by itself, a moment after it was made, is waited for; others are not. */
    static NamespaceOutcome missing(KubernetesDiagnosis diagnosis, String namespace, SortedSet<String> accounts) {
        String all = String.join(", ", accounts);
        String byHand = accounts.stream()
                .map(account -> "kubectl -n " + namespace + " create serviceaccount " + account)
                .collect(Collectors.joining("; "));
        return NamespaceOutcome.of(
                namespace,
                accounts.contains(MADE_BY_KUBERNETES) ? State.PENDING : State.REFUSED,
                diagnosis.problem(
                        Kind.SERVICE_ACCOUNT_MISSING,
                        "The namespace " + namespace + " has no service account " + all
                                + ", so there nothing refers to the secret.",
                        Ask.of(Ask.Verb.GET, Ask.ACCOUNTS, namespace, accounts.first()),
                        byHand + "   (then attach again; or take it out of the rule's service accounts)"));
    }
}
