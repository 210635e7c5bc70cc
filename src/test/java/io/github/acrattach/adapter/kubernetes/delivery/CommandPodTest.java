package io.github.acrattach.adapter.kubernetes.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.Problem.Kind;
import io.github.acrattach.domain.Samples;
import io.github.acrattach.emulator.frontdoor.Fault;
import io.github.acrattach.emulator.http.Answer;
import io.github.acrattach.port.CloudUnavailable;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Why Azure's command pod does not run, in the words of public reports (Azure/azure-cli, issues 22738, 23203, 24192, 25336 and
 * 27776) and of learn.microsoft.com/troubleshoot/azure/azure-kubernetes: it can come as an error, or as a result's reason.
 */
class CommandPodTest {

    private static final String NO_NODE = "Failed to run command due to cluster perf issue, container"
            + " command-357ebc50d40c47a4a247ab6e067d2869 in aks-command namespace did not start within 30s on your cluster,"
            + " retry may helps. If issue persist, you may need to tune your cluster with better performance (larger"
            + " node/paid tier).";
    private static final String NOT_ADMITTED = "Failed to run command in managed cluster due to kubernetes failure."
            + " details: admission webhook \"validation.gatekeeper.sh\" denied the request: [read-only-root] planted";
    private static ClusterUnderTest cluster;

    @BeforeAll
    static void start() {
        cluster = ClusterUnderTest.emulated(estate -> {});
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @BeforeEach
    void reset() {
        cluster.azure.reset();
    }

    static Stream<Answer> withoutANode() {
        return Stream.of(
                flat(400, "KubernetesPerformanceError", NO_NODE),
                flat(400, "KubernetesOperationError", NO_NODE),
                flat(409, "KubernetesOperationError", NO_NODE),
                flat(400, "KubernetesPerformanceError", "Something else."));
    }

    @ParameterizedTest
    @MethodSource("withoutANode")
    void podThatFindsNoNodePassesAndNamesWhatShowsIt(Answer refusal) {
        cluster.azure.faults().add(Fault.reply("/runCommand$", refusal));
        assertNoNode();
    }

    @Test
    void podThatFindsNoNodeMeansTheSameAsAResult() {
        begins();
        result("{\"provisioningState\":\"failed\",\"reason\":\"" + NO_NODE + "\"}");
        assertNoNode();
    }

    @Test
    void resultThatIsNotFoundIsThatOfAPodThatWasNotScheduled() {
        begins();
        cluster.azure
                .faults()
                .add(Fault.reply("commandResults", flat(404, "NotFound", "The command result is not found.")));
        assertNoNode();
    }

    @Test
    void anotherFailureOfKubernetesPasses() {
        cluster.azure
                .faults()
                .add(Fault.reply(
                        "/runCommand$", flat(400, "KubernetesOperationError", "etcdserver: request timed out")));
        assertThatThrownBy(CommandPodTest::look).isInstanceOfSatisfying(CloudUnavailable.class, passing -> assertThat(
                        passing.problem().kind())
                .isEqualTo(Kind.CLUSTER_UNREACHABLE));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ValidatingAdmissionPolicy 'no-root' with binding 'all' denied request: planted | policy 'no-root' with binding 'all'
            violates PodSecurity "restricted:latest": planted                              | does not let Azure start
            unable to validate against any pod security policy: planted                    | does not let Azure start
            """)
    void podThatIsForbiddenIsFinalToo(String refusal, String told) {
        cluster.azure
                .faults()
                .add(Fault.reply(
                        "/runCommand$",
                        flat(
                                400,
                                "KubernetesOperationError",
                                ("Failed to run command in managed cluster due to kubernetes failure. details: pods"
                                                + " \"command-357ebc50\" is forbidden: " + refusal)
                                        .replace("\"", "\\\""))));
        Problem problem = denied();
        assertThat(problem.kind()).isEqualTo(Kind.NOT_ADMITTED);
        assertThat(problem.cause()).contains(told).doesNotContain("planted");
        assertThat(problem.fix()).contains("aks-command");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pods \\\"c\\\" is forbidden: exceeded quota: few, requested: pods=1, used: pods=9, limited: pods=9",
                "pods \\\"c\\\" is forbidden: unable to create new content in namespace aks-command because it is being"
                        + " terminated",
                "Internal error occurred: failed calling webhook \\\"validation.gatekeeper.sh\\\": context deadline"
                        + " exceeded"
            })
    void podThatIsOnlyKeptBackNowPasses(String details) {
        cluster.azure
                .faults()
                .add(Fault.reply(
                        "/runCommand$",
                        flat(
                                400,
                                "KubernetesOperationError",
                                "Failed to run command in managed cluster due to kubernetes failure. details: "
                                        + details)));
        assertThatThrownBy(CommandPodTest::look).isInstanceOf(CloudUnavailable.class);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void webhookThatDoesNotLetThePodInIsNamedAndFinal(boolean asResult) {
        if (asResult) {
            begins();
            result("{\"provisioningState\":\"failed\",\"reason\":\"" + NOT_ADMITTED.replace("\"", "\\\"") + "\"}");
        } else {
            cluster.azure
                    .faults()
                    .add(Fault.reply(
                            "/runCommand$", flat(400, "KubernetesOperationError", NOT_ADMITTED.replace("\"", "\\\""))));
        }
        Problem problem = denied();
        assertThat(problem.kind()).isEqualTo(Kind.NOT_ADMITTED);
        assertThat(problem.cause())
                .contains("webhook \"validation.gatekeeper.sh\"")
                .doesNotContain("planted");
        assertThat(problem.fix()).contains("aks-command");
    }

    @ParameterizedTest
    @ValueSource(strings = {"BadRequest", "RunCommandDisabled"})
    void runCommandThatIsDisabledNamesTheCommandThatEnablesIt(String code) {
        cluster.azure
                .faults()
                .add(Fault.reply(
                        "/runCommand$", flat(400, code, "Run command is disabled for managed cluster aks-shop.")));
        Problem problem = denied();
        assertThat(problem.kind()).isEqualTo(Kind.CLUSTER_UNREACHABLE);
        assertThat(problem.cause()).contains("Run Command is disabled");
        assertThat(problem.fix()).startsWith("az aks update").contains("--enable-run-command");
    }

    private static void assertNoNode() {
        assertThatThrownBy(CommandPodTest::look).isInstanceOfSatisfying(CloudUnavailable.class, passing -> {
            assertThat(passing.problem().kind()).isEqualTo(Kind.CLUSTER_UNREACHABLE);
            assertThat(passing.problem().cause()).contains("no node of the cluster aks-shop takes Azure's command pod");
            assertThat(passing.problem().fix())
                    .startsWith("az aks nodepool list --subscription")
                    .contains("--cluster-name \"aks-shop\"", "nodeTaints", "kubectl get nodes");
        });
    }

    private static Problem denied() {
        return look().denied().orElseThrow();
    }

    private static Lookup<?> look() {
        return cluster.secrets().in(cluster.privateCluster(), Samples.OWNER, RouteChecks.DEFAULT.accounts(), Set.of());
    }

    private static void begins() {
        cluster.azure
                .faults()
                .add(Fault.reply(
                        "/runCommand$",
                        Answer.empty(202)
                                .with("Location", cluster.azure.uri() + "/x/commandResults/1?api-version=2025-09-01")));
    }

    private static void result(String properties) {
        cluster.azure
                .faults()
                .add(Fault.reply(
                        "commandResults",
                        Answer.text(200, Answer.JSON, "{\"id\":\"1\",\"properties\":" + properties + "}")));
    }

    private static Answer flat(int status, String code, String message) {
        return Answer.text(status, Answer.JSON, "{\"code\":\"" + code + "\",\"message\":\"" + message + "\"}");
    }
}
