package io.github.acrattach.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the custom roles allow, and what they do not. */
class CustomRolesTest {

    private final Bicep bicep = Bicep.compiler();

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
