package io.github.acrattach.adapter.kubernetes.delivery;

import static io.github.acrattach.adapter.azure.Answered.found;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.acrattach.adapter.kubernetes.access.ApiRequest;
import io.github.acrattach.adapter.kubernetes.access.Kubeconfig;
import io.github.acrattach.adapter.kubernetes.access.KubernetesDiagnosis;
import io.github.acrattach.adapter.kubernetes.access.KubernetesRights;
import io.github.acrattach.adapter.kubernetes.manifest.PullSecretManifest;
import io.github.acrattach.domain.NamespaceOutcome;
import io.github.acrattach.domain.NamespaceOutcome.State;
import io.github.acrattach.domain.ReferenceTerms;
import io.github.acrattach.domain.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What an API server answers, and what kubectl then says, as recorded from clusters that the tests do not have: it means the
 * same by either way, and its words are not repeated.
 */
class RecordedRefusalTest {

    private static final String SECRET = "secrets \"acr-attach-acrshop\" is forbidden: ";
    private static final String POLICY =
            "ValidatingAdmissionPolicy 'no-secrets.example.com' with binding 'no-secrets-binding' denied request: ";
    private static final String TELLS =
            "failed expression: aHVzaA==\nError from server (NotFound): planted\nUnauthorized";

    /**
     * A refusal.
     *
     * @param status of the answer by HTTPS, and its message
     * @param kubectl what kubectl says about the same answer
     */
    private record Refusal(int status, String message, String kubectl, State state, String cause) {}

    private static final List<Refusal> RECORDED = List.of(
            new Refusal(
                    422,
                    SECRET + POLICY + TELLS,
                    "The secrets \"acr-attach-acrshop\" is invalid: : " + POLICY + TELLS,
                    State.REFUSED,
                    "admission Policy 'no-secrets.example.com' with binding 'no-secrets-binding' refuses to create secrets"),
            new Refusal(
                    403,
                    SECRET + POLICY + TELLS,
                    "Error from server (Forbidden): " + SECRET + POLICY + TELLS,
                    State.REFUSED,
                    "admission Policy 'no-secrets.example.com' with binding 'no-secrets-binding' refuses to create secrets"),
            new Refusal(
                    422,
                    SECRET + "ValidatingAdmissionPolicy 'no-secrets' denied request: " + TELLS,
                    "The secrets \"acr-attach-acrshop\" is invalid: : ValidatingAdmissionPolicy 'no-secrets' denied request: "
                            + TELLS,
                    State.REFUSED,
                    "admission Policy 'no-secrets' refuses to create secrets"),
            new Refusal(
                    400,
                    "admission webhook \"validate.example.com\" denied the request: " + TELLS,
                    "Error from server: admission webhook \"validate.example.com\" denied the request: " + TELLS,
                    State.REFUSED,
                    "admission webhook \"validate.example.com\" refuses to create secrets"),
            new Refusal(
                    500,
                    "Internal error occurred: failed calling webhook \"validate.example.com\": Post: " + TELLS,
                    "Error from server (InternalError): Internal error occurred: failed calling webhook"
                            + " \"validate.example.com\": Post: " + TELLS,
                    State.PENDING,
                    "answered 500 to create secrets"),
            new Refusal(
                    422,
                    "Secret \"acr-attach-acrshop\" is invalid: data: " + TELLS,
                    "The Secret \"acr-attach-acrshop\" is invalid: data: " + TELLS,
                    State.REFUSED,
                    "answered 422 to create secrets"));

    private static final KubernetesDiagnosis DIAGNOSIS = new KubernetesDiagnosis(
            Samples.cluster(),
            Kubeconfig.Identity.ENTRA,
            new KubernetesRights(KubernetesRights.Way.API_SERVER, Samples.REGISTRY),
            Optional::empty);

    @Test
    void refusalMeansTheSameByEitherWay(@TempDir Path folder) throws IOException {
        Path said = folder.resolve("said.txt");
        Path kubectl = Files.writeString(folder.resolve("kubectl"), """
                #!/bin/sh
                case $1$2 in
                getnamespaces) echo 'N shop + @' ;;
                create--raw) cat '%s' >&2; exit 1 ;;
                esac
                """.formatted(said));
        assertThat(kubectl.toFile().setExecutable(true)).isTrue();
        try (ClusterUnderTest cluster = ClusterUnderTest.withKubectl(folder)) {
            for (Refusal refusal : RECORDED) {
                Files.writeString(said, refusal.kubectl() + '\n');
                NamespaceOutcome byCommand = found(cluster.secrets()
                                .store(
                                        cluster.privateCluster(),
                                        PullSecretsChecks.SECRET,
                                        Set.of("shop"),
                                        Set.of(),
                                        ReferenceTerms.UNCHANGED))
                        .get(0);
                for (NamespaceOutcome outcome : List.of(byCommand, byHttps(refusal))) {
                    assertThat(outcome.state()).as(refusal.kubectl()).isEqualTo(refusal.state());
                    assertThat(outcome.problem().orElseThrow().cause()).contains(refusal.cause());
                    assertThat(outcome.toString()).doesNotContain("planted", "aHVzaA");
                }
            }
        }
    }

    private static NamespaceOutcome byHttps(Refusal refusal) {
        ApiRequest request =
                ApiRequest.create(ApiRequest.SECRETS, "shop", PullSecretManifest.create(PullSecretsChecks.SECRET));
        return NamespaceProblems.outcome(
                "shop",
                DIAGNOSIS.of(
                        request,
                        refusal.status(),
                        JsonFields.object("{}").put("message", refusal.message()),
                        Optional.empty()));
    }
}
