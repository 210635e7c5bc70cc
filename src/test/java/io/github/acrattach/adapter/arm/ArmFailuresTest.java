package io.github.acrattach.adapter.arm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.acrattach.Estates;
import io.github.acrattach.adapter.azure.Azure;
import io.github.acrattach.adapter.azure.AzureAt;
import io.github.acrattach.adapter.azure.ManagedClusters;
import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.Cluster;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.Problem.Kind;
import io.github.acrattach.emulator.Emulator;
import io.github.acrattach.emulator.EmulatorOptions;
import io.github.acrattach.emulator.estate.Estate;
import io.github.acrattach.emulator.frontdoor.Fault;
import io.github.acrattach.emulator.http.Answer;
import io.github.acrattach.port.CloudUnavailable;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every envelope in which Azure is known to answer an error, read by the real SDK from the emulator. */
class ArmFailuresTest {

    private static final ArmId CLUSTER = ArmId.parse(Estates.cluster("aks-shop"));
    private static final Emulator EMULATOR = Emulator.start(EmulatorOptions.of(Estate.sample()));
    private static final ArmClusters CLUSTERS = clusters(AzureAt.emulator(EMULATOR));
    private static final String DENIED =
            "The client 'app' with object id '0c421105-9e6b-4a09-bcda-fa4ddd2e70da' does not"
                    + " have authorization to perform action 'Microsoft.ContainerService/managedClusters/read' over scope '/s'"
                    + " or the scope is invalid.";
    /** As long as it is: the action that is missing stands at its end. */
    private static final String LINKED = "The client 'app' with object id '0c421105-9e6b-4a09-bcda-fa4ddd2e70da' has"
            + " permission to perform action 'a/b/write' on scope '/subscriptions/" + "long-".repeat(180)
            + "'; however, it does not have permission to perform"
            + " action(s) 'Microsoft.ContainerService/managedClusters/read' on the linked scope(s) '/s' or the linked"
            + " scope(s) are invalid.";

    @AfterAll
    static void stop() {
        EMULATOR.close();
    }

    @BeforeEach
    void reset() {
        EMULATOR.reset();
    }

    static Stream<Arguments> permanent() {
        return Stream.of(
                arguments(
                        json(403, "{\"error\":{\"code\":\"AuthorizationFailed\",\"message\":\"" + DENIED + "\"}}"),
                        Kind.MISSING_RIGHT),
                arguments(
                        json(403, "{\"code\":\"AuthorizationFailed\",\"message\":\"" + DENIED + "\"}"),
                        Kind.MISSING_RIGHT),
                arguments(
                        json(403, "{\"Code\":\"AuthorizationFailed\",\"Message\":\"" + DENIED + "\"}"),
                        Kind.MISSING_RIGHT),
                arguments(
                        json(403, "{\"Error\":{\"Code\":\"AuthorizationFailed\",\"Message\":\"" + DENIED + "\"}}"),
                        Kind.MISSING_RIGHT),
                arguments(
                        json(
                                403,
                                "{\"error\":{\"code\":\"LinkedAuthorizationFailed\",\"message\":\"" + LINKED + "\"}}"),
                        Kind.MISSING_RIGHT),
                arguments(Answer.empty(403), Kind.REJECTED),
                arguments(Answer.text(403, "text/html", "<html>Blocked</html>"), Kind.REJECTED),
                arguments(
                        json(403, "{\"error\":{\"code\":\"RequestDisallowedByPolicy\",\"message\":\"Policy.\"}}"),
                        Kind.DISALLOWED_BY_POLICY),
                arguments(
                        json(
                                401,
                                "{\"error\":{\"code\":\"InvalidAuthenticationTokenTenant\",\"message\":\"Tenant.\"}}"),
                        Kind.SIGN_IN_FAILED),
                arguments(json(400, "{\"error\":{\"code\":\"Odd\",\"message\":\"Odd.\"}}"), Kind.REJECTED),
                arguments(
                        json(400, "{\"error\":{\"code\":\"RoleAssignmentLimitExceeded\",\"message\":\"4000.\"}}"),
                        Kind.LIMIT_EXCEEDED),
                arguments(json(409, "{\"error\":{\"code\":\"ScopeLocked\",\"message\":\"Locked.\"}}"), Kind.LOCKED),
                arguments(
                        json(
                                409,
                                "{\"error\":{\"code\":\"MissingSubscriptionRegistration\",\"message\":\"The subscription is not registered to use namespace 'Microsoft.ContainerService'.\"}}"),
                        Kind.NOT_REGISTERED),
                arguments(Answer.text(400, "text/html", "<html>no</html>"), Kind.REJECTED));
    }

    @ParameterizedTest
    @MethodSource("permanent")
    void permanentRefusalIsAnAnswerAndNeverRetried(Answer answer, Kind kind) {
        EMULATOR.faults().add(Fault.reply("managedClusters", answer));
        assertThat(find()).isInstanceOfSatisfying(Lookup.Denied.class, denied -> assertTells(denied.problem(), kind));
        assertThat(calls()).isEqualTo(1);
    }

    static Stream<Arguments> passing() {
        return Stream.of(
                arguments(
                        json(503, "{\"error\":{\"code\":\"ServiceUnavailable\",\"message\":\"Busy.\"}}"),
                        Kind.UNAVAILABLE),
                arguments(Answer.text(502, "text/html", "<html>Bad gateway</html>"), Kind.UNAVAILABLE),
                arguments(Answer.empty(500), Kind.UNAVAILABLE),
                arguments(
                        json(429, "{\"error\":{\"code\":\"SubscriptionRequestsThrottled\",\"message\":\"Slow.\"}}"),
                        Kind.THROTTLED),
                arguments(
                        json(409, "{\"error\":{\"code\":\"AnotherOperationInProgress\",\"message\":\"Busy.\"}}"),
                        Kind.UNAVAILABLE),
                arguments(
                        json(400, "{\"error\":{\"code\":\"AnotherOperationInProgress\",\"message\":\"Busy.\"}}"),
                        Kind.UNAVAILABLE),
                arguments(
                        json(
                                409,
                                "{\"code\":\"OperationNotAllowed\",\"message\":\"Operation is not allowed: Another operation"
                                        + " (Updating) is in progress, please wait for it to finish before starting a new"
                                        + " operation. See https://aka.ms/aks-pending-operation for more details\"}"),
                        Kind.UNAVAILABLE),
                arguments(
                        json(
                                400,
                                "{\"code\":\"BadRequest\",\"message\":\"Operation is not allowed: Another agentpool operation"
                                        + " (nodepool1 - Creating) is in progress, please wait.\"}"),
                        Kind.UNAVAILABLE),
                arguments(
                        json(
                                412,
                                "{\"code\":\"EtagMismatch\",\"message\":\"Operation is not allowed: Another operation is in"
                                        + " progress\"}"),
                        Kind.UNAVAILABLE),
                arguments(
                        json(400, "{\"code\":\"OriginalEtagNotExpect\",\"message\":\"Preempted.\"}"), Kind.UNAVAILABLE),
                arguments(json(200, "{\"id\": "), Kind.UNAVAILABLE));
    }

    @ParameterizedTest
    @MethodSource("passing")
    void passingFaultIsAFailureThatSaysSo(Answer answer, Kind kind) {
        // Asking for a longer wait than a call may take spares the test the retries.
        EMULATOR.faults().add(Fault.reply("managedClusters", answer.with("Retry-After", "99")));
        assertThatThrownBy(this::find).isInstanceOfSatisfying(CloudUnavailable.class, unavailable -> {
            assertTells(unavailable.problem(), kind);
            assertThat(unavailable.retryAfter()).contains(Duration.ofSeconds(99));
        });
    }

    @Test
    void connectionThatIsAlwaysDroppedIsUnavailableInTheEnd() {
        EMULATOR.faults().add(Fault.drop("managedClusters"));
        assertThatThrownBy(this::find)
                .isInstanceOfSatisfying(
                        CloudUnavailable.class, unavailable -> assertTells(unavailable.problem(), Kind.UNAVAILABLE));
    }

    @Test
    void answerWithoutABodyIsNotMistakenForAbsence() {
        EMULATOR.faults().add(Fault.reply("managedClusters", Answer.empty(200)));
        assertThatThrownBy(this::find)
                .isInstanceOfSatisfying(
                        CloudUnavailable.class, unavailable -> assertTells(unavailable.problem(), Kind.UNAVAILABLE));
    }

    @Test
    void pageOfAProxyIsNoAnswer() {
        EMULATOR.faults().add(Fault.reply("managedClusters", Answer.text(200, "text/html", "<html>Sign in</html>")));
        assertThatThrownBy(this::find).isInstanceOfSatisfying(CloudUnavailable.class, unavailable -> assertThat(
                        unavailable.problem().cause())
                .contains("text/html"));
    }

    @Test
    void answerAboutAnotherClusterIsNoAnswer() {
        EMULATOR.faults()
                .add(Fault.reply("managedClusters", json(200, "{\"id\":\"" + Estates.cluster("aks-late") + "\"}")));
        assertThatThrownBy(this::find).isInstanceOf(CloudUnavailable.class);
    }

    @Test
    void itemThatCannotBeReadDoesNotHideTheOthers() {
        EMULATOR.faults()
                .add(Fault.reply(
                        "managedClusters$",
                        json(200, "{\"value\":[{},{\"id\":\"a b\"},{\"id\":\"" + CLUSTER + "\"}]}")));
        assertThat(CLUSTERS.in(CLUSTER.subscription()))
                .isInstanceOfSatisfying(Lookup.Found.class, found -> assertThat(found.value())
                        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                        .hasSize(1));
    }

    @Test
    void subscriptionThatDoesNotExistIsTold() {
        assertThat(CLUSTERS.in(java.util.UUID.fromString("11111111-1111-4111-8111-111111111111")))
                .isInstanceOfSatisfying(
                        Lookup.Denied.class,
                        denied -> assertThat(denied.problem().cause()).contains("subscription does not exist"));
    }

    @Test
    void textOfAnAnswerCannotSmuggleACommandIntoTheFix() {
        EMULATOR.faults()
                .add(Fault.reply(
                        "managedClusters",
                        json(
                                403,
                                "{\"error\":{\"code\":\"AuthorizationFailed\",\"message\":\"The client 'x' with object id"
                                        + " '$(reboot)' does not have authorization to perform action 'a;reboot' over scope"
                                        + " '/x;reboot'.\"}}")));
        assertThat(find()).isInstanceOfSatisfying(Lookup.Denied.class, denied -> assertThat(
                        denied.problem().fix())
                .doesNotContain("reboot")
                .contains(Estates.PROGRAM));
    }

    @Test
    void wrongSecretIsASignInFailureThatDoesNotShowIt() {
        ArmClusters unknown = clusters(AzureAt.emulator(EMULATOR, Map.of("client-secret", "wr0ng-s3cret")));
        assertThat(unknown.find(CLUSTER)).isInstanceOfSatisfying(Lookup.Denied.class, denied -> {
            assertTells(denied.problem(), Kind.SIGN_IN_FAILED);
            assertThat(denied.problem().toString()).contains("AADSTS7000215").doesNotContain("wr0ng-s3cret");
        });
    }

    @Test
    void throttledSignInIsHandedOnWithItsTime() {
        EMULATOR.faults().add(Fault.reply("oauth2/v2.0/token", Answer.empty(429).with("Retry-After", "60")));
        ArmClusters unsigned = clusters(AzureAt.emulator(EMULATOR));
        assertThatThrownBy(() -> unsigned.find(CLUSTER)).isInstanceOfSatisfying(CloudUnavailable.class, unavailable -> {
            assertThat(unavailable.problem().kind()).isEqualTo(Kind.THROTTLED);
            assertThat(unavailable.problem().cause()).contains("it answered 429.");
            assertThat(unavailable.retryAfter()).contains(Duration.ofSeconds(60));
        });
    }

    @Test
    void fieldsThatANewerAzureAddsDoNotMatter() {
        EMULATOR.faults()
                .add(Fault.reply(
                        "managedClusters",
                        json(
                                200,
                                "{\"id\":\"" + CLUSTER + "\",\"new\":{\"a\":[1]},\"tags\":{\"a\":null},"
                                        + "\"properties\":{\"provisioningState\":\"Succeeded\",\"newer\":true}}")));
        assertThat(find()).isInstanceOf(Lookup.Found.class);
    }

    private static ArmClusters clusters(Azure azure) {
        return new ArmClusters(azure, new ManagedClusters(azure));
    }

    private Lookup<Cluster> find() {
        return CLUSTERS.find(CLUSTER);
    }

    private static long calls() {
        return EMULATOR.requests()
                .matching(request -> request.path().contains("managedClusters"))
                .size();
    }

    private static void assertTells(Problem problem, Kind kind) {
        assertThat(problem.kind()).isEqualTo(kind);
        assertThat(problem.cause()).isNotBlank();
        assertThat(problem.fix()).isNotBlank();
        assertThat(problem.action()).contains("Microsoft.ContainerService/managedClusters/read");
        assertThat(problem.scope()).isPresent();
        if (kind != Kind.SIGN_IN_FAILED) {
            assertThat(problem.caller()).isPresent();
        }
    }

    private static Answer json(int status, String body) {
        return Answer.text(status, Answer.JSON, body);
    }
}
