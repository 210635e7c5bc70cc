package io.github.acrattach.adapter.arm;

import static io.github.acrattach.adapter.azure.Answered.error;
import static io.github.acrattach.adapter.azure.Answered.found;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.acrattach.Estates;
import io.github.acrattach.adapter.azure.AzureAt;
import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.AzCommand;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.Problem.Kind;
import io.github.acrattach.domain.PullGrant;
import io.github.acrattach.domain.PullRole;
import io.github.acrattach.domain.RoleAssignment;
import io.github.acrattach.domain.Samples;
import io.github.acrattach.emulator.Client;
import io.github.acrattach.emulator.Emulator;
import io.github.acrattach.emulator.EmulatorOptions;
import io.github.acrattach.emulator.estate.Estate;
import io.github.acrattach.emulator.frontdoor.Fault;
import io.github.acrattach.emulator.http.Answer;
import io.github.acrattach.port.CloudUnavailable;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The real SDK against the emulator. */
class ArmRoleAssignmentsTest {

    private static final ArmId CLUSTER = ArmId.parse(Estates.cluster("aks-shop"));
    private static final ArmId REGISTRY = ArmId.parse(Estates.registry("acrshop"));
    private static final PullGrant GRANT =
            new PullGrant(CLUSTER, REGISTRY, UUID.fromString(Estates.SHOP_KUBELET), PullRole.ACR_PULL);
    private static final String ASSIGNMENTS = "/roleAssignments/";

    private Emulator emulator;
    private ArmRoleAssignments roleAssignments;

    @AfterEach
    void stop() {
        emulator.close();
    }

    private void start(Estate estate) {
        emulator = Emulator.start(EmulatorOptions.of(estate));
        roleAssignments = new ArmRoleAssignments(AzureAt.emulator(emulator), Samples.VERSION);
    }

    @Test
    void makesTheAssignmentWithTypeNameAndDescription() {
        start(Estate.sample());
        assertThat(make()).isInstanceOf(Lookup.Found.class);
        assertThat(emulator.roleAssignments())
                .filteredOn(each -> each.principalId().equals(Estates.SHOP_KUBELET))
                .singleElement()
                .satisfies(made -> {
                    assertThat(made.name()).isEqualTo(GRANT.name().toString());
                    assertThat(made.principalType()).hasToString("ServicePrincipal");
                    assertThat(made.extras().description())
                            .contains(GRANT.description(Samples.VERSION).toString());
                });
    }

    @Test
    void madeTwiceIsOneAssignment() {
        start(Estate.sample());
        assertThat(make()).isInstanceOf(Lookup.Found.class);
        assertThat(make()).isInstanceOf(Lookup.Found.class);
        assertThat(puts()).hasSize(2);
        assertThat(found(at())).filteredOn(GRANT_OF_THE_KUBELET).hasSize(1);
    }

    @Test
    void listsInheritedOnesAcrossPages() {
        emulator = Emulator.start(EmulatorOptions.of(Estates.changed(estate -> Estates.assign(
                        estate, Estates.SHOP_KUBELET, "AcrPull", "/subscriptions/" + Estates.PRODUCTION)))
                .withPageSize(1));
        roleAssignments = new ArmRoleAssignments(AzureAt.emulator(emulator), Samples.VERSION);
        assertThat(found(at()))
                .hasSizeGreaterThan(1)
                .filteredOn(GRANT_OF_THE_KUBELET)
                .singleElement()
                .satisfies(
                        inherited -> assertThat(inherited.scope()).isEqualTo("/subscriptions/" + Estates.PRODUCTION));
    }

    @Test
    void equalOneUnderAnotherNameExists() {
        start(Estates.changed(estate -> Estates.assign(estate, Estates.SHOP_KUBELET, "AcrPull", REGISTRY.toString())));
        assertThat(make()).isInstanceOfSatisfying(Lookup.Denied.class, denied -> assertThat(
                        denied.problem().kind())
                .isEqualTo(Problem.Kind.GRANT_NOT_LISTED));
    }

    /** Its name is the same for the same grant, and Azure gives a name once in a tenant. */
    @ParameterizedTest(name = "{0}")
    @MethodSource
    void nameThatIsTakenIsToldWithAWayRoundIt(String by, String scope, String principal) {
        start(Estate.sample());
        String theirs = scope + "/providers/Microsoft.Authorization/roleAssignments/" + GRANT.name();
        assertThat(Client.you(emulator)
                        .put(
                                theirs,
                                "{'properties':{'roleDefinitionId':'" + GRANT.roleDefinitionId() + "','principalId':'"
                                        + principal + "','principalType':'ServicePrincipal'}}")
                        .status())
                .isEqualTo(201);
        assertThat(make()).isInstanceOfSatisfying(Lookup.Denied.class, denied -> {
            Problem problem = denied.problem();
            assertThat(problem.kind()).isEqualTo(Kind.REJECTED);
            assertThat(problem.cause()).contains(GRANT.name().toString(), "another principal", "another scope");
            assertThat(problem.fix()).startsWith(AzCommand.grantPull(GRANT)).doesNotContain("delete");
        });
        assertThat(puts()).hasSize(2);
        assertThat(emulator.roleAssignments())
                .filteredOn(each -> each.name().equals(GRANT.name().toString()))
                .singleElement()
                .satisfies(each -> assertThat(each.principalId()).isEqualTo(principal));
    }

    static Stream<Arguments> nameThatIsTakenIsToldWithAWayRoundIt() {
        return Stream.of(
                Arguments.of("another principal", REGISTRY.toString(), Estates.PROGRAM),
                Arguments.of("another scope", Estates.registry("acrdata"), Estates.SHOP_KUBELET));
    }

    @Test
    void missingRightIsToldAtOnceAndNeverRetried() {
        start(Estates.changed(estate -> Estates.without(estate, "Role Based Access Control Administrator")));
        assertThat(make()).isInstanceOfSatisfying(Lookup.Denied.class, denied -> {
            Problem problem = denied.problem();
            assertThat(problem.kind()).isEqualTo(Kind.MISSING_RIGHT);
            assertThat(problem.action()).contains("Microsoft.Authorization/roleAssignments/write");
            assertThat(problem.caller()).contains(Estates.PROGRAM);
            assertThat(problem.scope().orElseThrow()).containsIgnoringCase(REGISTRY.toString());
            assertThat(problem.fix())
                    .startsWith("az role assignment create --assignee-object-id \"" + Estates.PROGRAM + "\"")
                    .containsIgnoringCase(REGISTRY.toString());
        });
        assertThat(puts()).hasSize(1);
    }

    /** It holds the right: whoever gave it let it assign AcrPush alone. */
    @Test
    void conditionThatDoesNotAllowThePullRoleIsNoMissingRight() {
        start(Estates.changed(estate -> {
            Estates.without(estate, "Role Based Access Control Administrator");
            Estates.assign(
                            estate,
                            Estates.PROGRAM,
                            "Role Based Access Control Administrator",
                            "/subscriptions/" + Estates.PRODUCTION)
                    .put(
                            "condition",
                            "((!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})) OR"
                                    + " (@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId]"
                                    + " ForAnyOfAnyValues:GuidEquals {8311e382-0749-4cb8-b61a-304f252e45ec}))");
        }));
        assertThat(make()).isInstanceOfSatisfying(Lookup.Denied.class, denied -> {
            Problem problem = denied.problem();
            assertThat(problem.kind()).isEqualTo(Kind.CONDITION_NOT_FULFILLED);
            assertThat(problem.scope()).contains(REGISTRY.toString());
            assertThat(problem.fix())
                    .startsWith("az role assignment list --assignee \"" + Estates.PROGRAM + "\" --scope \"" + REGISTRY)
                    .doesNotContain("az role assignment create");
        });
        assertThat(puts()).hasSize(1);
    }

    @Test
    void principalThatIsTooYoungIsWaitedFor() {
        start(Estate.sample());
        emulator.faults()
                .add(Fault.reply(
                                ASSIGNMENTS,
                                error(
                                        400,
                                        "PrincipalNotFound",
                                        "Principal 1b2c3d4e5f6047189293a4b5c6d7e8f9 does not exist"))
                        .onlyFor("PUT")
                        .times(1));
        assertThat(make()).isInstanceOf(Lookup.Found.class);
        assertThat(puts()).hasSize(2);
    }

    @Test
    void principalThatStaysUnknownIsHandedOnAsSuch() {
        start(Estate.sample());
        emulator.faults()
                .add(Fault.reply(ASSIGNMENTS, error(400, "PrincipalNotFound", "Unknown."))
                        .onlyFor("PUT"));
        assertThatThrownBy(this::make).isInstanceOfSatisfying(CloudUnavailable.class, unavailable -> assertThat(
                        unavailable.problem().kind())
                .isEqualTo(Kind.PRINCIPAL_NOT_FOUND));
    }

    @Test
    void throttlingIsWaitedOutForAsLongAsAzureAsks() {
        start(Estate.sample());
        emulator.faults()
                .add(Fault.reply(
                                ASSIGNMENTS,
                                error(429, "SubscriptionRequestsThrottled", "Too many.")
                                        .with("Retry-After", "2"))
                        .onlyFor("PUT")
                        .times(1));
        assertThat(make()).isInstanceOf(Lookup.Found.class);
        assertThat(Duration.between(puts().get(0).end(), puts().get(1).start()))
                .isBetween(Duration.ofMillis(1900), Duration.ofSeconds(10));
    }

    @Test
    void throttlingForLongerThanACallMayTakeIsHandedOnWithItsTime() {
        start(Estate.sample());
        emulator.faults()
                .add(Fault.reply(
                                ASSIGNMENTS,
                                error(429, "SubscriptionRequestsThrottled", "Too many.")
                                        .with("Retry-After", "60"))
                        .onlyFor("PUT"));
        assertThatThrownBy(this::make).isInstanceOfSatisfying(CloudUnavailable.class, unavailable -> {
            assertThat(unavailable.retryAfter()).contains(Duration.ofSeconds(60));
            assertThat(unavailable.problem().kind()).isEqualTo(Kind.THROTTLED);
        });
        assertThat(puts()).hasSize(1);
    }

    @Test
    void droppedConnectionsAndServerErrorsAreRetried() {
        start(Estate.sample());
        emulator.faults().add(Fault.drop(ASSIGNMENTS).onlyFor("PUT").times(1));
        emulator.faults()
                .add(Fault.reply(ASSIGNMENTS, Answer.text(502, "text/html", "<html>Bad gateway</html>"))
                        .onlyFor("PUT")
                        .times(1));
        assertThat(make()).isInstanceOf(Lookup.Found.class);
        assertThat(puts()).hasSize(3);
    }

    @Test
    void answerThatIsLostAfterTheGrantIsNotAFailure() {
        start(Estate.sample());
        emulator.faults().add(Fault.drop(ASSIGNMENTS).onlyFor("PUT").times(1).afterTheOperation());
        assertThat(make()).isInstanceOf(Lookup.Found.class);
        assertThat(emulator.roleAssignments())
                .filteredOn(each -> each.principalId().equals(Estates.SHOP_KUBELET))
                .hasSize(1);
    }

    @Test
    void pagesThatLeadBackToThemselvesAreNotFollowedForEver() {
        start(Estate.sample());
        String loop = emulator.uri() + REGISTRY.toString()
                + "/providers/Microsoft.Authorization/roleAssignments?api-version=2022-04-01";
        emulator.faults()
                .add(Fault.reply(
                        "roleAssignments$",
                        Answer.text(200, Answer.JSON, "{\"value\":[],\"nextLink\":\"" + loop + "\"}")));
        assertThatThrownBy(this::at).isInstanceOf(CloudUnavailable.class);
        assertThat(emulator.requests().matching(request -> request.path().endsWith("roleAssignments")))
                .hasSizeLessThan(5);
    }

    @Test
    void tokenDoesNotFollowALinkToAnotherHost() {
        start(Estate.sample());
        try (Emulator stranger = Emulator.start(EmulatorOptions.of(Estate.sample()))) {
            emulator.faults()
                    .add(Fault.reply(
                            "roleAssignments$",
                            Answer.text(
                                    200,
                                    Answer.JSON,
                                    "{\"value\":[],\"nextLink\":\"" + stranger.uri() + "/subscriptions\"}")));
            assertThatThrownBy(this::at).isInstanceOf(CloudUnavailable.class);
            assertThat(stranger.requests().list()).isEmpty();
        }
    }

    @Test
    void registryThatIsGoneIsToldFromARefusal() {
        start(Estate.sample());
        ArmId gone = ArmId.parse(Estates.registry("acrgone"));
        PullGrant grant = new PullGrant(CLUSTER, gone, GRANT.principal(), PullRole.ACR_PULL);
        assertThat(roleAssignments.make(grant)).isInstanceOf(Lookup.Absent.class);
    }

    @Test
    void removedByItsIdAndThenAbsent() {
        start(Estate.sample());
        make();
        RoleAssignment made =
                found(at()).stream().filter(GRANT_OF_THE_KUBELET).findFirst().orElseThrow();
        assertThat(made.description())
                .contains(GRANT.description(Samples.VERSION).toString());
        assertThat(remove(made.id())).isEqualTo(new Lookup.Found<>(made.id()));
        assertThat(found(at())).filteredOn(GRANT_OF_THE_KUBELET).isEmpty();
        assertThat(remove(made.id())).isInstanceOf(Lookup.Absent.class);
    }

    @Test
    void missingRightToRemoveIsTold() {
        start(Estate.sample());
        make();
        String id = found(at()).stream()
                .filter(GRANT_OF_THE_KUBELET)
                .findFirst()
                .orElseThrow()
                .id();
        emulator.faults()
                .add(Fault.reply(
                                ASSIGNMENTS,
                                error(
                                        403,
                                        "AuthorizationFailed",
                                        "The client 'x' with object id '" + Estates.PROGRAM
                                                + "' does not have authorization to perform action"
                                                + " 'Microsoft.Authorization/roleAssignments/delete' over scope '" + id
                                                + "' or the scope is invalid."))
                        .onlyFor("DELETE"));
        assertThat(remove(id)).isInstanceOfSatisfying(Lookup.Denied.class, denied -> {
            assertThat(denied.problem().action()).contains("Microsoft.Authorization/roleAssignments/delete");
            assertThat(denied.problem().scope()).contains(REGISTRY.toString());
            assertThat(denied.problem().fix())
                    .contains("Role Based Access Control Administrator", "--scope \"" + REGISTRY + '"');
        });
    }

    private static final java.util.function.Predicate<RoleAssignment> GRANT_OF_THE_KUBELET =
            each -> each.principal().equals(GRANT.principal()) && each.role().equals(PullRole.ACR_PULL.definition());

    private Lookup<PullGrant> make() {
        return roleAssignments.make(GRANT);
    }

    private Lookup<List<RoleAssignment>> at() {
        return roleAssignments.at(REGISTRY);
    }

    private Lookup<String> remove(String id) {
        return roleAssignments.remove(id);
    }

    private List<io.github.acrattach.emulator.frontdoor.RecordedRequest> puts() {
        return emulator.requests().matching(request -> request.method().equals("PUT"));
    }
}
