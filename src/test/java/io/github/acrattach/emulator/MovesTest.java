package io.github.acrattach.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Registries that get into another resource group, with what belongs to them. */
class MovesTest extends Running {
    private static final String EAST = Sample.PRODUCTION + "/resourceGroups/east";
    private static final String MOVED = EAST + Sample.REGISTRIES + "/acrshop";

    private Client you;

    @BeforeEach
    void arrange() {
        you = Client.you(emulator);
        you.put(EAST, "{'location':'westeurope'}");
    }

    @Test
    void registryIsUnderItsNewIdWithAllThatBelongsToIt() {
        you.put(Sample.ACR_SHOP + "/scopeMaps/pulls", "{'properties':{'actions':['repositories/*/content/read']}}");
        you.put(
                Sample.ACR_SHOP + "/tokens/pulls",
                "{'properties':{'scopeMapId':'" + Sample.ACR_SHOP + "/scopeMaps/pulls'}}");
        String password = you.post(
                        Sample.ACR_SHOP + "/generateCredentials",
                        "{'tokenId':'" + Sample.ACR_SHOP + "/tokens/pulls','name':'password1'}")
                .json()
                .path("passwords")
                .path(0)
                .path("value")
                .asText();
        JsonNode before = you.get(Sample.ACR_SHOP).json();

        Client.Reply begun = move(Sample.ACR_SHOP, EAST);

        assertThat(begun.status()).isEqualTo(202);
        assertThat(you.get(begun.header("Location")).status()).isEqualTo(204);
        assertThat(you.get(Sample.ACR_SHOP).code()).isEqualTo("ResourceNotFound");
        JsonNode after = you.get(MOVED).json();
        assertThat(after.path("properties")).isEqualTo(before.path("properties"));
        assertThat(after.path("id").asText()).isEqualTo(MOVED);
        JsonNode token = you.get(MOVED + "/tokens/pulls").json();
        assertThat(token.path("properties").path("scopeMapId").asText()).isEqualTo(MOVED + "/scopeMaps/pulls");
        assertThat(token.path("properties").path("credentials").path("passwords"))
                .hasSize(1);
        assertThat(you.get(MOVED + "/scopeMaps/pulls").status()).isEqualTo(200);
        String basic = Base64.getEncoder().encodeToString(("pulls:" + password).getBytes(StandardCharsets.UTF_8));
        assertThat(Client.of(emulator)
                        .send(HttpRequest.newBuilder(emulator.uri()
                                        .resolve("/_registries/acrshop.azurecr.io/v2/shop/web/manifests/1.0"))
                                .header("Authorization", "Basic " + basic)
                                .build())
                        .status())
                .isEqualTo(200);
    }

    @Test
    void roleAssignmentsAreLeftBehind() {
        String name = Sample.ASSIGNMENTS + "/0f3d1c9a-2b4e-4a6f-8c8d-9e0f1a2b3c4d";
        you.put(Sample.ACR_SHOP + name, Sample.assignment(Sample.ACR_PULL, Sample.SHOP_KUBELET, "ServicePrincipal"));

        move(Sample.ACR_SHOP, EAST);

        assertThat(emulator.roleAssignments()).noneMatch(each -> each.id().contains("/acrshop/"));
        assertThat(you.get(MOVED + name).status()).isEqualTo(404);
    }

    @Test
    void anotherSubscriptionIsAGoodTarget() {
        assertThat(move(Sample.ACR_SHOP, Sample.SHARED + "/resourceGroups/shared")
                        .status())
                .isEqualTo(202);
        assertThat(you.get(Sample.SHARED + "/resourceGroups/shared" + Sample.REGISTRIES + "/acrshop")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void whatCannotBeMovedIsRefusedAndStays() {
        assertRefused(
                move(Sample.AKS_SHOP, EAST), 409, "ResourceMoveProviderValidationFailed", "Resource move validation");
        assertRefused(move(Sample.ACR_SHOP, EAST + "-not"), 404, "ResourceGroupNotFound", "");
        assertRefused(move(Sample.ACR_SHOP + "-not", EAST), 404, "ResourceNotFound", "");
        assertRefused(move(MOVED, EAST), 400, "InvalidResourceMoveRequest", "");
        assertThat(you.get(Sample.ACR_SHOP).status()).isEqualTo(200);
    }

    @Test
    void validationMovesNothing() {
        Client.Reply validated = you.post(Sample.PLATFORM + "/validateMoveResources", body(Sample.ACR_SHOP, EAST));

        assertThat(validated.status()).isEqualTo(202);
        assertThat(you.get(validated.header("Location")).status()).isEqualTo(204);
        assertThat(you.get(Sample.ACR_SHOP).status()).isEqualTo(200);
    }

    private Client.Reply move(String resource, String group) {
        return you.post(Sample.PLATFORM + "/moveResources", body(resource, group));
    }

    private static String body(String resource, String group) {
        return "{'resources':['" + resource + "'],'targetResourceGroup':'" + group + "'}";
    }

    private static void assertRefused(Client.Reply reply, int status, String code, String message) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(status);
        assertThat(reply.code()).isEqualTo(code);
        assertThat(reply.message()).contains(message);
    }
}
