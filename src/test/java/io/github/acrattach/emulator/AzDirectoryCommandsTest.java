package io.github.acrattach.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.acrattach.emulator.estate.Estate;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The requests of azure-cli 2.45, in its order, when a person who may register applications makes a service principal. */
class AzDirectoryCommandsTest {

    private static final String APPLICATIONS = "/v1.0/applications";
    private static final String PRINCIPALS = "/v1.0/servicePrincipals";

    private static Emulator emulator;
    private static Client you;

    @BeforeAll
    static void start() {
        emulator = Emulator.start(EmulatorOptions.of(Estate.sample()));
        you = Client.of(emulator).signedIn(Sample.YOU_APP, Sample.YOU_SECRET, "https://graph.microsoft.com/.default");
    }

    @AfterAll
    static void stop() {
        emulator.close();
    }

    @Test
    void spCreateForRbacTwiceIsOnePrincipalWithOnePassword() {
        String first = spCreateForRbac("pull-shop");
        spCreateForRbac("pull-shop-2");
        assertThat(spCreateForRbac("pull-shop")).isEqualTo(first);
        JsonNode made = found(APPLICATIONS, "displayName eq 'pull-shop'");
        assertThat(made).hasSize(1);
        assertThat(made.get(0).path("passwordCredentials")).hasSize(1);
        assertThat(found(PRINCIPALS, "startswith(displayName,'pull-shop')"))
                .as("az ad sp list --display-name pull-shop")
                .hasSize(2);
    }

    @Test
    void appCreateTwiceIsOneApplication() {
        String first = appCreate("only-an-app").path("appId").asText();
        assertThat(appCreate("only-an-app").path("appId").asText()).isEqualTo(first);
    }

    /** The client id. */
    private static String spCreateForRbac(String name) {
        JsonNode existing = found(PRINCIPALS, "displayName eq '" + name + "'");
        JsonNode application = appCreate(name);
        String at = APPLICATIONS + "/" + application.path("id").asText();
        application.path("passwordCredentials").forEach(each -> assertThat(you.post(
                                at + "/removePassword",
                                "{'keyId':'" + each.path("keyId").asText() + "'}")
                        .status())
                .isEqualTo(204));
        assertThat(you.post(at + "/addPassword", "{'passwordCredential':{'displayName':'rbac'}}")
                        .json()
                        .path("secretText")
                        .asText())
                .isNotEmpty();
        String appId = application.path("appId").asText();
        if (existing.isEmpty()) {
            assertThat(you.post(PRINCIPALS, "{'appId':'" + appId + "','accountEnabled':'True'}")
                            .status())
                    .isEqualTo(201);
        }
        return appId;
    }

    private static JsonNode appCreate(String name) {
        Optional<JsonNode> there = StreamSupport.stream(
                        found(APPLICATIONS, "startswith(displayName,'" + name + "')")
                                .spliterator(),
                        false)
                .filter(each -> each.path("displayName").asText().equals(name))
                .findFirst();
        String body = "{'displayName':'" + name + "','keyCredentials':[]}";
        if (there.isEmpty()) {
            return you.post(APPLICATIONS, body).json();
        }
        String at = APPLICATIONS + "/" + there.get().path("id").asText();
        assertThat(you.send("PATCH", at, body).status()).isEqualTo(204);
        return you.get(at).json();
    }

    private static JsonNode found(String set, String filter) {
        Client.Reply reply = you.get(set + "?$filter=" + filter);
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.json().path("value");
    }
}
