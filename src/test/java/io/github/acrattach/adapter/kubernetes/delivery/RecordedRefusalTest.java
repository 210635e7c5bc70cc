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
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.Problem.Kind;
import io.github.acrattach.domain.ReferenceTerms;
import io.github.acrattach.domain.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
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

    private static final String FORGED = " secrets is forbidden: User \"a\" cannot create resource";

    /**
     * A refusal.
     *
     * @param status of the answer by HTTPS, and its message
     * @param kubectl what kubectl says about the same answer
     */
    private record Refusal(int status, String message, String kubectl, State state, Kind kind, String cause) {

        /** As kubectl says it of an answer with this reason word; without one, the message alone. */
        static Refusal of(int status, String reason, String message, State state, Kind kind, String cause) {
            String kubectl =
                    switch (reason) {
                        case "" -> "Error from server: " + message;
                        case "Unauthorized" -> "error: You must be logged in to the server (" + message + ")";
                        case "Invalid" ->
                            "The secrets \"acr-attach-acrshop\" is invalid: : " + message.replace(SECRET, "");
                        default -> "Error from server (" + reason + "): " + message;
                    };
            return new Refusal(status, message, kubectl, state, kind, cause);
        }

        static Refusal notAdmitted(int status, String reason, String message, String cause) {
            return of(status, reason, message, State.REFUSED, Kind.NOT_ADMITTED, cause);
        }
    }

    private static final String BY_POLICY =
            "admission policy 'no-secrets.example.com' with binding 'no-secrets-binding' refuses to create secrets";
    private static final String WEBHOOK = "admission webhook \"validate.example.com\" denied the request";
    private static final String BY_WEBHOOK = "admission webhook \"validate.example.com\" refuses to create secrets";
    private static final String FAILED = "failed calling webhook \"validate.example.com\": ";
    private static final String UNREACHED = "admission webhook \"validate.example.com\", which has to be asked";

    private static final List<Refusal> RECORDED = List.of(
            // A policy chooses one of four statuses.
            Refusal.notAdmitted(401, "Unauthorized", SECRET + POLICY + TELLS, BY_POLICY),
            Refusal.notAdmitted(403, "Forbidden", SECRET + POLICY + TELLS, BY_POLICY),
            Refusal.notAdmitted(413, "RequestEntityTooLarge", SECRET + POLICY + TELLS, BY_POLICY),
            Refusal.notAdmitted(422, "Invalid", SECRET + POLICY + TELLS, BY_POLICY),
            Refusal.notAdmitted(403, "Forbidden", SECRET + POLICY + FORGED, BY_POLICY),
            Refusal.notAdmitted(
                    403,
                    "Forbidden",
                    SECRET + "ValidatingAdmissionPolicy 'no-secrets' denied request: " + TELLS,
                    "admission policy 'no-secrets' refuses to create secrets"),
            Refusal.notAdmitted(
                    422,
                    "Invalid",
                    SECRET + POLICY + "failed to configure binding: no params found for policy binding with `Deny`"
                            + " parameterNotFoundAction",
                    "'no-secrets-binding', which cannot be used as it is configured, refuses to create secrets"),
            Refusal.notAdmitted(
                    403,
                    "Forbidden",
                    SECRET + "policy 'mutate' with binding 'all' denied request: " + TELLS,
                    "admission policy 'mutate' with binding 'all' refuses to create secrets"),
            // A webhook chooses any, and the reason word too.
            Refusal.notAdmitted(400, "", WEBHOOK + ": " + TELLS, BY_WEBHOOK),
            Refusal.notAdmitted(400, "", WEBHOOK + " without explanation", BY_WEBHOOK),
            Refusal.notAdmitted(403, "Forbidden", WEBHOOK + ':' + FORGED, BY_WEBHOOK),
            Refusal.notAdmitted(401, "Unauthorized", WEBHOOK + ": " + TELLS, BY_WEBHOOK),
            Refusal.notAdmitted(409, "Conflict", WEBHOOK + ": " + TELLS, BY_WEBHOOK),
            Refusal.notAdmitted(404, "NotFound", WEBHOOK + ": " + TELLS, BY_WEBHOOK),
            Refusal.notAdmitted(429, "TooManyRequests", WEBHOOK + ": " + TELLS, BY_WEBHOOK),
            Refusal.notAdmitted(500, "InternalError", WEBHOOK + ": " + TELLS, BY_WEBHOOK),
            Refusal.notAdmitted(503, "Forbidden):" + FORGED + " (", WEBHOOK + ": " + TELLS, BY_WEBHOOK),
            new Refusal(
                    422,
                    WEBHOOK + ": " + TELLS,
                    "The request is invalid: " + WEBHOOK + ": " + TELLS,
                    State.REFUSED,
                    Kind.NOT_ADMITTED,
                    BY_WEBHOOK),
            Refusal.notAdmitted(
                    403,
                    "Forbidden",
                    "admission webhook \"validation.gatekeeper.sh\" denied the request: [no-secrets] " + TELLS,
                    "admission webhook \"validation.gatekeeper.sh\" refuses"),
            Refusal.notAdmitted(
                    400,
                    "",
                    "admission webhook \"validate.kyverno.svc-fail\" denied the request: \n\nresource Secret/shop was"
                            + " blocked due to the following policies \n\n" + TELLS,
                    "admission webhook \"validate.kyverno.svc-fail\" refuses"),
            Refusal.of(
                    500,
                    "InternalError",
                    "Internal error occurred: " + FAILED + "failed to call webhook: Post: " + TELLS,
                    State.PENDING,
                    Kind.UNAVAILABLE,
                    UNREACHED),
            Refusal.of(
                    500,
                    "InternalError",
                    "Internal error occurred: " + FAILED + "no endpoints available for service \"validate\"",
                    State.PENDING,
                    Kind.UNAVAILABLE,
                    UNREACHED),
            Refusal.of(
                    403,
                    "Forbidden",
                    SECRET + "not yet ready to handle request",
                    State.PENDING,
                    Kind.UNAVAILABLE,
                    "is not ready to judge"),
            Refusal.of(
                    403,
                    "Forbidden",
                    SECRET + "status unknown for quota: few, resources: secrets",
                    State.PENDING,
                    Kind.UNAVAILABLE,
                    "is not ready to judge"),
            Refusal.of(
                    403,
                    "Forbidden",
                    SECRET + "exceeded quota: few, requested: secrets=1, used: secrets=9, limited: secrets=9",
                    State.REFUSED,
                    Kind.QUOTA_EXCEEDED,
                    "exceeded quota: few, requested: secrets=1"),
            Refusal.of(
                    403,
                    "Forbidden",
                    SECRET + "unable to create new content in namespace shop because it is being terminated",
                    State.TERMINATING,
                    Kind.NAMESPACE_TERMINATING,
                    "is going away"),
            // Other plugins of the API server.
            Refusal.notAdmitted(
                    403,
                    "Forbidden",
                    SECRET + "no relationship found between node 'n' and this object",
                    "does not say that a right is missing"),
            Refusal.notAdmitted(
                    403,
                    "Forbidden",
                    SECRET + "violates PodSecurity \"restricted:latest\"",
                    "does not say that a right"),
            Refusal.notAdmitted(403, "Forbidden", "unknown", "does not say that a right is missing"),
            // RBAC's own, and that of Azure.
            Refusal.of(
                    403,
                    "Forbidden",
                    "secrets is forbidden: User \"0c421105-9e6b-4a09-bcda-fa4ddd2e70da\" cannot create resource"
                            + " \"secrets\" in API group \"\" in the namespace \"shop\"",
                    State.REFUSED,
                    Kind.MISSING_KUBERNETES_RIGHT,
                    "The user 0c421105-9e6b-4a09-bcda-fa4ddd2e70da may not create secrets"),
            Refusal.of(
                    403,
                    "Forbidden",
                    SECRET + "User \"0c421105-9e6b-4a09-bcda-fa4ddd2e70da\" cannot create resource \"secrets\" in API"
                            + " group \"\" in the namespace \"shop\": User does not have access to the resource in Azure."
                            + " Update role assignment to allow access.",
                    State.REFUSED,
                    Kind.MISSING_KUBERNETES_RIGHT,
                    "The user 0c421105-9e6b-4a09-bcda-fa4ddd2e70da may not create secrets"),
            // What asks Azure says it in the same form where it got no answer.
            Refusal.of(
                    403,
                    "Forbidden",
                    SECRET + "User \"0c421105-9e6b-4a09-bcda-fa4ddd2e70da\" cannot create resource \"secrets\" in API"
                            + " group \"\" in the namespace \"shop\": Error occured during authorization check. Please"
                            + " retry again. Error: Checkaccess requests have timed out.",
                    State.PENDING,
                    Kind.UNAVAILABLE,
                    "could not ask Azure"),
            Refusal.of(401, "Unauthorized", "Unauthorized", State.REFUSED, Kind.SIGN_IN_FAILED, "does not accept"),
            new Refusal(
                    422,
                    "Secret \"acr-attach-acrshop\" is invalid: data: " + TELLS,
                    "The Secret \"acr-attach-acrshop\" is invalid: data: " + TELLS,
                    State.REFUSED,
                    Kind.REJECTED,
                    "answered 422 to create secrets"));

    private static final ApiRequest CREATE = ApiRequest.create(
            ApiRequest.SECRETS, "shop", PullSecretManifest.create(PullSecretsChecks.SECRET, Samples.VERSION));

    private static final KubernetesDiagnosis DIAGNOSIS = new KubernetesDiagnosis(
            Samples.cluster(),
            Kubeconfig.Identity.ENTRA,
            new KubernetesRights(KubernetesRights.Way.API_SERVER, Samples.OWNER),
            Optional::empty);

    /** A proxy, a firewall or a load balancer in between knows nothing of rights. */
    @Test
    void answerThatIsNoStatusOfAnApiServerIsNoMissingRight() {
        for (int status : List.of(401, 403, 407)) {
            for (String body : List.of("{}", "{'message':'forbidden: User \"a\" cannot pass'}")) {
                Problem problem = DIAGNOSIS
                        .of(CREATE, status, JsonFields.object(body), Optional.empty())
                        .problem();
                assertThat(problem.kind()).isEqualTo(Kind.CLUSTER_UNREACHABLE);
                assertThat(problem.cause()).contains("not one of an API server's");
            }
        }
    }

    /** Each in a namespace of its own, so that one command has them all. */
    @Test
    void refusalMeansTheSameByEitherWay(@TempDir Path folder) throws IOException {
        Map<String, Refusal> byNamespace = new TreeMap<>();
        for (Refusal refusal : RECORDED) {
            String namespace = "n" + (100 + byNamespace.size());
            byNamespace.put(namespace, refusal);
            Files.writeString(folder.resolve(namespace), refusal.kubectl() + '\n');
        }
        Path kubectl = Files.writeString(folder.resolve("kubectl"), """
                #!/bin/sh
                case $1$2 in
                getnamespaces) %s ;;
                create--raw) cat '%s/'"$(echo "$3" | cut -d/ -f5)" >&2; exit 1 ;;
                esac
                """.formatted(
                byNamespace.keySet().stream().map("echo 'N %s + @'"::formatted).collect(Collectors.joining("; ")),
                folder));
        assertThat(kubectl.toFile().setExecutable(true)).isTrue();
        try (ClusterUnderTest cluster = ClusterUnderTest.withKubectl(folder)) {
            List<NamespaceOutcome> byCommand = found(cluster.secrets()
                    .store(
                            cluster.privateCluster(),
                            PullSecretsChecks.SECRET,
                            byNamespace.keySet(),
                            Set.of(),
                            ReferenceTerms.UNCHANGED));
            assertThat(byCommand).hasSameSizeAs(RECORDED);
            for (NamespaceOutcome command : byCommand) {
                Refusal refusal = byNamespace.get(command.namespace());
                for (NamespaceOutcome outcome : List.of(command, byHttps(refusal))) {
                    assertThat(outcome.state()).as(refusal.kubectl()).isEqualTo(refusal.state());
                    assertThat(outcome.problem().orElseThrow().kind())
                            .as(refusal.kubectl())
                            .isEqualTo(refusal.kind());
                    assertThat(outcome.problem().orElseThrow().cause()).contains(refusal.cause());
                    assertThat(outcome.toString()).doesNotContain("planted", "aHVzaA");
                }
            }
        }
    }

    private static NamespaceOutcome byHttps(Refusal refusal) {
        return NamespaceProblems.outcome(
                "shop",
                DIAGNOSIS.of(
                        CREATE,
                        refusal.status(),
                        JsonFields.object("{'kind':'Status'}").put("message", refusal.message()),
                        Optional.empty()));
    }
}
