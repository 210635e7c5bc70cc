package io.github.acrattach.adapter.arm;

import static io.github.acrattach.adapter.azure.Answered.error;
import static io.github.acrattach.adapter.azure.Answered.found;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.Estates;
import io.github.acrattach.adapter.azure.AzureAt;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.Problem.Kind;
import io.github.acrattach.domain.installation.OwnGrant;
import io.github.acrattach.domain.installation.Right;
import io.github.acrattach.emulator.Emulator;
import io.github.acrattach.emulator.EmulatorOptions;
import io.github.acrattach.emulator.frontdoor.Fault;
import io.github.acrattach.emulator.http.Answer;
import io.github.acrattach.port.CloudUnavailable;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What ARM says this program may do, in pages of two. */
class ArmPermissionsTest {

    private static final String SCOPE = "/subscriptions/" + Estates.PRODUCTION;
    private static final String SHARED = "/subscriptions/" + Estates.SHARED;

    private static Emulator emulator;

    @BeforeAll
    static void start() {
        emulator = Emulator.start(EmulatorOptions.of(Estates.changed(estate -> {
                    Estates.without(estate, "Role Based Access Control Administrator");
                    ObjectNode bounded =
                            Estates.assign(estate, Estates.PROGRAM, "Role Based Access Control Administrator", SCOPE);
                    bounded.put("condition", "(a condition)");
                    Estates.assign(estate, Estates.PROGRAM, "User Access Administrator", Estates.registry("acrshop"));
                }))
                .withPageSize(2));
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
    void everyPageOfPermissionsIsRead() {
        assertThat(found(permissions().at(SCOPE)))
                .hasSize(5)
                .anyMatch(each -> each.allows(Right.ASSIGN_ROLES.action()))
                .anyMatch(each -> each.allows(Right.FIND_API_SERVERS.action()));
        assertThat(found(permissions().at(SHARED)))
                .as("what is given in another subscription is not told")
                .noneMatch(each -> each.allows(Right.ASSIGN_ROLES.action()));
    }

    @Test
    void ownRolesAreReadWithTheirConditionsAlsoBelow() {
        List<OwnGrant> grants = found(permissions().grants(Estates.PROGRAM, SCOPE));
        assertThat(grants)
                .extracting(OwnGrant::role)
                .contains("Reader", "User Access Administrator", "Role Based Access Control Administrator")
                .doesNotContain("Owner");
        assertThat(grants)
                .filteredOn(each -> each.role().startsWith("Role Based"))
                .singleElement()
                .satisfies(each -> assertThat(each.condition()).contains("(a condition)"));
        assertThat(grants)
                .filteredOn(each -> each.role().startsWith("User Access"))
                .singleElement()
                .satisfies(each -> {
                    assertThat(each.scope()).isEqualToIgnoringCase(Estates.registry("acrshop"));
                    assertThat(each.condition()).isEmpty();
                });
    }

    @Test
    void refusalNamesTheRightAndHowToGetIt() {
        emulator.faults()
                .add(Fault.reply(
                        "/permissions",
                        error(
                                403,
                                "AuthorizationFailed",
                                "The client 'x' with object id '" + Estates.PROGRAM
                                        + "' does not have authorization to perform action"
                                        + " 'Microsoft.Authorization/permissions/read' over scope '" + SCOPE + "'.")));
        assertThat(permissions().at(SCOPE)).isInstanceOfSatisfying(Lookup.Denied.class, denied -> {
            assertThat(denied.problem().kind()).isEqualTo(Kind.MISSING_RIGHT);
            assertThat(denied.problem().action()).contains(Right.READ_PERMISSIONS.action());
            assertThat(denied.problem().fix()).contains("--role \"Reader\"", SCOPE);
        });
    }

    /** Ids end up in commands that people copy. */
    @Test
    void assignmentWhoseIdIsNoneIsLeftOut() {
        emulator.faults()
                .add(Fault.reply(
                        "/roleAssignments$",
                        Answer.text(
                                200,
                                Answer.JSON,
                                "{\"value\":[{\"id\":\"/x\\\"; rm -rf /\",\"properties\":{\"roleDefinitionId\":\"/y\"}},"
                                        + "{\"id\":\"/x\",\"properties\":{\"roleDefinitionId\":\"/y?a=b\"}}]}")));
        assertThat(found(permissions().grants(Estates.PROGRAM, SCOPE))).isEmpty();
    }

    @Test
    void listThatLeadsBackToItselfIsNoAnswer() {
        emulator.faults()
                .add(Fault.reply(
                        "/permissions",
                        Answer.text(
                                200,
                                Answer.JSON,
                                "{\"value\":[],\"nextLink\":\"" + emulator.uri() + SCOPE
                                        + "/providers/Microsoft.Authorization/permissions?api-version=2022-04-01\"}")));
        assertThatThrownBy(() -> permissions().at(SCOPE)).isInstanceOf(CloudUnavailable.class);
    }

    private static ArmPermissions permissions() {
        return new ArmPermissions(AzureAt.emulator(emulator));
    }
}
