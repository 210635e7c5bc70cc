package io.github.acrattach.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.estate.Tenant;
import io.github.acrattach.emulator.http.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who owns applications and service principals, and what signs in as them; strangers' are planted. */
class RegistrationsTest extends Running {
    private static final String APPLICATIONS = "/v1.0/applications";
    private static final String PRINCIPALS = "/v1.0/servicePrincipals";
    private static final String DELETED = "/v1.0/directory/deletedItems/";
    private static final String STRANGER = "9c8b7a65-4d3e-4f2a-8b1c-0d9e8f7a6b5c";
    private static final String ISSUER = "https://token.actions.githubusercontent.com";

    @Test
    void whoMakesAnApplicationOwnsItAndItsServicePrincipal() {
        JsonNode application =
                attach().post(APPLICATIONS, "{'displayName':'mine'}").json();
        String appId = application.path("appId").asText();
        JsonNode principal =
                attach().post(PRINCIPALS, "{'appId':'" + appId + "'}").json();

        JsonNode owners =
                attach().get(APPLICATIONS + "/" + id(application) + "/owners").json();
        assertThat(owners.path("@odata.context").asText()).endsWith("/v1.0/$metadata#directoryObjects");
        assertThat(owners.path("value")).hasSize(1);
        assertThat(owners.path("value").get(0).path("@odata.type").asText())
                .isEqualTo("#microsoft.graph.servicePrincipal");
        assertThat(owners.path("value").get(0).path("displayName").asText()).isEqualTo("acr-attach");
        for (String path : List.of(
                APPLICATIONS + "/" + id(application),
                APPLICATIONS + "(appId='" + appId + "')",
                PRINCIPALS + "/" + id(principal),
                PRINCIPALS + "(appId='" + appId + "')")) {
            assertThat(attach().get(path + "/owners?$select=id").json().path("value"))
                    .as(path)
                    .isEqualTo(array(servicePrincipal(Sample.ATTACH_OBJECT)));
        }
    }

    @Test
    void ownersAreExpandedBesideWhatIsSelected() {
        plant("'uniqueName':'squat','owners':['" + STRANGER + "','" + Sample.ATTACH_OBJECT + "']");
        JsonNode expected = Json.object()
                .put("uniqueName", "squat")
                .set("owners", array(user(STRANGER), servicePrincipal(Sample.ATTACH_OBJECT)));
        String query = "$select=uniqueName&$expand=owners($select=id)";

        ObjectNode one = (ObjectNode)
                attach().get(APPLICATIONS + "(uniqueName='squat')?" + query).json();
        one.remove("@odata.context");
        assertThat(one).isEqualTo(expected);
        assertThat(attach().get(APPLICATIONS + "?$filter=uniqueName eq 'squat'&" + query)
                        .json()
                        .path("value"))
                .isEqualTo(array(expected));
        assertThat(attach().get(APPLICATIONS + "?$expand=owners").json().findValuesAsText("@odata.type"))
                .containsExactly("#microsoft.graph.user", "#microsoft.graph.servicePrincipal");
        assertThat(attach().get(APPLICATIONS + "?$expand=extensionProperties").status())
                .isEqualTo(400);
    }

    @Test
    void ownersComeInPagesAndTwentyOfThemAreExpanded() {
        String owners = String.join(
                "','",
                IntStream.range(0, 25)
                        .mapToObj("9c8b7a65-4d3e-4f2a-8b1c-0000000000%02d"::formatted)
                        .toList());
        String at = APPLICATIONS + "/" + id(plant("'uniqueName':'many','owners':['" + owners + "']"));

        JsonNode page = attach().get(at + "/owners?$top=20&$select=id").json();
        assertThat(page.path("value")).hasSize(20);
        assertThat(attach().get(page.path("@odata.nextLink").asText()).json().path("value"))
                .hasSize(5);
        assertThat(attach().get(at + "?$expand=owners").json().path("owners")).hasSize(20);
    }

    @Test
    void credentialsAreShownWhereTheyWereLeft() {
        JsonNode planted = plant("'uniqueName':'squat','passwords':2,'keyCredentials':1,"
                + "'federatedIdentityCredentials':[{'name':'ci','issuer':'" + ISSUER + "','subject':'repo:a/b'}],"
                + "'servicePrincipal':{'passwords':1,'keyCredentials':3}");
        String application = APPLICATIONS + "/" + id(planted);
        String select = "?$select=passwordCredentials,keyCredentials";

        JsonNode ofApplication = attach().get(application + select).json();
        assertThat(ofApplication.path("passwordCredentials")).hasSize(2);
        assertThat(ofApplication.path("keyCredentials")).hasSize(1);
        assertThat(fieldsOf(ofApplication.path("keyCredentials").get(0)))
                .containsExactly(
                        "customKeyIdentifier",
                        "displayName",
                        "endDateTime",
                        "key",
                        "keyId",
                        "startDateTime",
                        "type",
                        "usage");
        JsonNode ofPrincipal = attach().get(PRINCIPALS + "/" + id(planted.path("servicePrincipal")) + select)
                .json();
        assertThat(ofPrincipal.path("passwordCredentials")).hasSize(1);
        assertThat(ofPrincipal.path("keyCredentials")).hasSize(3);
        JsonNode federated =
                attach().get(application + "/federatedIdentityCredentials").json();
        ObjectNode credential = (ObjectNode) federated.path("value").get(0);
        assertThat(federated.path("value")).hasSize(1);
        assertThat(credential.remove("id").asText()).isNotBlank();
        ObjectNode expected = Json.object()
                .put("name", "ci")
                .put("issuer", ISSUER)
                .put("subject", "repo:a/b")
                .putNull("description");
        expected.putArray("audiences").add("api://AzureADTokenExchange");
        assertThat(credential).isEqualTo(expected);
    }

    @Test
    void eachCredentialSignsIn() {
        JsonNode planted = plant("'passwords':1,'servicePrincipal':{'passwords':1},"
                + "'federatedIdentityCredentials':[{'name':'ci','issuer':'" + ISSUER + "','subject':'repo:a/b'}]");
        String appId = planted.path("appId").asText();

        for (JsonNode held : List.of(planted, planted.path("servicePrincipal"))) {
            assertThat(Client.of(emulator)
                            .signIn(
                                    appId,
                                    held.path("passwords").get(0).asText(),
                                    "https://management.azure.com/.default")
                            .status())
                    .isEqualTo(200);
        }
        assertThat(federated(appId, "repo:a/b").status()).isEqualTo(200);
        assertThat(federated(appId, "repo:a/c")
                        .json()
                        .path("error_codes")
                        .get(0)
                        .asInt())
                .isEqualTo(700213);
    }

    @Test
    void whatIsNotOwnedIsNotChanged() {
        JsonNode planted = plant(
                "'uniqueName':'squat','passwords':1,'servicePrincipal':{'owners':['" + Sample.ATTACH_OBJECT + "']}");
        String at = APPLICATIONS + "/" + id(planted);
        String keyId = attach().get(at)
                .json()
                .path("passwordCredentials")
                .get(0)
                .path("keyId")
                .asText();
        Stream.of(
                        attach().send("PATCH", at, "{'displayName':'mine'}"),
                        attach().post(at + "/addPassword", "{}"),
                        attach().post(at + "/removePassword", "{'keyId':'" + keyId + "'}"),
                        attach().delete(at),
                        attach().post(
                                        PRINCIPALS,
                                        "{'appId':'"
                                                + plant("'uniqueName':'bare'")
                                                        .path("appId")
                                                        .asText() + "'}"))
                .forEach(refused -> {
                    assertThat(refused.status()).isEqualTo(403);
                    assertThat(refused.code()).isEqualTo("Authorization_RequestDenied");
                    assertThat(refused.message()).isEqualTo("Insufficient privileges to complete the operation.");
                });
        assertThat(attach().delete(PRINCIPALS + "/" + id(planted.path("servicePrincipal")))
                        .status())
                .isEqualTo(204);
    }

    @Test
    void whatStandsIsGivenMoreOwnersAndCredentials() {
        JsonNode mine = attach().post(APPLICATIONS, "{'displayName':'mine','uniqueName':'mine'}")
                .json();
        JsonNode principal = attach().post(
                        PRINCIPALS, "{'appId':'" + mine.path("appId").asText() + "'}")
                .json();
        JsonNode more = extend("'id':'" + id(mine) + "','owners':['" + STRANGER + "'],'passwords':1,'keyCredentials':1,"
                + "'federatedIdentityCredentials':[{'name':'ci','issuer':'" + ISSUER + "','subject':'x'}]");
        extend("'id':'" + id(principal) + "','owners':['" + STRANGER + "'],'passwords':2,'keyCredentials':1");

        assertThat(more.path("id")).isEqualTo(mine.path("id"));
        assertThat(more.path("passwords")).hasSize(1);
        JsonNode listed = registered("mine");
        assertThat(fieldsOf(listed))
                .containsExactly(
                        "id",
                        "appId",
                        "uniqueName",
                        "displayName",
                        "notes",
                        "createdDateTime",
                        "deletedDateTime",
                        "tags",
                        "owners",
                        "passwords",
                        "keyCredentials",
                        "federatedIdentityCredentials",
                        "servicePrincipal");
        assertThat(Json.textsIn(listed.path("owners"))).containsExactly(STRANGER, Sample.ATTACH_OBJECT);
        assertThat(Json.textsIn(listed.path("federatedIdentityCredentials"))).containsExactly("ci");
        assertThat(listed.path("passwords")).hasSize(1);
        assertThat(listed.path("keyCredentials")).hasSize(1);
        assertThat(listed.path("servicePrincipal").path("id")).isEqualTo(principal.path("id"));
        assertThat(Json.textsIn(listed.path("servicePrincipal").path("owners")))
                .containsExactly(STRANGER, Sample.ATTACH_OBJECT);
        assertThat(listed.path("servicePrincipal").path("passwords")).hasSize(2);
        assertThat(Client.of(emulator).get("/_emulator/applications").text())
                .doesNotContain(more.path("passwords").get(0).asText());
    }

    @Test
    void aStrangersApplicationSaysWhatItIsTold() {
        JsonNode planted = plant("'uniqueName':'squat','displayName':'ours?','tags':['acr attach and more'],"
                + "'notes':'for all','createdDateTime':'2020-01-02T03:04:05Z'");
        JsonNode shown = attach().get(APPLICATIONS + "?$filter=tags/any(t:t eq 'acr attach and more')")
                .json()
                .path("value")
                .get(0);

        assertThat(id(shown)).isEqualTo(id(planted));
        assertThat(shown.path("displayName").asText()).isEqualTo("ours?");
        assertThat(shown.path("notes").asText()).isEqualTo("for all");
        assertThat(Instant.parse(shown.path("createdDateTime").asText()))
                .isEqualTo(Instant.parse("2020-01-02T03:04:05Z"));
        assertThat(Json.textsIn(registered("squat").path("owners"))).containsExactly(Tenant.ADMINISTRATOR);
        assertThat(registered("squat").has("servicePrincipal")).isFalse();
        assertRefused("applications", "POST", "{'uniqueName':'squat'}", "uniqueName: is taken");
        assertRefused("applications", "POST", "{'passwords':1001}", "passwords: must be a whole number");
        assertRefused("applications", "POST", "{'createdDateTime':'now'}", "createdDateTime: must be a time");
        assertRefused("directoryObjects", "PATCH", "{'id':'" + STRANGER + "'}", "id: there is no application");
    }

    @Test
    void whatIsDeletedIsKeptForThirtyDays() {
        JsonNode mine = attach().post(APPLICATIONS, "{'displayName':'mine','uniqueName':'mine'}")
                .json();
        String appId = mine.path("appId").asText();
        JsonNode principal =
                attach().post(PRINCIPALS, "{'appId':'" + appId + "'}").json();
        String secret = attach().post(APPLICATIONS + "/" + id(mine) + "/addPassword", "{}")
                .json()
                .path("secretText")
                .asText();
        attach().delete(APPLICATIONS + "/" + id(mine));

        assertThat(attach().get(APPLICATIONS + "(uniqueName='mine')").status()).isEqualTo(404);
        assertThat(attach().get(PRINCIPALS + "/" + id(principal)).status()).isEqualTo(404);
        assertThat(Client.of(emulator)
                        .signIn(appId, secret, "https://management.azure.com/.default")
                        .status())
                .isEqualTo(400);
        JsonNode deleted = attach().get(DELETED + id(mine) + "?$select=id,uniqueName,deletedDateTime")
                .json();
        assertThat(deleted.path("@odata.type").asText()).isEqualTo("#microsoft.graph.application");
        assertThat(deleted.path("uniqueName").asText()).isEqualTo("mine");
        assertThat(Instant.parse(deleted.path("deletedDateTime").asText()))
                .isBetween(Instant.now().minusSeconds(60), Instant.now());
        assertThat(attach().get(DELETED + id(principal))
                        .json()
                        .path("@odata.type")
                        .asText())
                .isEqualTo("#microsoft.graph.servicePrincipal");
        assertThat(attach().get(DELETED + "microsoft.graph.application?$filter=uniqueName eq 'mine'")
                        .json()
                        .path("value")
                        .findValuesAsText("id"))
                .containsExactly(id(mine));
        assertThat(registered("mine").path("deletedDateTime")).isEqualTo(deleted.path("deletedDateTime"));
        assertThat(registered("mine").path("servicePrincipal").path("id")).isEqualTo(principal.path("id"));
        emulator.clock().advance(Duration.ofDays(30));
        assertThat(attach().get(DELETED + id(mine)).code()).isEqualTo("Request_ResourceNotFound");
    }

    @Test
    void ownersDeleteForGood() {
        String mine = id(attach().post(APPLICATIONS, "{'displayName':'mine'}").json());
        JsonNode foreign =
                plant("'uniqueName':'squat','owners':['" + Sample.ATTACH_OBJECT + "'],'servicePrincipal':{}");
        attach().delete(APPLICATIONS + "/" + mine);
        attach().delete(APPLICATIONS + "/" + id(foreign));

        assertThat(attach().delete(DELETED + id(foreign.path("servicePrincipal")))
                        .code())
                .isEqualTo("Authorization_RequestDenied");
        for (String id : List.of(mine, id(foreign))) {
            assertThat(attach().delete(DELETED + id).status()).isEqualTo(204);
            assertThat(attach().delete(DELETED + id).code()).isEqualTo("Request_ResourceNotFound");
        }
        assertThat(attach().get(DELETED + id(foreign.path("servicePrincipal"))).status())
                .as("a service principal outlives its application among the deleted")
                .isEqualTo(200);
    }

    private void assertRefused(String what, String method, String body, String message) {
        Client.Reply reply = Client.of(emulator).send(method, "/_emulator/" + what, body);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("error").asText()).startsWith(message);
    }

    private JsonNode plant(String fields) {
        return Client.of(emulator).control("POST", "applications", "{" + fields + "}");
    }

    private JsonNode extend(String fields) {
        return Client.of(emulator).control("PATCH", "directoryObjects", "{" + fields + "}");
    }

    private JsonNode registered(String uniqueName) {
        return Client.of(emulator).registered(uniqueName);
    }

    private Client.Reply federated(String appId, String subject) {
        ObjectNode claims = Json.object()
                .put("iss", ISSUER)
                .put("sub", subject)
                .put("aud", "api://AzureADTokenExchange")
                .put("exp", Instant.now().plusSeconds(60).getEpochSecond());
        String payload = Base64.getUrlEncoder().withoutPadding().encodeToString(Json.bytes(claims));
        return Client.of(emulator)
                .form(
                        "/" + Sample.TENANT + "/oauth2/v2.0/token",
                        Map.of(
                                "grant_type", "client_credentials",
                                "client_id", appId,
                                "client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                                "client_assertion", "e30." + payload + ".x",
                                "scope", "https://management.azure.com/.default"));
    }

    private Client attach() {
        return Client.of(emulator)
                .signedIn(Sample.ATTACH_APP, Sample.ATTACH_SECRET, "https://graph.microsoft.com/.default");
    }

    private static String id(JsonNode object) {
        return object.path("id").asText();
    }

    private static List<String> fieldsOf(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).toList();
    }

    private static ObjectNode servicePrincipal(String id) {
        return Json.object()
                .put("@odata.type", "#microsoft.graph.servicePrincipal")
                .put("id", id);
    }

    private static ObjectNode user(String id) {
        return Json.object().put("@odata.type", "#microsoft.graph.user").put("id", id);
    }

    private static ArrayNode array(JsonNode... items) {
        return Json.array(Stream.of(items));
    }
}
