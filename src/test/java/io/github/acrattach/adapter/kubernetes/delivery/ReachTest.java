package io.github.acrattach.adapter.kubernetes.delivery;

import static io.github.acrattach.adapter.azure.Answered.error;
import static io.github.acrattach.adapter.azure.Answered.found;
import static io.github.acrattach.adapter.azure.Answered.strayPage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.acrattach.Estates;
import io.github.acrattach.adapter.kubernetes.access.Kubeconfig;
import io.github.acrattach.domain.ApiServerProfile;
import io.github.acrattach.domain.AzCommand;
import io.github.acrattach.domain.Cluster;
import io.github.acrattach.domain.ClusterNamespace;
import io.github.acrattach.domain.Held;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.NamespaceOutcome;
import io.github.acrattach.domain.NamespaceOutcome.State;
import io.github.acrattach.domain.PowerState;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.Problem.Kind;
import io.github.acrattach.domain.ProvisioningState;
import io.github.acrattach.domain.PullSecret;
import io.github.acrattach.domain.Samples;
import io.github.acrattach.emulator.frontdoor.Fault;
import io.github.acrattach.emulator.http.Answer;
import io.github.acrattach.emulator.http.Certificate;
import io.github.acrattach.emulator.http.Port;
import io.github.acrattach.port.CloudUnavailable;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What stands in the way to a cluster, and what is told about it. This program has no right in the cluster. */
class ReachTest {

    private static final String USER = "listClusterUserCredential";
    private static final String ADMIN = "listClusterAdminCredential";
    private static final PullSecret SECRET = ClusterUnderTest.secret("password1@1", "s3cret-value");
    private static ClusterUnderTest cluster;

    @BeforeAll
    static void start() {
        cluster = ClusterUnderTest.start(
                estate -> Estates.without(estate, "Azure Kubernetes Service RBAC Cluster Admin"));
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @BeforeEach
    void clear() {
        cluster.azure.faults().clear();
    }

    @Test
    void missingRightInTheClusterIsToldWithBothWaysToGiveIt() {
        Problem problem = denied(look(cluster.secrets()));
        assertThat(problem.kind()).isEqualTo(Kind.MISSING_KUBERNETES_RIGHT);
        assertThat(problem.cause()).contains(Estates.PROGRAM, "list namespaces", "aks-shop");
        assertThat(problem.caller()).contains(Estates.PROGRAM);
        assertThat(problem.action()).contains("Microsoft.ContainerService/managedClusters/namespaces/read");
        assertThat(problem.fix())
                .contains(
                        "--role \"Azure Kubernetes Service RBAC Writer\"",
                        "kubectl create clusterrolebinding",
                        "--user=" + Estates.PROGRAM);
    }

    @Test
    void missingRightInANamespaceIsAnOutcomeOfThatNamespace() {
        List<NamespaceOutcome> ends = found(store(cluster.secrets(), "default"));
        assertThat(ends.get(0).state()).isEqualTo(State.REFUSED);
        Problem problem = ends.get(0).problem().orElseThrow();
        assertThat(problem.cause()).contains("get secrets in the namespace default");
        assertThat(problem.scope()).contains(Samples.CLUSTER + "/namespaces/default");
    }

    @Test
    void administratorStepsInWhereItIsAllowed() {
        KubernetesPullSecrets secrets = cluster.secrets(true, false);
        String namespace = cluster.namespace("admin");
        assertThat(found(look(secrets))).extracting(ClusterNamespace::name).contains(namespace);
        assertThat(found(store(secrets, namespace))).containsExactly(NamespaceOutcome.of(namespace, State.READY));
    }

    @Test
    void administratorStepsInWhereAzureRefusesTheUser() {
        cluster.azure.faults().add(Fault.reply(USER, forbidden(USER)));
        assertThat(found(look(cluster.secrets(true, false)))).isNotEmpty();
    }

    @Test
    void refusedCredentialNamesTheRoleThatAllowsIt() {
        cluster.azure.faults().add(Fault.reply(USER, forbidden(USER)));
        Problem problem = denied(look(cluster.secrets()));
        assertThat(problem.kind()).isEqualTo(Kind.MISSING_RIGHT);
        assertThat(problem.fix())
                .contains("--role \"Azure Kubernetes Service Cluster User Role\" --scope \"" + Samples.CLUSTER + '"');
    }

    @Test
    void disabledLocalAccountsAreToldBesideTheFirstRefusal() {
        cluster.azure
                .faults()
                .add(Fault.reply(
                        ADMIN,
                        json(
                                400,
                                "{\"code\":\"BadRequest\",\"message\":\"Getting static credential is not allowed because"
                                        + " this cluster is set to disable local accounts.\"}")));
        Problem problem = denied(look(cluster.secrets(true, false)));
        assertThat(problem.kind()).isEqualTo(Kind.MISSING_KUBERNETES_RIGHT);
        assertThat(problem.cause()).contains("no local accounts");
    }

    @Test
    void clusterThatIsGoneIsAbsent() {
        cluster.azure
                .faults()
                .add(Fault.reply(
                        USER,
                        error(
                                404,
                                "ResourceNotFound",
                                "The Resource 'Microsoft.ContainerService/managedClusters/aks-shop' under resource"
                                        + " group 'platform' was not found.")));
        assertThat(look(cluster.secrets())).isInstanceOf(Lookup.Absent.class);
    }

    static Stream<Answer> strays() {
        return Stream.of(strayPage(), error(404, "NotFound", "The command result 1 is not found."));
    }

    @ParameterizedTest
    @MethodSource("strays")
    void clusterIsNotTakenForGoneBecauseItsCredentialsAreNotFound(Answer stray) {
        cluster.azure.faults().add(Fault.reply(USER, stray));
        assertThatThrownBy(() -> look(cluster.secrets())).isInstanceOf(CloudUnavailable.class);
    }

    @ParameterizedTest
    @MethodSource("strays")
    void clusterIsNotTakenForGoneBecauseACommandIsNotFound(Answer stray) {
        commandBegins();
        cluster.azure.faults().add(Fault.reply("commandResults", stray));
        assertThatThrownBy(() -> look(cluster.secrets(), cluster.privateCluster()))
                .isInstanceOf(CloudUnavailable.class);
    }

    @Test
    void tokenThatIsNotAcceptedIsToldWithoutIt() {
        gives(server().toString(), "{token: wr0ng-t0ken}");
        Problem problem = denied(look(cluster.secrets()));
        assertThat(problem.kind()).isEqualTo(Kind.SIGN_IN_FAILED);
        assertThat(problem.toString()).doesNotContain("wr0ng-t0ken");
        assertThat(problem.fix()).contains("az aks rotate-certs" + AzCommand.which(Samples.CLUSTER));
    }

    @Test
    void serverOfAnUnknownNameCannotBeReached() {
        gives("https://no-such-cluster.invalid:443", "{token: a}");
        Problem problem = denied(look(cluster.secrets(), at("no-such-cluster.invalid")));
        assertThat(problem.kind()).isEqualTo(Kind.CLUSTER_UNREACHABLE);
        String which = AzCommand.which(Samples.CLUSTER);
        assertThat(problem.cause()).contains("though the cluster runs").doesNotContain("is stopped", "failed");
        assertThat(problem.fix())
                .contains(
                        "az aks show" + which + " --query",
                        "authorizedIpRanges",
                        "az aks update" + which + " --api-server-authorized-ip-ranges \"")
                .doesNotContain("az aks start");
    }

    @Test
    void clusterMayBeStoppedWhereAzureDoesNotTell() {
        Problem problem = denied(lookInVain(ProvisioningState.SUCCEEDED, PowerState.UNKNOWN));
        assertThat(problem.cause()).contains("the cluster is stopped, or");
        assertThat(problem.fix()).contains("az aks start" + AzCommand.which(Samples.CLUSTER));
    }

    @Test
    void failedOperationIsToldBesideTheSilenceAndHowToRepeatIt() {
        Problem problem = denied(lookInVain(ProvisioningState.FAILED, PowerState.RUNNING));
        assertThat(problem.kind()).isEqualTo(Kind.CLUSTER_UNREACHABLE);
        assertThat(problem.cause()).contains("cannot reach", "failed or was canceled, which may be why");
        assertThat(problem.fix())
                .startsWith("az aks update" + AzCommand.which(Samples.CLUSTER) + "   (")
                .contains("authorizedIpRanges");
    }

    @Test
    void clusterThatIsMadeOrStartedIsWaitedFor() {
        for (Cluster comingUp : List.of(
                at("no-such-cluster.invalid", ProvisioningState.CREATING, PowerState.RUNNING),
                at("no-such-cluster.invalid", ProvisioningState.IN_PROGRESS, PowerState.STARTING))) {
            gives("https://no-such-cluster.invalid:443", "{token: a}");
            assertThatThrownBy(() -> look(cluster.secrets(), comingUp))
                    .isInstanceOfSatisfying(CloudUnavailable.class, unavailable -> {
                        assertThat(unavailable.problem().kind()).isEqualTo(Kind.NOT_READY);
                        assertThat(unavailable.problem().fix()).isEqualTo(Problem.WAITING_HELPS);
                    });
        }
    }

    /** As Azure answers where the cluster was stopped after it was read. */
    @Test
    void commandThatAzureDoesNotRunNowIsWorthAnotherLookAtTheCluster() {
        cluster.azure
                .faults()
                .add(Fault.reply(
                        "runCommand",
                        json(409, "{\"code\":\"OperationNotAllowed\",\"message\":\"The cluster does not run.\"}")));
        assertThatThrownBy(() -> look(cluster.secrets(false, true), cluster.privateCluster()))
                .isInstanceOfSatisfying(CloudUnavailable.class, unavailable -> {
                    assertThat(unavailable.problem().kind()).isEqualTo(Kind.UNAVAILABLE);
                    assertThat(unavailable.problem().scope()).contains(Samples.CLUSTER.toString());
                });
    }

    private static Lookup<List<ClusterNamespace>> lookInVain(ProvisioningState state, PowerState power) {
        gives("https://no-such-cluster.invalid:443", "{token: a}");
        return look(cluster.secrets(), at("no-such-cluster.invalid", state, power));
    }

    private static Cluster at(String host, ProvisioningState state, PowerState power) {
        Cluster sample = at(host);
        return Samples.cluster(
                sample.id(), sample.tags(), state, sample.identity(), sample.apiServer(), power, sample.nodePools());
    }

    @Test
    void privateClusterNamesTheSettingThatReachesIt() {
        gives("https://no-such-cluster.invalid:443", "{token: a}");
        Problem problem = denied(look(
                cluster.secrets(false, false),
                ClusterUnderTest.with(new ApiServerProfile(Set.of("no-such-cluster.invalid"), true, false))));
        assertThat(problem.kind()).isEqualTo(Kind.CLUSTER_UNREACHABLE);
        assertThat(problem.fix()).contains("ACR_ATTACH_KUBERNETES_RUN_COMMAND=true", "VNet");
    }

    @Test
    void serverThatAnotherAuthorityVouchesForIsNotTrusted() {
        gives(
                server().toString(),
                "{token: s3cret-t0ken}",
                Certificate.ofRegistries().pem().getBytes(StandardCharsets.US_ASCII));
        Problem problem = denied(look(cluster.secrets()));
        assertThat(problem.kind()).isEqualTo(Kind.UNTRUSTED_CERTIFICATE);
        assertThat(problem.toString()).doesNotContain("s3cret-t0ken");
    }

    @Test
    void serverThatDoesNotAcceptConnectionsIsWorthWaitingFor() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        gives("https://127.0.0.1:" + free, "{token: a}");
        assertThatThrownBy(() -> look(cluster.secrets(), at("127.0.0.1:" + free)))
                .isInstanceOfSatisfying(
                        CloudUnavailable.class,
                        unavailable -> assertThat(unavailable.problem().kind()).isEqualTo(Kind.UNAVAILABLE));
    }

    /** Whoever it leads to would vouch for himself: the authority stands beside the server. */
    @Test
    void credentialGoesToNobodyButTheClustersOwnApiServer() {
        Queue<String> elsewhere = new ConcurrentLinkedQueue<>();
        URI server = server();
        String own = server.getHost();
        int port = server.getPort();
        try (Port other = listening(elsewhere)) {
            for (String foreign : List.of(
                    "https://localhost:" + other.number(),
                    "https://127.0.0.1:" + other.number(),
                    "https://[::1]:" + other.number(),
                    "https://" + own,
                    "https://localhost.:" + port,
                    "https://" + own + ".evil.example:" + port,
                    "https://evil.example/" + own + ':' + port)) {
                for (String user : List.of("{exec: {command: kubelogin}}", "{}", "{token: s3cret-t0ken}")) {
                    gives(foreign, user, Certificate.ofThisProcess().pem().getBytes(StandardCharsets.US_ASCII));
                    Problem problem = denied(look(cluster.secrets(true, false)));
                    assertThat(problem.kind()).as(foreign + user).isEqualTo(Kind.FOREIGN_ADDRESS);
                    assertThat(problem.toString()).doesNotContain("s3cret-t0ken");
                    assertThat(problem.fix()).startsWith("az aks show" + AzCommand.which(Samples.CLUSTER));
                }
            }
            for (String odd : List.of(
                    "https://" + own + ':' + port + "@localhost:" + other.number(),
                    "https://me@" + own + ':' + port,
                    server + "?x=y",
                    server + "#x")) {
                gives(odd, "{token: s3cret-t0ken}");
                assertThat(denied(look(cluster.secrets(true, false))).cause())
                        .as(odd)
                        .contains("not the https URL of a server alone");
            }
        }
        assertThat(elsewhere).isEmpty();
    }

    @Test
    void credentialOfTheAdministratorIsNoException() {
        Queue<String> elsewhere = new ConcurrentLinkedQueue<>();
        URI server = server();
        try (Port other = listening(elsewhere)) {
            cluster.azure.faults().add(Fault.reply(USER, forbidden(USER)));
            cluster.azure
                    .faults()
                    .add(Fault.reply(
                            ADMIN,
                            kubeconfig(
                                    "https://localhost:" + other.number(),
                                    "{token: s3cret-t0ken}",
                                    Certificate.ofThisProcess().pem().getBytes(StandardCharsets.US_ASCII))));
            Problem problem = denied(look(cluster.secrets(true, false)));
            assertThat(problem.cause()).contains("localhost:" + other.number(), server.getAuthority());
        }
        assertThat(elsewhere).isEmpty();
    }

    @Test
    void clusterOfWhichNoAddressIsShownGetsNoCredential() {
        assertThat(denied(look(cluster.secrets(true, false), at())).kind()).isEqualTo(Kind.FOREIGN_ADDRESS);
    }

    @Test
    void oneOfTheAddressesIsEnoughAndItsCaseDoesNotMatter() {
        Cluster shouted = at("no-such-cluster.invalid", server().getAuthority().toUpperCase(Locale.ROOT));
        assertThat(found(look(cluster.secrets(true, false), shouted))).isNotEmpty();
    }

    @Test
    void apiServerDoesNotSendTheCredentialElsewhere() {
        Queue<String> elsewhere = new ConcurrentLinkedQueue<>();
        try (Port other = listening(elsewhere);
                Port own = Port.https(
                        0,
                        Certificate.ofThisProcess().tls(),
                        request -> Optional.of(Answer.empty(307)
                                .with("Location", "https://localhost:" + other.number() + request.path())))) {
            gives(
                    "https://localhost:" + own.number(),
                    "{token: s3cret-t0ken}",
                    Certificate.ofThisProcess().pem().getBytes(StandardCharsets.US_ASCII));
            assertThat(denied(look(cluster.secrets(), at("localhost:" + own.number())))
                            .cause())
                    .contains("answered 307");
        }
        assertThat(elsewhere).isEmpty();
    }

    @Test
    void kubeconfigThatCannotBeReadIsTold() {
        cluster.azure.faults().add(Fault.reply(USER, json(200, "{\"kubeconfigs\":[]}")));
        assertThat(denied(look(cluster.secrets())).cause()).contains("kubeconfig", "there is none");
        cluster.azure.faults().clear();
        cluster.azure.faults().add(Fault.reply(USER, kubeconfig("a: [s3cret")));
        assertThat(denied(look(cluster.secrets())).toString())
                .contains("not valid YAML", "az aks get-credentials" + AzCommand.which(Samples.CLUSTER))
                .doesNotContain("s3cret");
    }

    @Test
    void refusedCommandNamesTheRoleThatAllowsIt() {
        cluster.azure.faults().add(Fault.reply("runCommand", forbidden("runcommand")));
        Problem problem = denied(look(cluster.secrets(), cluster.privateCluster()));
        assertThat(problem.fix()).contains("--role \"Azure Kubernetes Service Contributor Role\"");
    }

    @Test
    void commandPodThatDoesNotStartIsWorthWaitingFor() {
        commandBegins();
        cluster.azure
                .faults()
                .add(Fault.reply(
                        "commandResults",
                        json(
                                200,
                                "{\"id\":\"1\",\"properties\":{\"provisioningState\":\"failed\",\"reason\":"
                                        + "\"ImagePullBackoff\"}}")));
        assertThatThrownBy(() -> look(cluster.secrets(), cluster.privateCluster()))
                .isInstanceOfSatisfying(CloudUnavailable.class, unavailable -> {
                    assertThat(unavailable.problem().cause()).contains("ImagePullBackoff");
                    assertThat(unavailable.problem().fix())
                            .startsWith("az aks command invoke" + AzCommand.which(Samples.CLUSTER)
                                    + " --command \"kubectl version\"");
                });
    }

    @Test
    void missingRightInTheClusterIsToldByTheCommandToo() {
        if (cluster.real.isEmpty()) {
            return;
        }
        assertThat(denied(look(cluster.secrets(), cluster.privateCluster())).kind())
                .isEqualTo(Kind.MISSING_KUBERNETES_RIGHT);
    }

    @Test
    void hiddenSecretIsNotTakenForNone() {
        if (cluster.real.isEmpty()) {
            return;
        }
        cluster.real
                .get()
                .apply("apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: names}\n"
                        + "rules: [{apiGroups: [''], resources: [namespaces], verbs: [list]}]\n");
        cluster.real.get().bind(Estates.PROGRAM, "names");
        try {
            assertThat(found(look(cluster.secrets()))).isNotEmpty().allSatisfy(each -> assertThat(each.held())
                    .isInstanceOf(Held.Hidden.class));
        } finally {
            cluster.real.get().unbind(Estates.PROGRAM, "names");
        }
    }

    private static void commandBegins() {
        cluster.azure
                .faults()
                .add(Fault.reply(
                        "runCommand",
                        Answer.empty(202)
                                .with("Location", cluster.azure.uri() + "/x/commandResults/1?api-version=2025-09-01")));
    }

    /** The cluster, of which ARM shows these addresses. */
    private static Cluster at(String... hosts) {
        return ClusterUnderTest.with(new ApiServerProfile(Set.of(hosts), false, true));
    }

    private static Port listening(Queue<String> heard) {
        return Port.https(0, Certificate.ofThisProcess().tls(), request -> {
            heard.add(request.path() + request.header("Authorization").orElse(""));
            return Optional.of(Answer.text(200, Answer.JSON, "{\"items\":[]}"));
        });
    }

    private static Kubeconfig given() {
        return found(cluster.credentials().user(cluster.cluster()));
    }

    private static URI server() {
        return given().server();
    }

    private static void gives(String server, String user) {
        cluster.azure.faults().clear();
        gives(server, user, given().authority());
    }

    private static void gives(String server, String user, byte[] authority) {
        cluster.azure.faults().clear();
        cluster.azure.faults().add(Fault.reply(USER, kubeconfig(server, user, authority)));
    }

    private static Answer kubeconfig(String server, String user, byte[] authority) {
        return kubeconfig("current-context: c\nclusters:\n- name: k\n  cluster: {server: '" + server
                + "', certificate-authority-data: "
                + Base64.getEncoder().encodeToString(authority)
                + "}\ncontexts:\n- name: c\n  context: {cluster: k, user: u}\nusers:\n- name: u\n  user: " + user);
    }

    private static Answer kubeconfig(String yaml) {
        String value = Base64.getEncoder().encodeToString(yaml.getBytes(StandardCharsets.UTF_8));
        return json(200, "{\"kubeconfigs\":[{\"name\":\"clusterUser\",\"value\":\"" + value + "\"}]}");
    }

    private static Answer forbidden(String action) {
        return json(
                403,
                "{\"error\":{\"code\":\"AuthorizationFailed\",\"message\":\"The client 'a' with object id '"
                        + Estates.PROGRAM + "' does not have authorization to perform action"
                        + " 'Microsoft.ContainerService/managedClusters/" + action + "/action' over scope '/s'.\"}}");
    }

    private static Answer json(int status, String body) {
        return Answer.text(status, Answer.JSON, body);
    }

    private static Lookup<List<ClusterNamespace>> look(KubernetesPullSecrets secrets) {
        return look(secrets, cluster.cluster());
    }

    private static Lookup<List<ClusterNamespace>> look(KubernetesPullSecrets secrets, Cluster way) {
        return secrets.in(way, Samples.OWNER, RouteChecks.DEFAULT.accounts(), Set.of());
    }

    private static Lookup<List<NamespaceOutcome>> store(KubernetesPullSecrets secrets, String namespace) {
        return secrets.store(cluster.cluster(), SECRET, Set.of(namespace), Set.of(), RouteChecks.DEFAULT);
    }

    private static Problem denied(Lookup<?> answer) {
        assertThat(answer).isInstanceOf(Lookup.Denied.class);
        Problem problem = ((Lookup.Denied<?>) answer).problem();
        assertThat(problem.fix()).isNotBlank();
        assertThat(problem.scope().orElseThrow()).startsWith(Samples.CLUSTER.toString());
        return problem;
    }
}
