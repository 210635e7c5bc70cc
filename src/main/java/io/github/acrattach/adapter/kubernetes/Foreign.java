package io.github.acrattach.adapter.kubernetes;

import io.github.acrattach.domain.Held;
import io.github.acrattach.domain.Problem;

/** Tells that somebody else's secret is in the way. */
final class Foreign {

    private Foreign() {}

    static Problem problem(KubernetesDiagnosis diagnosis, String namespace, String name, Held.Foreign foreign) {
        return diagnosis.problem(
                Problem.Kind.FOREIGN_SECRET,
                "The secret " + name + " in the namespace " + namespace + " is somebody else's, and was left alone. "
                        + foreign.whose(),
                Ask.of(Ask.Verb.GET, Ask.SECRETS, namespace, name),
                "kubectl -n " + namespace + " get secret " + name
                        + " -o yaml   (and delete or rename it if nobody needs it, then attach again)");
    }
}
