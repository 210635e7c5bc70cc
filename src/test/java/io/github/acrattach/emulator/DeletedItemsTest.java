package io.github.acrattach.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.estate.Estate;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What became of applications that were deleted: who sees them, what they hold, and how they come back or end. */
class DeletedItemsTest {

    private static final String APPLICATIONS = "/v1.0/applications";
    private static final String PRINCIPALS = "/v1.0/servicePrincipals";
    private static final String DELETED = "/v1.0/directory/deletedItems/";
    private static final String NAMED = APPLICATIONS + "(uniqueName='mine')";

    private Emulator emulator;
    private Client attach;

    @AfterEach
    void stop() {
        emulator.close();
    }

    private void start() {
        start(EmulatorOptions.of(Estate.sample()));
    }

    private void start(EmulatorOptions options) {
        emulator = Emulator.start(options);
        attach = signedIn(Sample.ATTACH_APP, Sample.ATTACH_SECRET);
    }

    @Test
    void nameOfADeletedApplicationIsRefusedWithAConflict() {
        start();
        assertHeld("Request_BadRequest");
    }

    @Test
    void nameOfADeletedApplicationMayBeRefusedLikeOneThatIsTaken() {
        start(EmulatorOptions.of(Estate.sample()).withDeletedNamesLikeTaken());
        assertHeld("Request_MultipleObjectsWithSameKeyValue");
    }

    private void assertHeld(String code) {
        delete(create());
        Client.Reply refused = upsert();
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.code()).isEqualTo(code);
        JsonNode detail = refused.json().path("error").path("details").path(0);
        assertThat(detail.path("code").asText()).isEqualTo("ObjectConflict");
        assertThat(detail.path("target").asText()).isEqualTo("uniqueName");
        emulator.clock().advance(Duration.ofDays(30));
        assertThat(upsert().status()).isEqualTo(201);
    }

    @Test
    void whatWasJustDeletedIsShownALittleLaterAndHoldsItsNameAtOnce() {
        start(EmulatorOptions.of(Estate.sample()).withDeletionReplication(Duration.ofSeconds(5)));
        JsonNode mine = create();
        delete(mine);
        assertThat(attach.get(DELETED + id(mine)).code()).isEqualTo("Request_ResourceNotFound");
        assertThat(attach.delete(DELETED + id(mine)).code()).isEqualTo("Request_ResourceNotFound");
        assertThat(deleted("application", "")).isEmpty();
        assertThat(upsert().status()).isEqualTo(400);
        emulator.clock().advance(Duration.ofSeconds(5));
        assertThat(deleted("application", "")).hasSize(1);
        assertThat(attach.delete(DELETED + id(mine)).status()).isEqualTo(204);
        assertThat(upsert().status()).isEqualTo(201);
    }

    @Test
    void applicationIsListedWithItsOwnersAndItsServicePrincipalBesideIt() {
        start();
        JsonNode mine = create();
        delete(mine);
        JsonNode listed = deleted("application", "?$filter=tags/any(t:t eq 'a')&$expand=owners($select=id)")
                .path(0);
        assertThat(id(listed)).isEqualTo(id(mine));
        assertThat(listed.path("owners").findValuesAsText("id")).containsExactly(Sample.ATTACH_OBJECT);
        assertThat(deleted(
                        "servicePrincipal",
                        "?$filter=appId eq '" + mine.path("appId").asText() + "'"))
                .hasSize(1);
    }

    @Test
    void applicationComesBackWithItsServicePrincipalAndItsName() {
        start();
        JsonNode mine = create();
        String principal = PRINCIPALS + "(appId='" + mine.path("appId").asText() + "')";
        delete(mine);
        assertThat(attach.get(principal).status()).isEqualTo(404);
        Client.Reply restored = attach.post(DELETED + id(mine) + "/restore", "{}");
        assertThat(restored.status()).isEqualTo(200);
        assertThat(restored.json().path("@odata.type").asText()).isEqualTo("#microsoft.graph.application");
        assertThat(id(attach.get(NAMED).json())).isEqualTo(id(mine));
        assertThat(attach.get(principal).status()).isEqualTo(200);
        assertThat(attach.get(DELETED + id(mine)).status()).isEqualTo(404);
    }

    @Test
    void servicePrincipalIsNotRestoredWithoutItsApplication() {
        start();
        JsonNode mine = create();
        delete(mine);
        String principal = id(deleted("servicePrincipal", "").path(0));
        assertThat(attach.delete(DELETED + id(mine)).status()).isEqualTo(204);
        assertThat(attach.post(DELETED + principal + "/restore", "{}").code()).isEqualTo("Request_BadRequest");
    }

    @Test
    void whatOthersDeletedIsNeitherRestoredNorEnded() {
        start();
        JsonNode mine = create();
        delete(mine);
        Client you = signedIn(Sample.YOU_APP, Sample.YOU_SECRET);
        for (Client.Reply refused :
                List.of(you.delete(DELETED + id(mine)), you.post(DELETED + id(mine) + "/restore", "{}"))) {
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.code()).isEqualTo("Authorization_RequestDenied");
        }
    }

    /** Documented for the living ones, and not for these. */
    @Test
    void ownersAloneSeeWhatLivesAndDeleteForGoodWhatTheyCannotSee() {
        start(EmulatorOptions.of(Sample.changed(
                estate -> ((ObjectNode) estate.path("principals").path(0)).put("directoryReader", false))));
        JsonNode mine = create();
        assertThat(attach.get(NAMED).status()).isEqualTo(200);
        delete(mine);
        for (String path : List.of(id(mine), "microsoft.graph.application", "microsoft.graph.servicePrincipal")) {
            assertThat(attach.get(DELETED + path).code()).isEqualTo("Authorization_RequestDenied");
        }
        assertThat(attach.delete(DELETED + id(mine)).status()).isEqualTo(204);
    }

    @Test
    void whatIsDeletedCountsForTheQuotaUntilItIsSoForGood() {
        start(EmulatorOptions.of(Estate.sample()).withDirectoryQuota(1));
        Client.Reply full = upsert();
        assertThat(full.status()).isEqualTo(403);
        assertThat(full.code()).isEqualTo("Directory_QuotaExceeded");
    }

    private JsonNode create() {
        JsonNode made = upsert().json();
        attach.post(PRINCIPALS, "{'appId':'" + made.path("appId").asText() + "'}");
        return made;
    }

    private Client.Reply upsert() {
        String body = "{'displayName':'mine','tags':['a']}".replace('\'', '"');
        return attach.send(HttpRequest.newBuilder(URI.create(emulator.uri() + NAMED))
                .header("Authorization", "Bearer " + attach.token())
                .header("Prefer", "create-if-missing")
                .method("PATCH", HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private void delete(JsonNode application) {
        assertThat(attach.delete(APPLICATIONS + "/" + id(application)).status()).isEqualTo(204);
    }

    private JsonNode deleted(String type, String query) {
        return attach.get(DELETED + "microsoft.graph." + type + query).json().path("value");
    }

    private Client signedIn(String app, String secret) {
        return Client.of(emulator).signedIn(app, secret, "https://graph.microsoft.com/.default");
    }

    private static String id(JsonNode object) {
        return object.path("id").asText();
    }
}
