package io.github.acrattach.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the custom roles allow, and what they do not. */
class CustomRolesTest {

    /** What is used and not named as a right in the code, with the reason. */
    private static final Map<String, String> NAMED_NOWHERE = Map.of(
            "Microsoft.ContainerRegistry/registries/scopeMaps/operationStatuses/read", "the SDK follows a creation",
            "Microsoft.ContainerRegistry/registries/tokens/operationStatuses/read", "the SDK follows a creation",
            "Microsoft.ContainerService/managedClusters/commandResults/read", "what Run Command printed");

    private final Bicep bicep = Bicep.compiler();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Microsoft.Authorization/roleDefinitions/write",
                "Microsoft.Authorization/roleDefinitions/delete",
                "Microsoft.Authorization/roleAssignmentScheduleRequests/write",
                "Microsoft.Authorization/roleEligibilityScheduleRequests/write",
                "Microsoft.Authorization/denyAssignments/delete",
                "Microsoft.Authorization/policyExemptions/write",
                "Microsoft.Authorization/elevateAccess/action",
                "Microsoft.Authorization/locks/delete",
                "Microsoft.Authorization/policyAssignments/write",
                "Microsoft.Storage/storageAccounts/listKeys/action",
                "Microsoft.Storage/storageAccounts/write",
                "Microsoft.Storage/storageAccounts/listAccountSas/action",
                "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/write",
                "Microsoft.Storage/storageAccounts/queueServices/queues/messages/write",
                "Microsoft.Web/sites/write",
                "Microsoft.Web/sites/host/listkeys/action",
                "Microsoft.Web/sites/functions/listkeys/action",
                "Microsoft.Web/sites/config/list/action",
                "Microsoft.Web/sites/publishxml/action",
                "Microsoft.ManagedIdentity/userAssignedIdentities/assign/action",
                "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/write",
                "Microsoft.ContainerRegistry/registries/write",
                "Microsoft.ContainerRegistry/registries/delete",
                "Microsoft.ContainerRegistry/registries/listCredentials/action",
                "Microsoft.ContainerRegistry/registries/regenerateCredential/action",
                "Microsoft.ContainerRegistry/registries/importImage/action",
                "Microsoft.ContainerRegistry/registries/scheduleRun/action",
                "Microsoft.ContainerRegistry/registries/webhooks/write",
                "Microsoft.ContainerRegistry/registries/pull/read",
                "Microsoft.ContainerRegistry/registries/push/write",
                "Microsoft.ContainerRegistry/registries/artifacts/delete",
                "Microsoft.ContainerRegistry/registries/repositories/content/read",
                "Microsoft.ContainerRegistry/registries/repositories/content/write",
                "Microsoft.ContainerService/managedClusters/write",
                "Microsoft.ContainerService/managedClusters/delete",
                "Microsoft.ContainerService/managedClusters/listClusterAdminCredential/action",
                "Microsoft.ContainerService/managedClusters/accessProfiles/listCredential/action",
                "Microsoft.ContainerService/managedClusters/agentPools/write",
                "Microsoft.ContainerService/managedClusters/trustedAccessRoleBindings/write",
                "Microsoft.ContainerService/managedClusters/pods/write",
                "Microsoft.ContainerService/managedClusters/pods/exec/action",
                "Microsoft.ContainerService/managedClusters/namespaces/write",
                "Microsoft.ContainerService/managedClusters/serviceaccounts/delete",
                "Microsoft.ContainerService/managedClusters/serviceaccounts/token/action",
                "Microsoft.ContainerService/managedClusters/rbac.authorization.k8s.io/clusterrolebindings/write",
                "Microsoft.EventGrid/systemTopics/write",
                "Microsoft.EventGrid/systemTopics/eventSubscriptions/delete",
                "Microsoft.KeyVault/vaults/secrets/read",
                "Microsoft.Resources/deployments/write",
                "Microsoft.Resources/deploymentScripts/write",
                "Microsoft.Resources/subscriptions/resourceGroups/write",
                "Microsoft.Resources/subscriptions/resourceGroups/delete",
                "Microsoft.Resources/tags/write",
            })
    void noCustomRoleAllowsWhatIsNotNeeded(String action) {
        for (String name : List.of("default", "secret-method", "two-subscriptions")) {
            assertThat(bicep.snapshot(name).customRoles().values())
                    .isNotEmpty()
                    .noneMatch(
                            role -> allows(role.path("actions"), action) || allows(role.path("dataActions"), action));
        }
    }

    /** What the method secret takes is in no role of the method role, and the other way round. */
    @ParameterizedTest
    @CsvSource({
        "default,       Microsoft.ContainerRegistry/registries/generateCredentials/action",
        "default,       Microsoft.ContainerRegistry/registries/scopeMaps/write",
        "default,       Microsoft.ContainerRegistry/registries/tokens/read",
        "default,       Microsoft.ContainerRegistry/registries/tokens/write",
        "default,       Microsoft.ContainerService/managedClusters/listClusterUserCredential/action",
        "default,       Microsoft.ContainerService/managedClusters/runcommand/action",
        "default,       Microsoft.ContainerService/managedClusters/secrets/read",
        "default,       Microsoft.ContainerService/managedClusters/serviceaccounts/write",
        "secret-method, Microsoft.Authorization/roleAssignments/write",
        "secret-method, Microsoft.Authorization/roleAssignments/delete",
        "two-subscriptions, Microsoft.ContainerService/managedClusters/runcommand/action",
    })
    void noMethodHasTheRightsOfAnother(String name, String action) {
        assertThat(bicep.snapshot(name).customRoles().values())
                .noneMatch(role -> allows(role.path("actions"), action) || allows(role.path("dataActions"), action));
    }

    @Test
    void customRolesNameEachActionAndNoWildcard() {
        for (String name : List.of("default", "secret-method", "two-subscriptions", "enrol")) {
            assertThat(bicep.snapshot(name).customRoles().values()).isNotEmpty().allSatisfy(role -> {
                assertThat(texts(role.path("actions"))).isNotEmpty().noneMatch(action -> action.contains("*"));
                assertThat(texts(role.path("dataActions"))).noneMatch(action -> action.contains("*"));
            });
        }
    }

    @Test
    void customRolesAreAssignableInTheirSubscriptionAloneAndNamedAfterIt() {
        Snapshot snapshot = bicep.snapshot("two-subscriptions");
        List<JsonNode> roles =
                snapshot.ofType("Microsoft.Authorization/roleDefinitions").toList();
        assertThat(roles).hasSize(6).allSatisfy(role -> {
            String scope = role.at("/properties/assignableScopes/0").asText();
            assertThat(role.path("id").asText()).startsWith(scope + "/providers/");
            assertThat(role.at("/properties/roleName").asText()).contains(Snapshot.last(scope));
            assertThat(UUID.fromString(role.path("name").asText())).isNotNull();
        });
    }

    /** What the code asks for is in the table, and what is in the table is in the roles. */
    @Test
    void rolesAllowWhatTheRightsPageSays() throws IOException {
        String page = Files.readString(Path.of("docs/permissions.md"));
        Set<String> actions = actionsOf("two-subscriptions");
        for (String action : List.of(
                "Microsoft.ContainerService/managedClusters/read",
                "Microsoft.ContainerRegistry/registries/read",
                "Microsoft.Authorization/roleAssignments/read",
                "Microsoft.Authorization/roleAssignments/write",
                "Microsoft.Authorization/roleAssignments/delete",
                "Microsoft.Resources/subscriptions/read")) {
            assertThat(page).contains(action);
            assertThat(actions).contains(action);
        }
        assertThat(actions)
                .contains(
                        "Microsoft.ContainerRegistry/registries/tokens/write",
                        "Microsoft.ContainerRegistry/registries/scopeMaps/delete",
                        "Microsoft.ContainerRegistry/registries/generateCredentials/action",
                        "Microsoft.ContainerService/managedClusters/listClusterUserCredential/action")
                .doesNotContain("Microsoft.ContainerService/managedClusters/runcommand/action");
        assertThat(actionsOf("secret-method"))
                .contains(
                        "Microsoft.ContainerService/managedClusters/runcommand/action",
                        "Microsoft.ContainerService/managedClusters/commandResults/read")
                .doesNotContain("Microsoft.Authorization/roleAssignments/write");
    }

    @Test
    void everyActionThatTheCodeNamesIsInARole() {
        Set<String> named = Sources.actions();
        assertThat(named).hasSizeGreaterThan(12);
        named.removeAll(Set.of(
                // By another switch, or at the registry's own door, with the password that was made.
                "Microsoft.ContainerService/managedClusters/listClusterAdminCredential/action",
                "Microsoft.ContainerRegistry/registries/pull/read"));
        Set<String> given = actionsOf("two-subscriptions");
        given.addAll(actionsOf("secret-method"));
        // Built-in roles give these at the queues and the account: InstallPageTest.
        named.removeIf(action -> action.startsWith("Microsoft.Storage/"));
        assertThat(given).containsAll(named);
    }

    /** A right that nothing uses is one that somebody else can use. */
    @Test
    void everyActionOfARoleIsNamedInTheCode() {
        Set<String> given = actionsOf("two-subscriptions");
        given.addAll(actionsOf("secret-method"));
        given.removeAll(NAMED_NOWHERE.keySet());
        assertThat(Sources.actions()).containsAll(given);
    }

    /** The cluster role is the one that the tests run with on a real API server, where each verb is needed. */
    @Test
    void dataActionsAreWhatTheClusterRoleAllows() throws IOException {
        Matcher rule = Pattern.compile("resources: \\[(\\w+)].*?verbs: \\[([^]]+)]", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("docs/kubernetes-role.yaml")).split("\n---\n")[0]);
        Set<String> allowed = rule.results()
                .flatMap(each -> Stream.of(each.group(2).split(", "))
                        .map(verb ->
                                "Microsoft.ContainerService/managedClusters/" + each.group(1) + '/' + inAzure(verb)))
                .collect(Collectors.toSet());
        assertThat(bicep.snapshot("secret-method").customRoles().values().stream()
                        .flatMap(role -> texts(role.path("dataActions"))))
                .containsExactlyInAnyOrderElementsOf(allowed);
    }

    /** learn.microsoft.com/azure/aks/manage-azure-rbac. */
    private static String inAzure(String verb) {
        return switch (verb) {
            case "get", "list" -> "read";
            case "create", "patch" -> "write";
            default -> verb;
        };
    }

    private Set<String> actionsOf(String name) {
        return bicep.snapshot(name).customRoles().values().stream()
                .flatMap(role -> texts(role.path("actions")))
                .collect(Collectors.toSet());
    }

    private static boolean allows(JsonNode actions, String action) {
        return texts(actions).anyMatch(each -> Pattern.compile(
                        Pattern.quote(each).replace("*", "\\E.*\\Q"), Pattern.CASE_INSENSITIVE)
                .matcher(action)
                .matches());
    }

    private static Stream<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText);
    }
}
