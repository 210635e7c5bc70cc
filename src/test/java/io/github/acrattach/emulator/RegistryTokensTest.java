package io.github.acrattach.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.estate.Tenant;
import io.github.acrattach.emulator.eventgrid.EventSubscription;
import io.github.acrattach.emulator.eventgrid.Webhook;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RegistryTokensTest extends Running {
    private static final String MAP = Sample.ACR_SHOP + "/scopeMaps/attach-shop";
    private static final String TOKEN = Sample.ACR_SHOP + "/tokens/attach-shop";

    @Override
    EmulatorOptions options() {
        return EmulatorOptions.of(Sample.changed(estate -> estate.withArray("/roleAssignments")
                .addObject()
                .put("scope", Sample.PRODUCTION)
                .put("principalId", Sample.ATTACH_OBJECT)
                .put("role", "Container Registry Contributor and Data Access Configuration Administrator")));
    }

    @Test
    void aScopeMapIsWrittenReadListedAndDeleted() {
        Client.Reply made = map();
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.json().path("type").asText()).isEqualTo("Microsoft.ContainerRegistry/registries/scopeMaps");
        assertThat(made.json().path("properties").path("type").asText()).isEqualTo("UserDefined");
        assertThat(map().status()).isEqualTo(200);
        assertThat(attach().send("PATCH", MAP, "{'properties':{'description':'now'}}")
                        .json()
                        .path("properties")
                        .path("actions"))
                .hasSize(1);
        assertThat(attach().get(Sample.ACR_SHOP + "/scopeMaps")
                        .json()
                        .path("value")
                        .findValuesAsText("name"))
                .containsExactly("_repositories_admin", "_repositories_pull", "_repositories_push", "attach-shop");
        assertThat(attach().delete(MAP).status()).isEqualTo(200);
        assertThat(attach().delete(MAP).status()).isEqualTo(204);
        assertThat(attach().get(MAP).code()).isEqualTo("ResourceNotFound");
    }

    @Test
    void whoMadeItAndWhoChangedItLastIsSaid() {
        JsonNode made = map().json().path("systemData");
        token(MAP);
        Client.you(emulator).send("PATCH", TOKEN, "{'properties':{'status':'disabled'}}");
        JsonNode changed = attach().get(TOKEN).json().path("systemData");
        JsonNode listed = attach().get(Sample.ACR_SHOP + "/tokens")
                .json()
                .path("value")
                .get(0)
                .path("systemData");

        assertThat(made.properties().stream().map(Map.Entry::getKey))
                .containsExactly(
                        "createdBy",
                        "createdByType",
                        "createdAt",
                        "lastModifiedBy",
                        "lastModifiedByType",
                        "lastModifiedAt");
        assertThat(made.path("createdBy").asText()).isEqualTo(Sample.ATTACH_OBJECT);
        assertThat(made.path("createdByType").asText()).isEqualTo("Application");
        assertThat(made.path("lastModifiedAt")).isEqualTo(made.path("createdAt"));
        assertThat(attach().get(MAP).json().path("systemData")).isEqualTo(made);
        assertThat(changed.path("createdBy").asText()).isEqualTo(Sample.ATTACH_OBJECT);
        assertThat(changed.path("lastModifiedBy").asText()).isEqualTo(Sample.YOU_OBJECT);
        assertThat(listed).isEqualTo(changed);
    }

    @Test
    void othersMakeThemThroughTheControls() {
        JsonNode map = plant(
                        MAP,
                        "'properties':{'actions':['repositories/*/content/read'],'description':'planted'},'createdBy':'"
                                + Sample.YOU_OBJECT + "'")
                .json();
        JsonNode token =
                plant(TOKEN, "'properties':{'scopeMapId':'" + MAP + "'}").json();

        assertThat(map).isEqualTo(attach().get(MAP).json());
        assertThat(map.path("systemData").path("createdBy").asText()).isEqualTo(Sample.YOU_OBJECT);
        assertThat(map.path("properties").path("type").asText()).isEqualTo("UserDefined");
        assertThat(token.path("systemData").path("createdBy").asText()).isEqualTo(Tenant.ADMINISTRATOR);
        assertThat(attach().get(TOKEN).json().path("properties").path("status").asText())
                .isEqualTo("enabled");
        assertThat(generate("").status()).isEqualTo(200);
        assertThat(plant(Sample.ACR_SHOP + "x/tokens/attach-shop", "'properties':{}")
                        .text())
                .contains("id: There is no registry for a scope map or a token");
    }

    @Test
    void namesAndActionsAreChecked() {
        String body = "{'properties':{'actions':['repositories/shop/web/content/read']}}";
        for (String name : List.of("four", "with.dot", "a".repeat(51))) {
            assertThat(attach().put(Sample.ACR_SHOP + "/scopeMaps/" + name, body)
                            .status())
                    .as(name)
                    .isEqualTo(400);
        }
        assertThat(attach().put(MAP, "{'properties':{'actions':['repositories/shop/web/eat']}}")
                        .status())
                .isEqualTo(400);
        assertThat(attach().put(Sample.ACR_SHOP + "/scopeMaps/_repositories_pull", body)
                        .status())
                .isEqualTo(400);
        assertThat(attach().put(Sample.PLATFORM + Sample.REGISTRIES + "/acrgone/scopeMaps/attach-shop", body)
                        .code())
                .isEqualTo("ResourceNotFound");
    }

    @Test
    void aTokenNeedsItsScopeMapAndTheMapStaysWhileItIsUsed() {
        assertThat(token(MAP).status()).isEqualTo(400);
        map();
        Client.Reply made = token(MAP);
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.json().path("properties").path("status").asText()).isEqualTo("enabled");
        assertThat(made.json().path("properties").path("credentials").path("passwords"))
                .isEmpty();
        assertThat(attach().delete(MAP).status()).isEqualTo(409);
        assertThat(attach().send("PATCH", TOKEN, "{'properties':{'status':'disabled'}}")
                        .json()
                        .path("properties")
                        .path("status")
                        .asText())
                .isEqualTo("disabled");
        assertThat(attach().delete(TOKEN).status()).isEqualTo(200);
        assertThat(attach().delete(MAP).status()).isEqualTo(200);
        assertThat(token(Sample.ACR_SHOP + "/scopeMaps/_repositories_pull").status())
                .isEqualTo(201);
    }

    @Test
    void aPasswordIsMadeForOneSlotOrForBothAndSeenOnce() {
        map();
        token(MAP);
        JsonNode both = generate("").json();
        assertThat(both.path("username").asText()).isEqualTo("attach-shop");
        assertThat(both.path("passwords").findValuesAsText("name")).containsExactly("password1", "password2");
        String expiry = Instant.now().plusSeconds(3600).toString();
        JsonNode one = generate(",'name':'password1','expiry':'" + expiry + "'").json();

        assertThat(one.path("passwords").get(0).path("value").asText())
                .isNotEqualTo(both.path("passwords").get(0).path("value").asText());
        assertThat(one.path("passwords").get(1).has("value")).isFalse();
        Client.Reply shown = attach().get(TOKEN);
        JsonNode passwords = shown.json().path("properties").path("credentials").path("passwords");
        assertThat(shown.text()).doesNotContain("value");
        assertThat(Instant.parse(passwords.get(0).path("creationTime").asText()))
                .isAfter(Instant.parse(
                        both.path("passwords").get(0).path("creationTime").asText()));
        assertThat(Instant.parse(passwords.get(0).path("expiry").asText())).isBeforeOrEqualTo(Instant.parse(expiry));
        assertThat(passwords.get(1))
                .isEqualTo(((ObjectNode) both.path("passwords").get(1).deepCopy()).without("value"));
        assertThat(generate(",'name':'password3'").status()).isEqualTo(400);
        assertThat(generate(",'expiry':'2020-01-01T00:00:00Z'").status()).isEqualTo(400);
    }

    @Test
    void aPasswordThatIsNotNamedIsRemoved() {
        map();
        token(MAP);
        generate("");
        JsonNode left = attach().send(
                        "PATCH", TOKEN, "{'properties':{'credentials':{'passwords':[{'name':'password2'}]}}}")
                .json()
                .path("properties")
                .path("credentials")
                .path("passwords");
        assertThat(left.findValuesAsText("name")).containsExactly("password2");
        assertThat(attach().send("PATCH", TOKEN, "{'properties':{'credentials':{'passwords':[{'name':'password1'}]}}}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void tokensGoWithTheirRegistry() {
        map();
        token(MAP);
        generate("");
        Client you = Client.you(emulator);
        JsonNode registry = you.get(Sample.ACR_SHOP).json();
        you.delete(Sample.ACR_SHOP);
        assertThat(attach().get(TOKEN).status()).isEqualTo(404);
        assertThat(generate("").status()).isEqualTo(404);
        you.put(Sample.ACR_SHOP, registry.toString());
        assertThat(attach().get(TOKEN).status()).isEqualTo(404);
        map();
        assertThat(token(MAP).json().path("properties").path("credentials").path("passwords"))
                .isEmpty();
    }

    @Test
    void eachActionTakesItsOwnRight() {
        map();
        token(MAP);
        Client legacy = Client.armAs(emulator, Sample.LEGACY_APP, Sample.LEGACY_SECRET);
        assertThat(legacy.put(MAP, "{}").message())
                .contains("registries/scopeMaps/write")
                .contains(MAP);
        assertThat(legacy.put(TOKEN, "{}").message()).contains("registries/tokens/write");
        assertThat(legacy.get(TOKEN).message()).contains("registries/tokens/read");
        assertThat(legacy.delete(TOKEN).message()).contains("registries/tokens/delete");
        assertThat(legacy.post(Sample.ACR_SHOP + "/generateCredentials", "{}").message())
                .contains("Microsoft.ContainerRegistry/registries/generateCredentials/action");
    }

    @Test
    void changesAreAnnouncedUnderTheNamesOfTheChildren() throws IOException {
        try (Receiver receiver = new Receiver(RegistryTokensTest::shakeHands)) {
            emulator.eventGrid().subscribe(EventSubscription.to("CHILDREN", new Webhook(receiver.uri())));
            map();
            token(MAP);
            generate("");
            attach().delete(TOKEN);
            emulator.eventGrid().unsubscribe("CHILDREN");
            List<String> seen = emulator.eventGrid().deliveries().stream()
                    .map(delivery ->
                            delivery.event().type() + " " + delivery.event().subject())
                    .filter(text -> !text.contains("managedClusters"))
                    .toList();
            assertThat(seen)
                    .containsExactlyInAnyOrder(
                            "Microsoft.Resources.ResourceWriteSuccess " + MAP,
                            "Microsoft.Resources.ResourceWriteSuccess " + TOKEN,
                            "Microsoft.Resources.ResourceActionSuccess " + Sample.ACR_SHOP,
                            "Microsoft.Resources.ResourceDeleteSuccess " + TOKEN);
        }
    }

    private static Receiver.Answered shakeHands(Receiver.Received request) {
        JsonNode code = request.body().path(0).path("data").path("validationCode");
        return Receiver.Answered.json("{\"validationResponse\":\"" + code.asText() + "\"}");
    }

    private Client attach() {
        return Client.attach(emulator);
    }

    private Client.Reply plant(String id, String more) {
        return Client.of(emulator).post("/_emulator/registryChildren", "{'id':'" + id + "'," + more + "}");
    }

    private Client.Reply map() {
        return attach().put(MAP, "{'properties':{'actions':['repositories/shop/web/content/read']}}");
    }

    private Client.Reply token(String map) {
        return attach().put(TOKEN, "{'properties':{'scopeMapId':'" + map + "'}}");
    }

    private Client.Reply generate(String more) {
        return attach().post(Sample.ACR_SHOP + "/generateCredentials", "{'tokenId':'" + TOKEN + "'" + more + "}");
    }
}
