package io.github.acrattach.adapter.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.acrattach.domain.installation.Check.State;
import io.github.acrattach.domain.installation.HostSettings;
import io.github.acrattach.domain.installation.HostStorage;
import io.github.acrattach.domain.installation.HostStorage.Access;
import io.github.acrattach.domain.installation.HostedApp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the environment of a function app, and its host.json, tell. */
class HostFilesTest {

    private static final String OWNER = "3f2b8c14-5d6e-4a7f-9b10-c2d3e4f5a601+rg-acr-attach-WestEuropewebspace-Linux";
    private static final String KEY = "bWFkZS11cC1rZXktb2YtYS1zdG9yYWdlLWFjY291bnQ=";

    @Test
    void laptopIsNoApp() {
        HostedApp app = own(Map.of());
        assertThat(app.startedByHost()).isFalse();
        assertThat(app.id()).isEmpty();
        assertThat(app.hostIds()).isEmpty();
        assertThat(app.storage()).isEqualTo(HostStorage.NONE);
        assertThat(app.canBeSentTo()).isFalse();
    }

    @Test
    void appIsKnownByItsId() {
        assertThat(own(app("func-acr-attach")).id())
                .contains("/subscriptions/3f2b8c14-5d6e-4a7f-9b10-c2d3e4f5a601/resourceGroups/rg-acr-attach"
                        + "/providers/Microsoft.Web/sites/func-acr-attach");
        assertThat(own(Map.of("WEBSITE_SITE_NAME", "func", "WEBSITE_OWNER_NAME", "x", "WEBSITE_RESOURCE_GROUP", "y"))
                        .id())
                .isEmpty();
    }

    /** MD5 of the name, as .NET writes a Guid of it: computed by another language's uuid of those bytes. */
    @Test
    void hostOnFlexConsumptionCallsItselfByAHash() {
        Map<String, String> flex = new HashMap<>(app("Func-acr-attach"));
        flex.put("WEBSITE_SKU", "FlexConsumption");
        assertThat(own(flex).hostIds()).first().isEqualTo("ff98465b93f0d4686899585355538ff3");
        assertThat(own(app("func-acr-attach")).hostIds()).first().isEqualTo("func-acr-attach");
    }

    @Test
    void nameOfAHostIsCutAndOfASlotItsOwn() {
        assertThat(own(app("func-acr-attach-of-the-platform-team")).hostIds())
                .first()
                .isEqualTo("func-acr-attach-of-the-platform");
        Map<String, String> slot = new HashMap<>(app("func"));
        slot.put("WEBSITE_SLOT_NAME", "Staging");
        assertThat(own(slot).hostIds()).first().isEqualTo("func-staging");
        slot.put("AzureFunctionsWebHost__hostid", "mine");
        assertThat(own(slot).hostIds()).containsExactly("mine");
    }

    /** What stands in a path comes from settings that others than the host's can write. */
    @Test
    void hostIdIsNoPath() {
        Map<String, String> odd = new HashMap<>(app("func"));
        odd.put("AzureFunctionsWebHost__hostid", "../../secrets");
        assertThat(own(odd).hostIds()).doesNotContain("../../secrets");
    }

    @Test
    void storageByIdentityIsKnownByItsAddresses() {
        assertThat(own(Map.of(
                                "AzureWebJobsStorage__blobServiceUri", "https://stacrattach.blob.core.windows.net/",
                                "AzureWebJobsStorage__queueServiceUri", "https://stacrattach.queue.core.windows.net/"))
                        .storage())
                .isEqualTo(new HostStorage(
                        Access.IDENTITY,
                        "stacrattach",
                        "https://stacrattach.blob.core.windows.net/",
                        "https://stacrattach.queue.core.windows.net/"));
        assertThat(own(Map.of("AzureWebJobsStorage__accountName", "stacrattach"))
                        .storage())
                .isEqualTo(new HostStorage(Access.IDENTITY, "stacrattach", "", ""));
        assertThat(own(Map.of("AzureWebJobsStorage__queueServiceUri", "https://localhost:7443/_queues/stacrattach"))
                        .storage()
                        .account())
                .isEqualTo("stacrattach");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DefaultEndpointsProtocol=https;AccountName=stacrattach;AccountKey=" + KEY
                        + ";EndpointSuffix=core.windows.net",
                "AccountKey=" + KEY + ";accountname=stacrattach",
                "BlobEndpoint=https://stacrattach.blob.core.windows.net/;SharedAccessSignature=" + KEY,
                KEY
            })
    void nothingOfAConnectionStringButTheAccountIsRead(String connection) {
        HostedApp app = own(Map.of("AzureWebJobsStorage", connection));
        assertThat(app.storage().access()).isEqualTo(Access.KEY);
        assertThat(app.storage().account()).isIn("stacrattach", "");
        assertThat(app.toString()).doesNotContain(KEY);
    }

    @Test
    void storageOfALaptopIsNoAccount() {
        assertThat(own(Map.of("AzureWebJobsStorage", "UseDevelopmentStorage=true"))
                        .storage())
                .isEqualTo(HostStorage.NONE);
    }

    /** The Java worker may have been started before the host knew the app. */
    @Test
    void rootIsNamedByTheHostOrIsWhereAppsAre(@TempDir Path folder) throws IOException {
        Path root = Files.createDirectories(folder.resolve("site").resolve("wwwroot"));
        Files.writeString(root.resolve("host.json"), "{\"functionTimeout\":\"00:07:00\"}");
        assertThat(own(Map.of("AzureWebJobsScriptRoot", root.toString()))
                        .hostJson()
                        .orElseThrow())
                .containsEntry("functionTimeout", "00:07:00");
        assertThat(own(Map.of("HOME", folder.toString())).hostJson().orElseThrow())
                .as("where it was started, there is one, too")
                .containsEntry("functionTimeout", "00:05:00");
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "src/main/java-worker"})
    void hostJsonOfBothPackagesIsWhatIsNeeded(String root) {
        Map<String, String> values =
                own(Map.of("FUNCTIONS_APP_ROOT_PATH", root)).hostJson().orElseThrow();
        assertThat(new HostSettings(values, Duration.ofSeconds(205)).checks())
                .hasSize(4)
                .allMatch(check -> check.state() == State.OK);
    }

    @Test
    void appSettingOverridesAValueInLettersOfAnyCase() {
        Map<String, String> values = own(Map.of(
                        "FUNCTIONS_APP_ROOT_PATH", ".", "AzureFunctionsJobHost__FUNCTIONTIMEOUT", "00:10:00"))
                .hostJson()
                .orElseThrow();
        assertThat(values.get("functionTimeout")).isEqualTo("00:10:00");
    }

    @Test
    void hostJsonThatCannotBeReadIsNone(@TempDir Path folder) throws IOException {
        Map<String, String> environment = Map.of("FUNCTIONS_APP_ROOT_PATH", folder.toString());
        Files.writeString(folder.resolve("host.json"), "{\"version\":");
        assertThat(own(environment).hostJson()).isEmpty();
        Files.writeString(folder.resolve("host.json"), "");
        assertThat(own(environment).hostJson().orElse(Map.of())).isEmpty();
    }

    private static HostedApp own(Map<String, String> environment) {
        return new HostFiles(environment).own();
    }

    private static Map<String, String> app(String site) {
        return Map.of(
                "WEBSITE_SITE_NAME", site, "WEBSITE_OWNER_NAME", OWNER, "WEBSITE_RESOURCE_GROUP", "rg-acr-attach");
    }
}
