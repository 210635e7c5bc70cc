package io.github.acrattach.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.acrattach.domain.AzCommand;
import io.github.acrattach.infra.RoleCondition.Act;
import io.github.acrattach.infra.Snapshot.Assignment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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

/** Who gets which role where, and what the identity of the app may not do. */
class GrantedRightsTest {

    private static final String APP = "id-acr-attach";
    private static final String SENDER = "id-acr-attach-events";
    private static final String TOPIC = "77777777-8888-4999-8aaa-bbbbbbbbbbbb";
    private static final String HOME = "/subscriptions/" + Bicep.SUBSCRIPTION;
    private static final String OTHER = "/subscriptions/22222222-3333-4444-8555-666666666666";
    private static final String PULL = "7f951dda-4ed3-4680-a7ca-43fe172d538d";
    private static final String REPOSITORY_READER = "b93aa761-3e63-49ed-ac28-beffa264f7ac";
    private static final String OWNER = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635";

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

    /** What an identity that was taken over could try; of the custom roles nothing but the condition allows any of it. */
    @ParameterizedTest
    @CsvSource({
        "write,  Request,  " + PULL + ",              ServicePrincipal,      true",
        "write,  Request,  " + REPOSITORY_READER + ", ServicePrincipal,      true",
        "delete, Resource, " + PULL + ",              ServicePrincipal,      true",
        "delete, Resource, " + REPOSITORY_READER + ", ServicePrincipal,      true",
        "write,  Request,  " + OWNER + ",             ServicePrincipal,      false",
        "write,  Request,  f58310d9-a9f6-439a-9e8d-f62e7b41a168, ServicePrincipal, false",
        "write,  Request,  acdd72a7-3385-48ef-bd42-f606fba81ae7, ServicePrincipal, false",
        "write,  Request,  8311e382-0749-4cb8-b61a-304f252e45ec, ServicePrincipal, false",
        "write,  Request,  " + PULL + ",              User,                  false",
        "write,  Request,  " + PULL + ",              Group,                 false",
        "write,  Request,  " + PULL + ",              ForeignGroup,          false",
        "write,  Request,  " + PULL + ",              Device,                false",
        "write,  Request,  " + PULL + ",              AgentUser,             false",
        "write,  Request,  " + PULL + ",              AgentServicePrincipal, false",
        "write,  Request,  " + PULL + ",              '',                    false",
        "write,  Request,  '',                        ServicePrincipal,      false",
        "write,  Resource, " + PULL + ",              ServicePrincipal,      false",
        "delete, Resource, " + OWNER + ",             ServicePrincipal,      false",
        "delete, Resource, " + PULL + ",              User,                  false",
        "delete, Resource, " + PULL + ",              Group,                 false",
        "delete, Resource, " + REPOSITORY_READER + ", AgentUser,             false",
        "delete, Request,  " + PULL + ",              ServicePrincipal,      false",
    })
    void conditionAllowsThePullRolesForServicePrincipals(
            String verb, String source, String role, String principalType, boolean allowed) {
        assertThat(RoleCondition.parse(condition())
                        .allows(new Act(
                                "Microsoft.Authorization/roleAssignments/" + verb, source, role, principalType)))
                .isEqualTo(allowed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Microsoft.Authorization/roleDefinitions/write",
                "Microsoft.Authorization/elevateAccess/action",
                "Microsoft.Authorization/locks/delete",
                "Microsoft.Authorization/policyAssignments/write",
                "Microsoft.Storage/storageAccounts/listKeys/action",
                "Microsoft.Storage/storageAccounts/write",
                "Microsoft.Web/sites/write",
                "Microsoft.Web/sites/host/listkeys/action",
                "Microsoft.ManagedIdentity/userAssignedIdentities/assign/action",
                "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/write",
                "Microsoft.ContainerRegistry/registries/write",
                "Microsoft.ContainerRegistry/registries/delete",
                "Microsoft.ContainerRegistry/registries/listCredentials/action",
                "Microsoft.ContainerRegistry/registries/push/write",
                "Microsoft.ContainerService/managedClusters/write",
                "Microsoft.ContainerService/managedClusters/delete",
                "Microsoft.ContainerService/managedClusters/listClusterAdminCredential/action",
                "Microsoft.EventGrid/systemTopics/write",
                "Microsoft.EventGrid/systemTopics/eventSubscriptions/delete",
                "Microsoft.KeyVault/vaults/secrets/read",
                "Microsoft.Resources/deployments/write",
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

    @Test
    void printedCommandsHoldTheConditionOfTheTemplate() throws IOException {
        Matcher printed =
                Pattern.compile("--condition \"([^\"]+)\"").matcher(Files.readString(Path.of("docs/permissions.md")));
        assertThat(printed.results().map(each -> each.group(1))).isNotEmpty().allMatch(condition()::equals);
        assertThat(AzCommand.allow("Microsoft.Authorization/roleAssignments/write", HOME, Optional.empty()))
                .contains("--condition \"" + condition() + '"');
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
                "Microsoft.Authorization/roleAssignments/delete")) {
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

    /** The actions that the sources of the product name as such, but for those that no role of ours is to give. */
    @Test
    void everyActionThatTheCodeNamesIsInARole() throws IOException {
        Pattern action = Pattern.compile(
                "\"(Microsoft\\.(?:Authorization|ContainerRegistry|ContainerService)/[\\w/]+/(?:read|write|delete|action))\"");
        Set<String> named;
        try (Stream<Path> files = Files.walk(Path.of("src/main/java/io/github/acrattach/adapter"))) {
            named = files.filter(Files::isRegularFile)
                    .flatMap(file -> action.matcher(text(file)).results())
                    .map(found -> found.group(1))
                    .collect(Collectors.toSet());
        }
        assertThat(named).hasSizeGreaterThan(6);
        named.removeAll(Set.of(
                // By another switch, or at the registry's own door, with the password that was made.
                "Microsoft.ContainerService/managedClusters/listClusterAdminCredential/action",
                "Microsoft.ContainerRegistry/registries/pull/read"));
        Set<String> given = actionsOf("two-subscriptions");
        given.addAll(actionsOf("secret-method"));
        assertThat(given).containsAll(named);
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
                ? allows(role.path("actions"), "Microsoft.Authorization/roleAssignments/write")
                : BuiltInRoles.name(assignment, snapshot).contains("Access Control");
    }

    private String condition() {
        return bicep.snapshot("default").assignments().stream()
                .map(Assignment::condition)
                .filter(each -> !each.isEmpty())
                .findFirst()
                .orElseThrow();
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

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
