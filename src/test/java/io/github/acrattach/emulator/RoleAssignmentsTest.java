package io.github.acrattach.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.acrattach.emulator.estate.Tenant;
import io.github.acrattach.emulator.http.Json;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RoleAssignmentsTest extends Running {
    private static final String NAME = "11111111-2222-4333-8444-555555555555";
    private static final int LIMIT = 10;
    private static final String OTHER = "66666666-7777-4888-8999-aaaaaaaaaaaa";
    private static final String LOCKED = Sample.SHARED + "/resourceGroups/shared";

    @Override
    EmulatorOptions options() {
        return EmulatorOptions.of(Sample.changed(estate -> estate.withArray("/locks")
                        .add(Json.object().put("scope", LOCKED).put("level", "ReadOnly"))))
                .withRoleAssignmentLimit(LIMIT)
                .withPrincipalReplication(Duration.ofMinutes(4));
    }

    @Test
    void theAnswerToACreationIsShapedLikeTheRecordedOne() {
        Client.Reply reply = put(NAME, Sample.ACR_PULL, Sample.SHOP_KUBELET, "ServicePrincipal");
        JsonNode properties = reply.json().path("properties");

        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.json().properties().stream().map(Map.Entry::getKey))
                .containsExactly("properties", "id", "type", "name");
        assertThat(properties.properties().stream().map(Map.Entry::getKey))
                .containsExactly(
                        "roleDefinitionId",
                        "principalId",
                        "principalType",
                        "scope",
                        "condition",
                        "conditionVersion",
                        "createdOn",
                        "updatedOn",
                        "createdBy",
                        "updatedBy",
                        "delegatedManagedIdentityResourceId",
                        "description");
        assertThat(properties.path("roleDefinitionId").asText())
                .isEqualTo(Sample.PRODUCTION + Sample.DEFINITIONS + "/" + Sample.ACR_PULL);
        assertThat(properties.path("scope").asText()).isEqualTo(Sample.ACR_SHOP);
        assertThat(properties.path("createdBy").isNull()).isTrue();
        assertThat(properties.path("updatedBy").asText()).isEqualTo(Sample.ATTACH_OBJECT);
        assertThat(reply.json().path("id").asText()).isEqualTo(Sample.ACR_SHOP + Sample.ASSIGNMENTS + "/" + NAME);
    }

    @Test
    void theSameAgainIsFoundThere() {
        put(NAME, Sample.ACR_PULL, Sample.SHOP_KUBELET, "ServicePrincipal");
        Client.Reply again = put(NAME, Sample.ACR_PULL, Sample.SHOP_KUBELET, "ServicePrincipal");

        assertThat(again.status()).isEqualTo(200);
        assertThat(again.json().path("properties").path("createdBy").asText()).isEqualTo(Sample.ATTACH_OBJECT);
    }

    @Test
    void whoMadeItIsSaidByEveryAnswerButThatToItsCreation() {
        put(NAME, Sample.ACR_PULL, Sample.SHOP_KUBELET, "ServicePrincipal");
        String path = Sample.ACR_SHOP + Sample.ASSIGNMENTS + "/" + NAME;
        String described = Sample.assignment(Sample.ACR_PULL, Sample.SHOP_KUBELET, "ServicePrincipal")
                .replace("'principalType'", "'description':'changed','principalType'");
        Client you = Client.you(emulator);
        assertThat(you.put(path, described).status()).isEqualTo(200);

        JsonNode properties = you.get(path).json().path("properties");
        assertThat(properties.path("createdBy").asText()).isEqualTo(Sample.ATTACH_OBJECT);
        assertThat(properties.path("updatedBy").asText()).isEqualTo(Sample.YOU_OBJECT);
        assertThat(properties.path("updatedOn").asText())
                .isGreaterThan(properties.path("createdOn").asText());
        assertThat(creatorsAt(Sample.ACR_SHOP, Sample.SHOP_KUBELET)).containsExactly(Sample.ATTACH_OBJECT);
    }

    @Test
    void othersMakeAssignmentsThroughTheControls() {
        Client anybody = Client.of(emulator);
        String grant = "'scope':'" + Sample.ACR_SHOP + "','principalId':'" + Sample.SHOP_KUBELET + "','role':'AcrPull'";
        Client.Reply made = anybody.post(
                "/_emulator/roleAssignments",
                "{" + grant + ",'name':'" + NAME + "','description':'planted','createdBy':'" + Sample.YOU_OBJECT
                        + "'}");

        assertThat(made.status()).isEqualTo(201);
        assertThat(made.json())
                .isEqualTo(Client.attach(emulator)
                        .get(Sample.ACR_SHOP + Sample.ASSIGNMENTS + "/" + NAME)
                        .json());
        assertThat(made.json().path("properties").path("createdBy").asText()).isEqualTo(Sample.YOU_OBJECT);
        assertThat(made.json().path("properties").path("description").asText()).isEqualTo("planted");
        assertThat(anybody.post("/_emulator/roleAssignments", "{" + grant + "}").status())
                .isEqualTo(409);
        assertThat(anybody.post("/_emulator/roleAssignments", "{" + grant.replace("AcrPull", "King") + "}")
                        .json()
                        .path("error")
                        .asText())
                .isEqualTo("role: The role King to be assigned is neither built in nor one of the estate's own");
        anybody.post("/_emulator/roleAssignments", "{" + grant.replace("AcrPull", "AcrPush") + "}");
        assertThat(creatorsAt(Sample.ACR_SHOP, Sample.SHOP_KUBELET))
                .containsExactlyInAnyOrder(Sample.YOU_OBJECT, Tenant.ADMINISTRATOR);
        assertThat(creatorsAt(Sample.ACR_SHOP, Sample.ATTACH_OBJECT)).containsOnly(Tenant.ADMINISTRATOR);
    }

    @Test
    void aNameIsNotGivenToAnotherRoleOrPrincipal() {
        put(NAME, Sample.ACR_PULL, Sample.SHOP_KUBELET, "ServicePrincipal");

        assertRefused(
                put(NAME, Sample.ACR_PUSH, Sample.SHOP_KUBELET, "ServicePrincipal"),
                400,
                "RoleAssignmentUpdateNotPermitted",
                "Tenant ID, application ID, principal ID, and scope are not allowed to be updated.");
        assertRefused(
                put(NAME, Sample.ACR_PULL, Sample.ATTACH_OBJECT, "ServicePrincipal"),
                400,
                "RoleAssignmentUpdateNotPermitted",
                "");
    }

    /** learn.microsoft.com/azure/role-based-access-control/role-assignments: unique in the tenant, even if the scope is narrower. */
    @Test
    void aNameIsGivenOnceInTheTenant() {
        put(NAME, Sample.ACR_PULL, Sample.SHOP_KUBELET, "ServicePrincipal");
        Client.Reply elsewhere = Client.you(emulator)
                .put(
                        Sample.PRODUCTION + Sample.ASSIGNMENTS + "/" + NAME,
                        "{'properties':{'roleDefinitionId':'" + Sample.PRODUCTION + Sample.DEFINITIONS + "/"
                                + Sample.ACR_PULL + "','principalId':'" + Sample.SHOP_KUBELET
                                + "','principalType':'ServicePrincipal'}}");
        assertRefused(
                elsewhere,
                400,
                "RoleAssignmentUpdateNotPermitted",
                "Tenant ID, application ID, principal ID, and scope are not allowed to be updated.");
    }

    @Test
    void theSameRoleUnderAnotherNameIsAConflictThatNamesTheFirst() {
        put(NAME, Sample.ACR_PULL, Sample.SHOP_KUBELET, "ServicePrincipal");

        assertRefused(
                put(OTHER, Sample.ACR_PULL, Sample.SHOP_KUBELET.toUpperCase(), "ServicePrincipal"),
                409,
                "RoleAssignmentExists",
                "The role assignment already exists. The ID of the existing role assignment is"
                        + " 11111111222243338444555555555555.");
    }

    @Test
    void aYoungIdentityIsFoundOnlyWhenItsTypeIsSent() {
        JsonNode cluster = Client.you(emulator)
                .put(
                        Sample.PLATFORM + Sample.CLUSTERS + "/aks-new",
                        "{'location':'westeurope','identity':{'type':'SystemAssigned'}}")
                .json();
        String kubelet = Json.text(cluster, "properties", "identityProfile", "kubeletidentity", "objectId")
                .orElseThrow();

        assertRefused(
                put(NAME, Sample.ACR_PULL, kubelet, ""),
                400,
                "PrincipalNotFound",
                "Principal " + kubelet.replace("-", "") + " does not exist in the directory " + Sample.TENANT + ".");
        assertThat(put(NAME, Sample.ACR_PULL, kubelet, "ServicePrincipal").status())
                .isEqualTo(201);
        emulator.clock().advance(Duration.ofMinutes(4));
        assertThat(put(OTHER, Sample.ACR_PUSH, kubelet, "").status()).isEqualTo(201);
    }

    @Test
    void bodiesAreChecked() {
        String unknown = "99999999-2222-4333-8444-555555555555";

        assertRefused(
                put("shop-pull", Sample.ACR_PULL, Sample.SHOP_KUBELET, ""),
                400,
                "InvalidRoleAssignmentId",
                "The role assignment ID 'shop-pull' is not valid. The role assignment ID must be a GUID.");
        assertRefused(
                put(NAME, Sample.ACR_PULL, "kubelet", ""),
                400,
                "InvalidPrincipalId",
                "A valid principal ID must be provided for role assignment.");
        assertRefused(
                put(NAME, unknown, Sample.SHOP_KUBELET, ""),
                404,
                "RoleDefinitionDoesNotExist",
                "The specified role definition with ID '" + unknown.replace("-", "") + "' does not exist.");
        assertRefused(
                put(NAME, Sample.ACR_PULL, Sample.SHOP_KUBELET, "User"),
                400,
                "UnmatchedPrincipalType",
                "The PrincipalId '" + Sample.SHOP_KUBELET.replace("-", "")
                        + "' has type 'ServicePrincipal' , which is different from specified PrinciaplType 'User'.");
        assertRefused(put(NAME, Sample.ACR_PULL, Sample.SHOP_KUBELET, "Robot"), 400, "BadRequestFormat", "");
        assertRefused(
                Client.attach(emulator).put(Sample.ACR_SHOP + "x" + Sample.ASSIGNMENTS + "/" + NAME, "{}"),
                404,
                "ResourceNotFound",
                "");
    }

    @Test
    void thereIsALimitPerSubscription() {
        int already = (int) emulator.roleAssignments().stream()
                .filter(each -> each.id().startsWith(Sample.PRODUCTION))
                .count();
        for (int i = already; i < LIMIT; i++) {
            put(UUID.randomUUID().toString(), Sample.ACR_PULL, UUID.randomUUID().toString(), "ServicePrincipal");
        }

        assertRefused(
                put(NAME, Sample.ACR_PULL, Sample.SHOP_KUBELET, "ServicePrincipal"),
                400,
                "RoleAssignmentLimitExceeded",
                "");
    }

    @Test
    void nothingChangesUnderALock() {
        Client.Reply reply = Client.attach(emulator)
                .put(
                        LOCKED + Sample.REGISTRIES + "/acrbilling" + Sample.ASSIGNMENTS + "/" + NAME,
                        Sample.assignment(Sample.ACR_PULL, Sample.SHOP_KUBELET, "ServicePrincipal"));

        assertRefused(reply, 409, "ScopeLocked", "The scope '" + LOCKED);
        assertThat(reply.message()).contains("following scope(s) are locked: '" + LOCKED + "'.");
    }

    @Test
    void concurrentWritersMakeExactlyOne() throws Exception {
        Client attach = Client.attach(emulator);
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            List<Integer> statuses = threads
                    .invokeAll(IntStream.range(0, 16)
                            .<Callable<Integer>>mapToObj(i -> () -> attach.put(
                                            Sample.ACR_SHOP + Sample.ASSIGNMENTS + "/" + UUID.randomUUID(),
                                            Sample.assignment(Sample.ACR_PULL, Sample.SHOP_KUBELET, "ServicePrincipal"))
                                    .status())
                            .toList())
                    .stream()
                    .map(RoleAssignmentsTest::result)
                    .toList();

            assertThat(statuses).containsOnly(201, 409);
            assertThat(statuses.stream().filter(status -> status == 201)).hasSize(1);
        } finally {
            threads.shutdown();
        }
    }

    private static int result(Future<Integer> done) {
        try {
            return done.get();
        } catch (ExecutionException | InterruptedException failed) {
            throw new AssertionError(failed);
        }
    }

    private List<String> creatorsAt(String scope, String principal) {
        JsonNode listed = Client.attach(emulator)
                .get(scope + Sample.ASSIGNMENTS + "?$filter=principalId eq '" + principal + "'")
                .json();
        return listed.path("value").findValuesAsText("createdBy");
    }

    private Client.Reply put(String name, String role, String principal, String type) {
        return Client.attach(emulator)
                .put(Sample.ACR_SHOP + Sample.ASSIGNMENTS + "/" + name, Sample.assignment(role, principal, type));
    }

    private static void assertRefused(Client.Reply reply, int status, String code, String message) {
        assertThat(reply.code()).isEqualTo(code);
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.message()).startsWith(message);
    }
}
