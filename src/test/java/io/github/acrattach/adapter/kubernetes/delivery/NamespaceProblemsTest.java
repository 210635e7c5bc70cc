package io.github.acrattach.adapter.kubernetes.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.acrattach.adapter.kubernetes.access.Kubeconfig;
import io.github.acrattach.adapter.kubernetes.access.KubernetesDiagnosis;
import io.github.acrattach.adapter.kubernetes.access.KubernetesRights;
import io.github.acrattach.domain.NamespaceOutcome;
import io.github.acrattach.domain.NamespaceOutcome.State;
import io.github.acrattach.domain.Samples;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class NamespaceProblemsTest {

    @Test
    void serviceAccountThatKubernetesMakesIsWorthWaitingFor() {
        assertThat(missing("default").state()).isEqualTo(State.PENDING);
        assertThat(missing("builder", "default").state()).isEqualTo(State.PENDING);
        assertThat(missing("builder").state()).isEqualTo(State.REFUSED);
    }

    private static NamespaceOutcome missing(String... accounts) {
        KubernetesRights rights = new KubernetesRights(KubernetesRights.Way.API_SERVER, Samples.OWNER);
        return new NamespaceProblems(
                        new KubernetesDiagnosis(Samples.cluster(), Kubeconfig.Identity.ENTRA, rights, Optional::empty))
                .missing("shop", new TreeSet<>(List.of(accounts)));
    }
}
