package io.github.acrattach.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.estate.Estate;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ApplicationsTest extends Running {
    private static final String APPLICATIONS = "/v1.0/applications";

    @Override
    EmulatorOptions options() {
        return EmulatorOptions.of(
                Sample.changed(estate -> estate.withArray("/principals").forEach(principal -> {
                    if (principal.path("displayName").asText().equals("you")) {
                        ((ObjectNode) principal).putArray("graphPermissions").add("Application.ReadWrite.All");
                    }
                })));
    }

    @Test
    void anApplicationIsFoundByEachOfItsNames() {
        JsonNode made = create("pull-shop", "acr-attach/shop").json();
        String id = made.path("id").asText();
        String appId = made.path("appId").asText();

        for (String key :
                new String[] {"/" + id, "(appId='" + appId + "')", "(uniqueName='acr-attach/shop')".replace("/", "%2F")
                }) {
            assertThat(attach().get(APPLICATIONS + key).json().path("id").asText())
                    .as(key)
                    .isEqualTo(id);
        }
        for (String filter : new String[] {
            "displayName eq 'pull-shop'",
            "startswith(displayName,'Pull-')",
            "appId eq '" + appId + "'",
            "uniqueName eq 'acr-attach/shop'",
            "tags/any(t:t eq 'acr-attach')"
        }) {
            JsonNode found = attach().get(APPLICATIONS + "?$filter=" + filter + "&$select=id,tags")
                    .json()
                    .path("value");
            assertThat(found).as(filter).hasSize(1);
            assertThat(found.get(0).properties()).hasSize(2);
        }
        for (String filter : new String[] {
            "displayName ne 'x'", "startswith(notes,'x')", "endswith(displayName,'x')", "startswith(displayName,x)"
        }) {
            assertThat(attach().get(APPLICATIONS + "?$filter=" + filter).code())
                    .as(filter)
                    .isEqualTo("Request_UnsupportedQuery");
        }
    }

    @Test
    void aUniqueNameIsGivenOnlyOnce() {
        assertThat(create("one", "same").status()).isEqualTo(201);
        Client.Reply second = create("other", "same");

        assertThat(second.status()).isEqualTo(400);
        assertThat(second.code()).isEqualTo("Request_MultipleObjectsWithSameKeyValue");
    }

    @Test
    void aDeletedApplicationReservesItsUniqueNameUntilItIsDeletedForGood() {
        String id = create("one", "same").json().path("id").asText();
        attach().delete(APPLICATIONS + "/" + id);
        String named = APPLICATIONS + "(uniqueName='same')";
        assertThat(attach().get(named).status()).isEqualTo(404);

        for (Client.Reply refused :
                List.of(patch(named, "{'displayName':'two'}", "create-if-missing"), create("two", "same"))) {
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.code()).isEqualTo("Request_BadRequest");
            assertThat(refused.message())
                    .isEqualTo("Another object with the same value for property uniqueName already exists.");
        }
        assertThat(attach().delete("/v1.0/directory/deletedItems/" + id).status())
                .isEqualTo(204);
        assertThat(patch(named, "{'displayName':'two'}", "create-if-missing").status())
                .isEqualTo(201);
    }

    @Test
    void anApplicationIsMadeByItsUniqueNameWhenItIsMissing() {
        String path = APPLICATIONS + "(uniqueName='upserted')";
        assertThat(patch(path, "{'displayName':'first'}", "").status()).isEqualTo(404);
        Client.Reply made = patch(path, "{'displayName':'first'}", "create-if-missing");
        assertThat(made.status()).isEqualTo(201);
        Client.Reply updated = patch(path, "{'displayName':'second','tags':['a']}", "create-if-missing");
        assertThat(updated.status()).isEqualTo(204);
        assertThat(updated.text()).isEmpty();
        JsonNode now = attach().get(path).json();
        assertThat(now.path("id")).isEqualTo(made.json().path("id"));
        assertThat(now.path("displayName").asText()).isEqualTo("second");
        assertThat(now.path("tags").get(0).asText()).isEqualTo("a");
    }

    @Test
    void aPasswordIsShownOnceAndSignsInUntilItIsRemoved() {
        JsonNode made = create("pull-shop", "one").json();
        String at = APPLICATIONS + "/" + made.path("id").asText();
        String appId = made.path("appId").asText();
        attach().post("/v1.0/servicePrincipals", "{'appId':'" + appId + "'}");
        JsonNode first = attach().post(at + "/addPassword", "{'passwordCredential':{'displayName':'a'}}")
                .json();
        JsonNode second =
                attach().post(at + "/microsoft.graph.addPassword", "{}").json();
        String secret = first.path("secretText").asText();

        assertThat(first.path("hint").asText()).hasSize(3).isEqualTo(secret.substring(0, 3));
        assertThat(attach().get(at).text()).doesNotContain(secret);
        assertThat(attach().get(at).json().path("passwordCredentials")).hasSize(2);
        assertThat(signsIn(emulator, appId, secret)).isTrue();
        assertThat(signsIn(emulator, appId, second.path("secretText").asText())).isTrue();

        String keyId = "{'keyId':'" + first.path("keyId").asText() + "'}";
        assertThat(attach().post(at + "/removePassword", keyId).status()).isEqualTo(204);
        assertThat(attach().post(at + "/microsoft.graph.removePassword", keyId).message())
                .contains("No password credential found with keyId");
        assertThat(signsIn(emulator, appId, secret)).isFalse();
        assertThat(signsIn(emulator, appId, second.path("secretText").asText())).isTrue();
    }

    @Test
    void aPasswordEndsWhenItIsToldTo() {
        JsonNode made = create("brief", "brief").json();
        String appId = made.path("appId").asText();
        attach().post("/v1.0/servicePrincipals", "{'appId':'" + appId + "'}");
        String secret = attach().post(
                        APPLICATIONS + "/" + made.path("id").asText() + "/addPassword",
                        "{'passwordCredential':{'endDateTime':'" + Instant.now().plusSeconds(3600) + "'}}")
                .json()
                .path("secretText")
                .asText();
        assertThat(signsIn(emulator, appId, secret)).isTrue();
        emulator.clock().advance(Duration.ofHours(1));
        assertThat(signIn(emulator, appId, secret)
                        .json()
                        .path("error_codes")
                        .get(0)
                        .asInt())
                .isEqualTo(7000222);
    }

    @Test
    void aServicePrincipalNeedsAnApplicationAndGoesWithIt() {
        JsonNode made = create("pull-shop", "one").json();
        String body = "{'appId':'" + made.path("appId").asText() + "'}";
        Client.Reply principal = attach().post("/v1.0/servicePrincipals", body);
        String id = principal.json().path("id").asText();

        assertThat(principal.status()).isEqualTo(201);
        assertThat(principal.json().path("servicePrincipalType").asText()).isEqualTo("Application");
        assertThat(attach().post("/v1.0/servicePrincipals", body).status()).isEqualTo(409);
        Client.Reply unknown =
                attach().post("/v1.0/servicePrincipals", "{'appId':'11111111-2222-4333-8444-555555555555'}");
        assertThat(unknown.status()).isEqualTo(400);
        assertThat(unknown.json()
                        .path("error")
                        .path("details")
                        .get(0)
                        .path("code")
                        .asText())
                .isEqualTo("NoBackingApplicationObject");
        assertThat(Client.you(emulator)
                        .put(
                                Sample.ACR_SHOP + Sample.ASSIGNMENTS + "/11111111-2222-4333-8444-555555555555",
                                Sample.assignment(Sample.ACR_PULL, id, "ServicePrincipal"))
                        .status())
                .isEqualTo(201);

        assertThat(attach().delete(APPLICATIONS + "/" + made.path("id").asText())
                        .status())
                .isEqualTo(204);
        assertThat(attach().get("/v1.0/servicePrincipals/" + id).status()).isEqualTo(404);
    }

    @Test
    void whoOwnsNothingChangesNothing() {
        JsonNode yours = graph(emulator, Sample.YOU_APP, Sample.YOU_SECRET)
                .post(APPLICATIONS, "{'displayName':'yours'}")
                .json();
        String at = APPLICATIONS + "/" + yours.path("id").asText();

        assertThat(attach().get(at).status()).isEqualTo(200);
        assertThat(attach().post(at + "/addPassword", "{}").code()).isEqualTo("Authorization_RequestDenied");
        assertThat(attach().delete(at).status()).isEqualTo(403);
        Client legacy = graph(emulator, Sample.LEGACY_APP, Sample.LEGACY_SECRET);
        assertThat(legacy.get(APPLICATIONS).status()).isEqualTo(200);
        assertThat(legacy.post(APPLICATIONS, "{'displayName':'x'}").status()).isEqualTo(403);
        String mine =
                APPLICATIONS + "/" + create("mine", "mine").json().path("id").asText();
        assertThat(graph(emulator, Sample.YOU_APP, Sample.YOU_SECRET)
                        .delete(mine)
                        .status())
                .isEqualTo(204);
    }

    @Test
    void whatIsFreshHasToSpread() {
        EmulatorOptions slow = EmulatorOptions.of(Estate.sample())
                .withApplicationReplication(Duration.ofMinutes(8))
                .withPasswordReplication(Duration.ofMinutes(20));
        try (Emulator azure = Emulator.start(slow)) {
            Client graph = graph(azure, Sample.ATTACH_APP, Sample.ATTACH_SECRET);
            JsonNode made = graph.post(APPLICATIONS, "{'displayName':'late'}").json();
            String at = APPLICATIONS + "/" + made.path("id").asText();
            assertThat(graph.get(at).code()).isEqualTo("Request_ResourceNotFound");
            azure.clock().advance(Duration.ofMinutes(9));
            assertThat(graph.get(at).status()).isEqualTo(200);
            String appId = made.path("appId").asText();
            graph.post("/v1.0/servicePrincipals", "{'appId':'" + appId + "'}");
            String secret = graph.post(at + "/addPassword", "{}")
                    .json()
                    .path("secretText")
                    .asText();
            azure.clock().advance(Duration.ofMinutes(9));
            assertThat(signIn(azure, appId, secret)
                            .json()
                            .path("error_codes")
                            .get(0)
                            .asInt())
                    .isEqualTo(7000215);
            azure.clock().advance(Duration.ofMinutes(12));
            assertThat(signsIn(azure, appId, secret)).isTrue();
        }
    }

    @Test
    void longListsComeInPages() {
        create("a", "a");
        create("b", "b");
        JsonNode page = attach().get(APPLICATIONS + "?$top=4").json();
        assertThat(page.path("value")).hasSize(4);
        assertThat(attach().get(page.path("@odata.nextLink").asText()).json().path("value"))
                .hasSize(1);
    }

    private Client.Reply create(String displayName, String uniqueName) {
        return attach().post(
                        APPLICATIONS,
                        "{'displayName':'" + displayName + "','uniqueName':'" + uniqueName
                                + "','tags':['acr-attach']}");
    }

    private Client attach() {
        return graph(emulator, Sample.ATTACH_APP, Sample.ATTACH_SECRET);
    }

    private Client.Reply patch(String path, String body, String prefer) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(emulator.uri() + path))
                .header("Authorization", "Bearer " + attach().token())
                .method("PATCH", HttpRequest.BodyPublishers.ofString(body.replace('\'', '"')));
        return attach().send((prefer.isEmpty() ? request : request.header("Prefer", prefer)).build());
    }

    private static Client graph(Emulator azure, String appId, String secret) {
        return Client.of(azure).signedIn(appId, secret, "https://graph.microsoft.com/.default");
    }

    private static boolean signsIn(Emulator azure, String appId, String secret) {
        return signIn(azure, appId, secret).status() == 200;
    }

    private static Client.Reply signIn(Emulator azure, String appId, String secret) {
        return Client.of(azure).signIn(appId, secret, "https://management.azure.com/.default");
    }
}
