package io.github.acrattach.adapter.arm;

import static io.github.acrattach.adapter.azure.Answered.error;
import static io.github.acrattach.adapter.azure.Answered.found;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.acrattach.Estates;
import io.github.acrattach.adapter.azure.AzureAt;
import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.DenyAssignment;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.PrincipalKind;
import io.github.acrattach.domain.Problem.Kind;
import io.github.acrattach.domain.PullRole;
import io.github.acrattach.domain.RoleAssignment;
import io.github.acrattach.domain.RoleDefinition;
import io.github.acrattach.domain.Samples;
import io.github.acrattach.emulator.Emulator;
import io.github.acrattach.emulator.EmulatorOptions;
import io.github.acrattach.emulator.frontdoor.Fault;
import io.github.acrattach.emulator.http.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What roles allow, who holds them, and what is forbidden all the same. */
class ArmRolesTest {

    private static final ArmId SHOP = ArmId.parse(Estates.registry("acrshop"));
    private static final UUID CONTRIBUTOR = UUID.fromString("b24988ac-6180-42a0-ab88-20f7382dd24c");
    private static final UUID KUBELET = UUID.fromString("0c0ffee0-0000-4000-8000-00000000000c");
    private static final String DENIALS = "/denyAssignments";

    private static Emulator emulator;

    @BeforeAll
    static void start() {
        emulator = Emulator.start(EmulatorOptions.of(Estates.changed(estate -> {})));
    }

    @AfterAll
    static void stop() {
        emulator.close();
    }

    @BeforeEach
    void reset() {
        emulator.reset();
    }

    @Test
    void roleIsReadOnceAndKeptForAsLongAsItMayBe() {
        var roles = new ArmRoleDefinitions(AzureAt.emulator(emulator));
        RoleDefinition role = found(roles.find(SHOP, CONTRIBUTOR, Duration.ofHours(1)));
        assertThat(role.name()).isEqualTo("Contributor");
        assertThat(role.isCustom()).isFalse();
        assertThat(PullRole.ACR_PULL.isGivenBy(role)).isTrue();
        assertThat(PullRole.REPOSITORY_READER.isGivenBy(role)).isFalse();
        assertThat(roles.find(SHOP, CONTRIBUTOR, Duration.ofHours(1))).isEqualTo(new Lookup.Found<>(role));
        assertThat(requests("/roleDefinitions/")).hasSize(1);
        roles.find(SHOP, CONTRIBUTOR, Duration.ZERO);
        assertThat(requests("/roleDefinitions/")).hasSize(2);
    }

    @Test
    void dataActionsOfARoleAreRead() {
        RoleDefinition reader = found(new ArmRoleDefinitions(AzureAt.emulator(emulator))
                .find(SHOP, PullRole.REPOSITORY_READER.definition(), Duration.ZERO));
        assertThat(PullRole.REPOSITORY_READER.isGivenBy(reader)).isTrue();
        assertThat(PullRole.ACR_PULL.isGivenBy(reader)).isFalse();
    }

    @Test
    void roleThatMayNotBeReadIsDeniedAndNotKept() {
        var roles = new ArmRoleDefinitions(AzureAt.emulator(emulator));
        emulator.faults()
                .add(Fault.reply(
                                ".*/roleDefinitions/.*",
                                error(
                                        403,
                                        "AuthorizationFailed",
                                        "The client 'x' with object id 'y' does not have authorization to perform action"
                                                + " 'Microsoft.Authorization/roleDefinitions/read' over scope '" + SHOP
                                                + "' or the scope is invalid."))
                        .times(1));
        assertThat(roles.find(SHOP, CONTRIBUTOR, Duration.ofHours(1)).denied()).hasValueSatisfying(problem -> {
            assertThat(problem.kind()).isEqualTo(Kind.MISSING_RIGHT);
            assertThat(problem.action()).contains("Microsoft.Authorization/roleDefinitions/read");
        });
        assertThat(roles.find(SHOP, CONTRIBUTOR, Duration.ofHours(1)).found()).isPresent();
    }

    @Test
    void denialsAreReadWithWhomTheyHitAndSpare() {
        emulator.faults()
                .add(Fault.reply(".*" + DENIALS, Answer.text(200, Answer.JSON, """
                {"value":[{"id":"/subscriptions/x/providers/Microsoft.Authorization/denyAssignments/d","properties":{
                "denyAssignmentName":"stack","scope":"SHOP","doNotApplyToChildScopes":true,
                "permissions":[{"actions":["*/read"],"notActions":[],"dataActions":["*"],"notDataActions":[]}],
                "principals":[{"id":"00000000-0000-0000-0000-000000000000","type":"SystemDefined"}],
                "excludePrincipals":[{"id":"KUBELET","type":"ServicePrincipal"}],
                "createdOn":"2026-01-02T03:04:05.6789012Z"}}]}
                """.replace("SHOP", SHOP.toString())
                        .replace("KUBELET", KUBELET.toString()))));
        List<DenyAssignment> denials = found(new ArmDenyAssignments(AzureAt.emulator(emulator)).at(SHOP));
        assertThat(denials).singleElement().satisfies(each -> {
            assertThat(each.name()).isEqualTo("stack");
            assertThat(each.createdOn()).contains(Instant.parse("2026-01-02T03:04:05.678901200Z"));
            assertThat(each.hits(UUID.randomUUID(), SHOP, PullRole.ACR_PULL)).isTrue();
            assertThat(each.hits(UUID.randomUUID(), SHOP, PullRole.REPOSITORY_READER))
                    .isTrue();
            assertThat(each.hits(KUBELET, SHOP, PullRole.ACR_PULL)).isFalse();
        });
        assertThat(requests(DENIALS)).hasSize(1);
    }

    @Test
    void whatReachesAPrincipalIsTheServersAnswerToWhomItIsAssigned() {
        List<RoleAssignment> all = found(new ArmRoleAssignments(AzureAt.emulator(emulator), Samples.VERSION)
                .reaching(UUID.fromString(Estates.PROGRAM), "/subscriptions/" + Estates.PRODUCTION));
        assertThat(all)
                .isNotEmpty()
                .allMatch(each -> each.principal().toString().equals(Estates.PROGRAM))
                .allMatch(each -> each.kind() == PrincipalKind.SERVICE_PRINCIPAL);
    }

    private static List<?> requests(String what) {
        return emulator.requests().matching(each -> each.path().contains(what));
    }
}
