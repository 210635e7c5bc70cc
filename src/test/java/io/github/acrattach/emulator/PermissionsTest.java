package io.github.acrattach.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.acrattach.emulator.http.Json;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PermissionsTest extends Running {
    private static final String PERMISSIONS = "/providers/Microsoft.Authorization/permissions?api-version=2022-04-01";

    @Override
    EmulatorOptions options() {
        return super.options().withPageSize(2);
    }

    @Test
    void aCallerSeesWhatEachOfItsRolesAllowsThereAndAbove() {
        assertThat(actions(Client.you(emulator), Sample.PRODUCTION)).containsExactly("*");
        assertThat(actions(Client.attach(emulator), Sample.ACR_SHOP))
                .as("in pages of two")
                .contains("*/read", "Microsoft.Authorization/roleAssignments/write")
                .doesNotContain("*");
    }

    @Test
    void notActionsComeAlong() {
        Client.you(emulator)
                .put(
                        Sample.PLATFORM + Sample.ASSIGNMENTS + "/11111111-2222-4333-8444-555555555555",
                        Sample.assignment(
                                "b24988ac-6180-42a0-ab88-20f7382dd24c", Sample.ATTACH_OBJECT, "ServicePrincipal"));
        assertThat(texts(Client.attach(emulator), Sample.PLATFORM, "notActions"))
                .contains("Microsoft.Authorization/*/Write");
        assertThat(actions(Client.attach(emulator), Sample.PRODUCTION))
                .as("what is given below is not told")
                .doesNotContain("*");
    }

    @Test
    void anotherVersionIsRefused() {
        Client.Reply reply = Client.you(emulator)
                .get(Sample.PRODUCTION + "/providers/Microsoft.Authorization/permissions?api-version=2031-01-01");
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.message()).contains("2022-04-01");
    }

    @Test
    void nobodyIsTold() {
        assertThat(Client.of(emulator).get(Sample.PRODUCTION + PERMISSIONS).status())
                .isEqualTo(401);
        assertThat(Client.armAs(emulator, Sample.LEGACY_APP, Sample.LEGACY_SECRET)
                        .get(Sample.PRODUCTION + PERMISSIONS)
                        .code())
                .isEqualTo("AuthorizationFailed");
    }

    private static List<String> actions(Client client, String scope) {
        return texts(client, scope, "actions");
    }

    private static List<String> texts(Client client, String scope, String kind) {
        List<String> texts = new ArrayList<>();
        String url = scope + PERMISSIONS;
        while (!url.isEmpty()) {
            JsonNode page = client.get(url).json();
            page.path("value").forEach(each -> texts.addAll(Json.textsIn(each.path(kind))));
            url = page.path("nextLink").asText("");
        }
        return texts;
    }
}
