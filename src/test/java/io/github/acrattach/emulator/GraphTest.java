package io.github.acrattach.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

class GraphTest extends Running {
    private static final String LEGACY_OBJECT = "d8e9f0a1-b2c3-4d4e-9f5a-6b7c8d9e0f1a";

    @Override
    EmulatorOptions options() {
        return EmulatorOptions.of(
                Sample.changed(estate -> estate.withArray("/principals").forEach(principal -> {
                    if (principal.path("displayName").asText().equals("you")) {
                        ((ObjectNode) principal).put("directoryReader", false).remove("graphPermissions");
                    }
                })));
    }

    @Test
    void aServicePrincipalIsFoundByItsApplication() {
        for (String query : new String[] {
            "servicePrincipals?$filter=appId eq '" + Sample.LEGACY_APP + "'",
            "servicePrincipals?$filter=servicePrincipalNames/any(c:c eq '" + Sample.LEGACY_APP + "')",
            "servicePrincipals?$filter=displayName eq 'aks-legacy-sp'"
        }) {
            JsonNode found = attach().get("/v1.0/" + query).json().path("value");
            assertThat(found).hasSize(1);
            assertThat(found.get(0).path("id").asText()).isEqualTo(LEGACY_OBJECT);
        }
        assertThat(attach().get("/v1.0/servicePrincipals(appId='" + Sample.LEGACY_APP + "')")
                        .json()
                        .path("id")
                        .asText())
                .isEqualTo(LEGACY_OBJECT);
        assertThat(attach().get("/v1.0/servicePrincipals/" + LEGACY_OBJECT)
                        .json()
                        .path("appId")
                        .asText())
                .isEqualTo(Sample.LEGACY_APP);
    }

    @Test
    void noSecretLeavesTheDirectory() {
        assertThat(attach().get("/v1.0/servicePrincipals").text()).doesNotContain("made-up-secret");
    }

    @Test
    void whoeverIsNotThereIsMissedInGraphsWords() {
        Client.Reply reply = attach().get("/v1.0/servicePrincipals/11111111-2222-4333-8444-555555555555");
        JsonNode inner = reply.json().path("error").path("innerError");

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.code()).isEqualTo("Request_ResourceNotFound");
        assertThat(reply.message())
                .isEqualTo("Resource '11111111-2222-4333-8444-555555555555' does not exist or one of its queried"
                        + " reference-property objects are not present.");
        assertThat(inner.has("date") && inner.has("request-id") && inner.has("client-request-id"))
                .isTrue();
    }

    @Test
    void whoeverMayNotReadTheDirectoryIsDenied() {
        Client.Reply reply = Client.of(emulator)
                .signedIn(Sample.YOU_APP, Sample.YOU_SECRET, emulator.uri() + "/.default")
                .get("/v1.0/servicePrincipals/" + LEGACY_OBJECT);

        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.code()).isEqualTo("Authorization_RequestDenied");
        assertThat(reply.message()).isEqualTo("Insufficient privileges to complete the operation.");
    }

    @Test
    void armTokensMeAndStrangeFiltersAreRefused() {
        assertThat(Client.attach(emulator).get("/v1.0/servicePrincipals").code())
                .isEqualTo("InvalidAuthenticationToken");
        assertThat(attach().get("/v1.0/me").message()).contains("delegated authentication flow");
        assertThat(attach().get("/v1.0/servicePrincipals?$filter=appId ne 'x'").code())
                .isEqualTo("Request_UnsupportedQuery");
        assertThat(attach().get("/v1.0/planets").status()).isEqualTo(400);
    }

    @Test
    void severalObjectsAreNamedAtOnce() {
        JsonNode found = attach().post(
                        "/v1.0/directoryObjects/getByIds",
                        "{'ids':['" + LEGACY_OBJECT + "','" + Sample.ATTACH_APP + "']}")
                .json()
                .path("value");

        assertThat(found).hasSize(1);
        assertThat(found.get(0).path("@odata.type").asText()).isEqualTo("#microsoft.graph.servicePrincipal");
        assertThat(attach().get("/v1.0/organization")
                        .json()
                        .path("value")
                        .get(0)
                        .path("id")
                        .asText())
                .isEqualTo(Sample.TENANT);
    }

    @Test
    void aServicePrincipalShowsWhetherItIsEnabledAndWhenItsPasswordsEnd() {
        JsonNode before = legacy();
        assertThat(before.path("accountEnabled").asBoolean()).isTrue();
        assertThat(before.path("appOwnerOrganizationId").asText()).isEqualTo(Sample.TENANT);
        assertThat(before.path("servicePrincipalType").asText()).isEqualTo("Application");

        change("'passwordsEnd':'2025-01-02T03:04:05Z','accountEnabled':false");
        assertThat(legacy().path("accountEnabled").asBoolean()).isFalse();
        assertThat(attach().get("/v1.0/applications(appId='" + Sample.LEGACY_APP + "')")
                        .json()
                        .at("/passwordCredentials/0/endDateTime")
                        .asText())
                .startsWith("2025-01-02T03:04:05");
        assertThat(signIn().path("error_description").asText()).startsWith("AADSTS7000112");
        change("'accountEnabled':true");
        assertThat(signIn().path("error_description").asText()).startsWith("AADSTS7000222");
    }

    @Test
    void anApplicationOfAnotherTenantIsNotHereAndItsPrincipalIs() {
        String home = "aaaaaaaa-000a-4000-8000-00000000000a";
        change("'appOwnerOrganizationId':'" + home + "'");

        assertThat(legacy().path("appOwnerOrganizationId").asText()).isEqualTo(home);
        assertThat(legacy().path("servicePrincipalType").asText()).isEqualTo("Application");
        assertThat(attach().get("/v1.0/applications(appId='" + Sample.LEGACY_APP + "')")
                        .code())
                .isEqualTo("Request_ResourceNotFound");
        assertThat(signIn().path("access_token").asText()).isNotEmpty();
    }

    @Test
    void whoIsRemovedIsNoMore() {
        Client.of(emulator).control("DELETE", "directoryObjects", "{'id':'" + LEGACY_OBJECT + "'}");

        assertThat(attach().get("/v1.0/servicePrincipals/" + LEGACY_OBJECT).code())
                .isEqualTo("Request_ResourceNotFound");
        assertThat(signIn().path("error_description").asText()).startsWith("AADSTS700016");
    }

    private JsonNode legacy() {
        return attach().get("/v1.0/servicePrincipals(appId='" + Sample.LEGACY_APP + "')")
                .json();
    }

    private JsonNode signIn() {
        return Client.of(emulator)
                .signIn(Sample.LEGACY_APP, Sample.LEGACY_SECRET, "https://management.azure.com/.default")
                .json();
    }

    private void change(String fields) {
        Client.of(emulator).control("PATCH", "directoryObjects", "{'id':'" + LEGACY_OBJECT + "'," + fields + "}");
    }

    private Client attach() {
        return Client.of(emulator)
                .signedIn(Sample.ATTACH_APP, Sample.ATTACH_SECRET, "https://graph.microsoft.com/.default");
    }
}
