package io.github.acrattach.adapter.kubernetes;

import io.github.acrattach.domain.Held;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.Problem.Kind;

/** The problems that this program finds in a namespace itself, by whichever way it looks. */
final class Told {

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

    static Problem missing(KubernetesDiagnosis diagnosis, String namespace, String account) {
        return diagnosis.problem(
                Kind.SERVICE_ACCOUNT_MISSING,
                "The namespace " + namespace + " has no service account " + account
                        + ", so nothing refers to its secret.",
                Ask.of(Ask.Verb.GET, Ask.ACCOUNTS, namespace, account),
                "kubectl -n " + namespace + " create serviceaccount " + account
                        + "   (or take it out of the rule's service accounts)");
    }
}
