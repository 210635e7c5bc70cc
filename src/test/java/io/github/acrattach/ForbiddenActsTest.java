package io.github.acrattach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.Client;
import io.github.acrattach.emulator.Emulator;
import io.github.acrattach.emulator.EmulatorOptions;
import io.github.acrattach.emulator.Kube;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What somebody may try who acts as the program: with the rights of the templates, each is refused and leaves everything
 * as it was. What has no endpoint here is looked for in the roles ({@code CustomRolesTest}).
 */
class ForbiddenActsTest {

    private static final String SUBSCRIPTION = "/subscriptions/" + Estates.PRODUCTION;
    private static final String GROUP = SUBSCRIPTION + "/resourceGroups/platform";
    private static final String CLUSTER = Estates.cluster("aks-shop");
    private static final String REGISTRY = Estates.registry("acrshop");
    private static final String ASSIGNMENTS = "/providers/Microsoft.Authorization/roleAssignments/";

    private static final String ACR_PULL = "7f951dda-4ed3-4680-a7ca-43fe172d538d";
    private static final String ACR_PUSH = "8311e382-0749-4cb8-b61a-304f252e45ec";
    private static final String OWNER = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635";
    private static final String READER = "acdd72a7-3385-48ef-bd42-f606fba81ae7";
    private static final String ADMINISTRATOR = "f58310d9-a9f6-439a-9e8d-f62e7b41a168";

    private static final String PERSON = "00000000-aaaa-4aaa-8aaa-000000000001";
    private static final String TEAM = "00000000-aaaa-4aaa-8aaa-000000000002";

    private static final String NEW = "00000000-bbbb-4bbb-8bbb-000000000000";
    private static final String PULL_OF_PERSON = "00000000-bbbb-4bbb-8bbb-000000000001";
    private static final String PULL_OF_TEAM = "00000000-bbbb-4bbb-8bbb-000000000002";
    private static final String READER_OF_PERSON = "00000000-bbbb-4bbb-8bbb-000000000003";
    private static final String PUSH_OF_KUBELET = "00000000-bbbb-4bbb-8bbb-000000000004";

    private static Emulator byRole;
    private static Emulator bySecret;

    @BeforeAll
    static void start() {
        byRole = emulator("default");
        bySecret = emulator("secret-method");
    }

    @AfterAll
    static void stop() {
        byRole.close();
        bySecret.close();
    }

    private static Emulator emulator(String file) {
        return Emulator.start(EmulatorOptions.of(Estates.changed(estate -> {
            InstalledRights.of(file).accept(estate);
            // Nothing changes by itself.
            Estates.readyAfter(Duration.ofHours(1), estate);
            principal(estate, PERSON, "User");
            principal(estate, TEAM, "Group");
            assign(estate, PULL_OF_PERSON, PERSON, "AcrPull");
            assign(estate, PULL_OF_TEAM, TEAM, "AcrPull");
            assign(estate, READER_OF_PERSON, PERSON, "Reader");
            assign(estate, PUSH_OF_KUBELET, Estates.SHOP_KUBELET, "AcrPush");
        })));
    }

    private static void principal(ObjectNode estate, String id, String type) {
        estate.withArray("/principals")
                .addObject()
                .put("objectId", id)
                .put("displayName", type)
                .put("type", type);
    }

    private static void assign(ObjectNode estate, String name, String principal, String role) {
        Estates.assign(estate, principal, role, REGISTRY).put("name", name);
    }

    /** Of the rights that it has, the condition keeps it from all but its purpose. */
    static Stream<Arguments> assignments() {
        return Stream.of(
                arguments("make itself the owner", SUBSCRIPTION, OWNER, Estates.PROGRAM, "ServicePrincipal"),
                arguments(
                        "make itself the administrator of rights",
                        REGISTRY,
                        ADMINISTRATOR,
                        Estates.PROGRAM,
                        "ServicePrincipal"),
                arguments("let a cluster push", REGISTRY, ACR_PUSH, Estates.SHOP_KUBELET, "ServicePrincipal"),
                arguments("let a person pull", REGISTRY, ACR_PULL, PERSON, "User"),
                arguments("let a team pull", REGISTRY, ACR_PULL, TEAM, "Group"),
                arguments("let somebody pull without saying who that is", REGISTRY, ACR_PULL, Estates.SHOP_KUBELET, ""),
                arguments("let a cluster read", GROUP, READER, Estates.SHOP_KUBELET, "ServicePrincipal"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("assignments")
    void noOtherRoleIsAssignedAndNobodyElseIsLetIn(
            String act, String scope, String role, String principal, String principalType) {
        String path = scope + ASSIGNMENTS + NEW;
        assertConditionRefuses(byRole, "PUT", path, assignment(role, principal, principalType));
        assertRightIsMissing(bySecret, "PUT", path, assignment(role, principal, principalType));
    }

    @ParameterizedTest
    @ValueSource(strings = {PULL_OF_PERSON, PULL_OF_TEAM, READER_OF_PERSON, PUSH_OF_KUBELET})
    void nobodyElseLosesARole(String name) {
        assertConditionRefuses(byRole, "DELETE", REGISTRY + ASSIGNMENTS + name, "");
        assertRightIsMissing(bySecret, "DELETE", REGISTRY + ASSIGNMENTS + name, "");
    }

    /** ARM knows better, and refuses before it looks at anything else that the condition could be about. */
    @ParameterizedTest
    @ValueSource(strings = {PERSON, TEAM})
    void nobodyIsPassedOffAsAServicePrincipal(String principal) {
        String before = estate(byRole);
        Client.Reply reply =
                program(byRole).put(REGISTRY + ASSIGNMENTS + NEW, assignment(ACR_PULL, principal, "ServicePrincipal"));
        assertThat(reply.status()).isEqualTo(400);
        assertThat(code(reply)).isEqualTo("UnmatchedPrincipalType");
        assertThat(estate(byRole)).isEqualTo(before);
    }

    @Test
    void itsOwnConditionStays() {
        byRole.roleAssignments().stream()
                .filter(each -> each.principalId().equals(Estates.PROGRAM))
                .filter(each -> each.extras().condition().isPresent())
                .forEach(each -> {
                    assertConditionRefuses(
                            byRole,
                            "PUT",
                            each.id(),
                            assignment(each.roleDefinition(), Estates.PROGRAM, "ServicePrincipal"));
                    assertConditionRefuses(byRole, "DELETE", each.id(), "");
                });
    }

    @ParameterizedTest
    @CsvSource({
        "POST, CLUSTER/listClusterAdminCredential",
        "POST, CLUSTER/listClusterUserCredential",
        "POST, CLUSTER/runCommand",
        "POST, CLUSTER/stop",
        "PUT, CLUSTER",
        "PATCH, CLUSTER",
        "DELETE, CLUSTER",
        "PUT, REGISTRY",
        "PATCH, REGISTRY",
        "DELETE, REGISTRY",
        "POST, REGISTRY/generateCredentials",
        "GET, REGISTRY/tokens",
        "PUT, REGISTRY/tokens/mine1",
        "DELETE, REGISTRY/tokens/mine1",
        "PUT, REGISTRY/scopeMaps/mine1",
        "PUT, REGISTRY/providers/Microsoft.Resources/tags/default",
        "PUT, SUBSCRIPTION/resourceGroups/mine",
        "DELETE, GROUP",
        "POST, GROUP/moveResources",
    })
    void methodRoleMakesNothingAndOpensNoCluster(String method, String path) {
        assertRightIsMissing(byRole, method, path(path), "{}");
    }

    @ParameterizedTest
    @CsvSource({
        "POST, CLUSTER/listClusterAdminCredential",
        "PUT, CLUSTER",
        "DELETE, CLUSTER",
        "PUT, REGISTRY",
        "PATCH, REGISTRY",
        "DELETE, REGISTRY",
        "DELETE, GROUP",
        "PUT, REGISTRY/providers/Microsoft.Resources/tags/default",
    })
    void methodSecretLeavesClustersAndRegistriesAsTheyAre(String method, String path) {
        assertRightIsMissing(bySecret, method, path(path), "{}");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, applications",
        "GET, servicePrincipals",
        "GET, directory/deletedItems/microsoft.graph.application",
        "POST, applications",
        "POST, servicePrincipals",
        "GET, organization",
    })
    void directoryIsClosed(String method, String path) {
        for (Emulator emulator : List.of(byRole, bySecret)) {
            Client.Reply reply = Client.of(emulator)
                    .with(emulator.tokenOf(Estates.PROGRAM, "https://graph.microsoft.com"))
                    .send(method, "/v1.0/" + path, "{'displayName':'mine'}");
            assertThat(reply.status()).as(reply.text()).isEqualTo(403);
            assertThat(code(reply)).isEqualTo("Authorization_RequestDenied");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/namespaces", "/api/v1/secrets", "/api/v1/namespaces/shop/serviceaccounts"})
    void methodRoleReadsNothingInACluster(String path) {
        assertThat(Kube.attach(byRole, CLUSTER).get(path).status()).isEqualTo(403);
        assertThat(Kube.attach(bySecret, CLUSTER).get(path).status()).isEqualTo(200);
    }

    @Test
    void methodSecretMakesNoNamespaceAndDeletesNone() {
        Kube cluster = Kube.attach(bySecret, CLUSTER);
        assertThat(cluster.namespace("mine").status()).isEqualTo(403);
        assertThat(cluster.delete("/api/v1/namespaces/shop").status()).isEqualTo(403);
        assertThat(cluster.delete("/api/v1/namespaces/shop/serviceaccounts/default")
                        .status())
                .isEqualTo(403);
    }

    /** So that what is refused above is refused for what it is, and not because nothing works. */
    @Test
    void itsPurposeIsAllowed() {
        String path = REGISTRY + ASSIGNMENTS + NEW;
        Client program = program(byRole);
        assertThat(program.put(path, assignment(ACR_PULL, Estates.SHOP_KUBELET, "ServicePrincipal"))
                        .status())
                .isEqualTo(201);
        assertThat(program.delete(path).status()).isEqualTo(200);
        assertThat(program(bySecret).get(REGISTRY + "/tokens").status()).isEqualTo(200);
    }

    private static void assertConditionRefuses(Emulator emulator, String method, String path, String body) {
        assertThat(refused(emulator, method, path, body)).contains("ABAC condition that is not fulfilled");
    }

    private static void assertRightIsMissing(Emulator emulator, String method, String path, String body) {
        assertThat(refused(emulator, method, path, body)).contains("does not have authorization to perform action");
    }

    private static String refused(Emulator emulator, String method, String path, String body) {
        String before = estate(emulator);
        Client.Reply reply = program(emulator).send(method, path, body);
        assertThat(reply.status()).as(reply.text()).isEqualTo(403);
        assertThat(code(reply)).isEqualTo("AuthorizationFailed");
        assertThat(estate(emulator)).isEqualTo(before);
        return reply.json().at("/error/message").asText();
    }

    private static String code(Client.Reply reply) {
        return reply.json().at("/error/code").asText();
    }

    private static String estate(Emulator emulator) {
        JsonNode estate = Client.of(emulator).get("/_emulator/estate").json();
        return estate.path("resources").toString() + estate.path("roleAssignments");
    }

    private static Client program(Emulator emulator) {
        return Client.armAs(emulator, Estates.PROGRAM_CLIENT, Estates.PROGRAM_SECRET);
    }

    private static String assignment(String role, String principal, String principalType) {
        return "{'properties':{'roleDefinitionId':'" + SUBSCRIPTION
                + "/providers/Microsoft.Authorization/roleDefinitions/" + role + "','principalId':'" + principal + "'"
                + (principalType.isEmpty() ? "" : ",'principalType':'" + principalType + "'") + "}}";
    }

    private static String path(String name) {
        return name.replace("CLUSTER", CLUSTER)
                .replace("REGISTRY", REGISTRY)
                .replace("GROUP", GROUP)
                .replace("SUBSCRIPTION", SUBSCRIPTION);
    }
}
