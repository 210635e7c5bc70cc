package io.github.acrattach.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.acrattach.infra.Snapshot.Assignment;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets which role where. */
class GrantedRightsTest {

    private static final String APP = "id-acr-attach";

    private static final String SENDER = "id-acr-attach-events";

    private static final String TOPIC = "77777777-8888-4999-8aaa-bbbbbbbbbbbb";

    private static final String HOME = "/subscriptions/" + Bicep.SUBSCRIPTION;

    private static final String OTHER = "/subscriptions/22222222-3333-4444-8555-666666666666";

    private final Bicep bicep = Bicep.compiler();

    @Test
    void appAndSenderGetTheseRolesAndNoOther() {
        assertThat(told("default"))
                .containsExactlyInAnyOrder(
                        APP + ": acr-attach reading at the subscription",
                        APP + ": acr-attach granting at the subscription, under the condition",
                        APP + ": Storage Blob Data Owner at the storage account",
                        APP + ": Storage Queue Data Reader at acr-attach-events",
                        APP + ": Storage Queue Data Message Processor at acr-attach-events",
                        APP + ": Storage Queue Data Reader at acr-attach-events-poison",
                        APP + ": Storage Queue Data Message Sender at acr-attach-events-poison",
                        APP + ": Monitoring Metrics Publisher at appi-acr-attach",
                        SENDER + ": Storage Queue Data Message Sender at acr-attach-events",
                        SENDER + ": Storage Blob Data Contributor at acr-attach-dead-letters");
    }

    @Test
    void topicOfSomebodyElseMaySendAndNothingElse() {
        assertThat(told("existing-topic"))
                .filteredOn(each -> each.startsWith(TOPIC))
                .containsExactlyInAnyOrder(
                        TOPIC + ": Storage Queue Data Message Sender at acr-attach-events",
                        TOPIC + ": Storage Blob Data Contributor at acr-attach-dead-letters");
    }

    @Test
    void pullSecretsComeWithTheirOwnRightsAndWithoutThatToGrant() {
        assertThat(told("secret-method"))
                .filteredOn(each -> each.contains("acr-attach "))
                .containsExactlyInAnyOrder(
                        APP + ": acr-attach reading at the subscription",
                        APP + ": acr-attach pull secrets at the subscription");
    }

    @Test
    void scopesBelowASubscriptionGetTheRightsAndNothingAboveThem() {
        assertThat(told("two-subscriptions"))
                .filteredOn(each -> each.contains(OTHER.substring(15)))
                .isEmpty();
        Snapshot snapshot = bicep.snapshot("two-subscriptions");
        assertThat(snapshot.assignments())
                .filteredOn(each -> each.scope().startsWith(OTHER))
                .hasSize(6)
                .allMatch(each -> Set.of(
                                OTHER + "/resourceGroups/clusters",
                                OTHER
                                        + "/resourceGroups/registries/providers/Microsoft.ContainerRegistry/registries/acrshared")
                        .contains(each.scope()));
    }

    @Test
    void builtInRolesStandWhereCustomOnesAreForbidden() {
        assertThat(bicep.snapshot("built-in-roles").customRoles()).isEmpty();
        assertThat(told("built-in-roles"))
                .filteredOn(each -> each.contains(" at the subscription"))
                .containsExactlyInAnyOrder(
                        APP + ": Reader at the subscription",
                        APP + ": Role Based Access Control Administrator at the subscription, under the condition",
                        APP + ": Container Registry Contributor and Data Access Configuration Administrator"
                                + " at the subscription",
                        APP + ": Azure Kubernetes Service Cluster User Role at the subscription",
                        APP + ": Azure Kubernetes Service RBAC Writer at the subscription");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "default",
                "existing-topic",
                "function-delivery",
                "secret-method",
                "java-worker",
                "private-network",
                "two-subscriptions",
                "built-in-roles",
                "enrol"
            })
    void whoeverMayAssignRolesMayDoSoUnderTheConditionAlone(String name) {
        Snapshot snapshot = bicep.snapshot(name);
        assertThat(snapshot.assignments()).isNotEmpty().allSatisfy(each -> {
            assertThat(each.principalType()).isEqualTo("ServicePrincipal");
            if (mayAssignRoles(each, snapshot)) {
                assertThat(each.condition()).isEqualTo(condition());
            } else {
                assertThat(each.condition()).isEmpty();
            }
        });
    }

    /** The list that a reviewer reads: {@code who: role at scope}. */
    private List<String> told(String name) {
        Snapshot snapshot = bicep.snapshot(name);
        return snapshot.assignments().stream()
                .map(each -> each.identity() + ": " + BuiltInRoles.name(each, snapshot) + " at " + place(each.scope())
                        + (each.condition().isEmpty() ? "" : ", under the condition"))
                .toList();
    }

    private static String place(String scope) {
        if (scope.equals(HOME)) {
            return "the subscription";
        }
        return scope.matches(".*/storageAccounts/[^/]+") ? "the storage account" : Snapshot.last(scope);
    }

    private boolean mayAssignRoles(Assignment assignment, Snapshot snapshot) {
        JsonNode role = snapshot.customRoles().get(assignment.role());
        return role != null
                ? role.path("actions").toString().contains("/roleAssignments/write")
                : BuiltInRoles.name(assignment, snapshot).contains("Access Control");
    }

    private String condition() {
        return bicep.snapshot("default").assignments().stream()
                .map(Assignment::condition)
                .filter(each -> !each.isEmpty())
                .findFirst()
                .orElseThrow();
    }
}
