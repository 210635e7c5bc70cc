package io.github.acrattach.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.Estates;
import io.github.acrattach.emulator.arm.authorization.RoleAssignment;
import io.github.acrattach.emulator.http.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class RightsTest extends Running {
    private static final String NAME = "11111111-2222-4333-8444-555555555555";

    @Test
    void listsReachUpAndDownUnlessToldOtherwise() {
        put(NAME, Sample.ACR_PULL, Sample.SHOP_KUBELET, "ServicePrincipal");
        String mine = " and principalId eq '" + Sample.SHOP_KUBELET + "'";

        assertThat(list(Sample.ACR_SHOP, "")).hasSize(7);
        assertThat(list(Sample.PRODUCTION, "")).hasSize(7);
        assertThat(list(Sample.PRODUCTION, "?$filter=atScope()")).hasSize(6);
        assertThat(list(Sample.ACR_SHOP, "?$filter=atScope()" + mine)).hasSize(1);
        assertThat(list(Sample.PRODUCTION, "?$filter=atScope()" + mine)).isEmpty();
        assertThat(list(Sample.PRODUCTION, "?$filter=assignedTo('" + Sample.SHOP_KUBELET + "')"))
                .hasSize(1);
        assertThat(list(Sample.SHARED, "?$filter=principalId eq '" + Sample.SHOP_KUBELET + "'"))
                .isEmpty();
    }

    @Test
    void anAssignmentCanBeReadAndDeletedOnce() {
        put(NAME, Sample.ACR_PULL, Sample.SHOP_KUBELET, "ServicePrincipal");
        Client attach = Client.attach(emulator);
        String path = Sample.ACR_SHOP + Sample.ASSIGNMENTS + "/" + NAME;

        assertThat(attach.get(path).status()).isEqualTo(200);
        assertThat(attach.delete(path).json().path("name").asText()).isEqualTo(NAME);
        assertThat(attach.delete(path).status()).isEqualTo(204);
        assertRefused(
                attach.get(path), 404, "RoleAssignmentNotFound", "The role assignment '" + NAME + "' is not found.");
        assertThat(emulator.roleAssignments().stream().map(RoleAssignment::name))
                .doesNotContain(NAME);
    }

    @Test
    void aNewRightHoldsAtOnce() {
        ObjectNode body = Json.object();
        Client legacy = Client.armAs(emulator, Sample.LEGACY_APP, Sample.LEGACY_SECRET);
        assertThat(legacy.get(Sample.ACR_SHOP).status()).isEqualTo(403);

        body.set(
                "properties",
                Json.object()
                        .put("roleDefinitionId", Sample.DEFINITIONS + "/acdd72a7-3385-48ef-bd42-f606fba81ae7")
                        .put("principalId", "d8e9f0a1-b2c3-4d4e-9f5a-6b7c8d9e0f1a"));
        Client.attach(emulator).put(Sample.PLATFORM + Sample.ASSIGNMENTS + "/" + NAME, body.toString());

        assertThat(legacy.get(Sample.ACR_SHOP).status()).isEqualTo(200);
        assertThat(legacy.get(Sample.SHARED + Sample.REGISTRIES).status()).isEqualTo(403);
    }

    /** The condition that docs/permissions.md prints. */
    @Test
    void aConditionLetsThroughWhatItAllowsAndNothingElse() throws IOException {
        Matcher printed = Pattern.compile("--condition \"([^\"]+)\"")
                .matcher(Files.readString(Path.of("docs", "permissions.md")));
        assertThat(printed.find()).isTrue();
        try (Emulator narrow = Emulator.start(EmulatorOptions.of(Sample.changed(estate -> {
            Estates.without(estate, "Role Based Access Control Administrator");
            Estates.assign(
                            estate,
                            Estates.PROGRAM,
                            "Role Based Access Control Administrator",
                            "/subscriptions/" + Estates.PRODUCTION)
                    .put("condition", printed.group(1));
        })))) {
            Client attach = Client.attach(narrow);
            String path = Sample.ACR_SHOP + Sample.ASSIGNMENTS + "/" + NAME;
            for (String refused : List.of(
                    Sample.assignment("8311e382-0749-4cb8-b61a-304f252e45ec", Sample.SHOP_KUBELET, "ServicePrincipal"),
                    Sample.assignment(Sample.ACR_PULL, Sample.SHOP_KUBELET, "User"))) {
                Client.Reply reply = attach.put(path, refused);
                assertThat(reply.status()).isEqualTo(403);
                assertThat(reply.code()).isEqualTo("AuthorizationFailed");
                assertThat(reply.message()).contains("has an authorization with ABAC condition that is not fulfilled");
            }
            assertThat(attach.put(path, Sample.assignment(Sample.ACR_PULL, Sample.SHOP_KUBELET, "ServicePrincipal"))
                            .status())
                    .isEqualTo(201);
            assertThat(attach.delete(path).status()).isEqualTo(200);
        }
    }

    @Test
    void rolesAreFoundByName() {
        JsonNode found = Client.attach(emulator)
                .get(Sample.ACR_SHOP + Sample.DEFINITIONS + "?$filter=roleName eq 'AcrPull'")
                .json()
                .path("value");

        assertThat(found).hasSize(1);
        assertThat(found.get(0).path("name").asText()).isEqualTo(Sample.ACR_PULL);
        assertThat(found.get(0)
                        .path("properties")
                        .path("permissions")
                        .get(0)
                        .path("actions")
                        .get(0)
                        .asText())
                .isEqualTo("Microsoft.ContainerRegistry/registries/pull/read");
    }

    @Test
    void aCustomRoleAllowsWhatItNamesAndIsThereInItsScopesAlone() {
        String guid = "12345678-1111-4222-8333-444444444444";
        try (Emulator custom = Emulator.start(EmulatorOptions.of(Sample.changed(estate -> {
            Estates.withoutAny(estate);
            ObjectNode properties = estate.withArray("/roleDefinitions")
                    .addObject()
                    .put("name", guid)
                    .putObject("properties")
                    .put("roleName", "reads registries");
            properties.putArray("assignableScopes").add(Sample.PRODUCTION);
            properties
                    .putArray("permissions")
                    .addObject()
                    .putArray("actions")
                    .add("Microsoft.ContainerRegistry/registries/read");
            Estates.assign(estate, Estates.PROGRAM, "reads registries", Sample.PRODUCTION);
        })))) {
            Client attach = Client.attach(custom);
            Client you = Client.you(custom);
            String body = Sample.assignment(guid, Sample.SHOP_KUBELET, "ServicePrincipal");
            String byName = Sample.DEFINITIONS + "?$filter=type eq 'CustomRole'";

            assertThat(attach.get(Sample.ACR_SHOP).status()).isEqualTo(200);
            assertThat(attach.get(Sample.AKS_SHOP).status()).isEqualTo(403);
            assertThat(you.get(Sample.PLATFORM + byName)
                            .json()
                            .at("/value/0/properties/type")
                            .asText())
                    .isEqualTo("CustomRole");
            assertThat(you.get(Sample.SHARED + byName).json().path("value")).isEmpty();
            assertThat(you.put(Sample.ACR_SHOP + Sample.ASSIGNMENTS + "/" + NAME, body)
                            .status())
                    .isEqualTo(201);
            assertRefused(
                    you.put(Sample.SHARED + Sample.ASSIGNMENTS + "/" + guid, body),
                    404,
                    "RoleDefinitionDoesNotExist",
                    "The specified role definition with ID '" + guid.replace("-", "") + "' does not exist.");
        }
    }

    private List<JsonNode> list(String scope, String query) {
        return StreamSupport.stream(
                        Client.attach(emulator)
                                .get(scope + Sample.ASSIGNMENTS + query)
                                .json()
                                .path("value")
                                .spliterator(),
                        false)
                .toList();
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
