package io.github.acrattach.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The app, its worker, its code and its telemetry. */
class AppTest {

    private static final String SITES = "Microsoft.Web/sites";

    /** What Flex Consumption refuses, or takes and ignores (learn.microsoft.com/azure/azure-functions/functions-app-settings). */
    private static final Pattern REFUSED_BY_FLEX = Pattern.compile("FUNCTIONS_WORKER_RUNTIME(_VERSION)?"
            + "|FUNCTIONS_EXTENSION_VERSION|WEBSITE_RUN_FROM_PACKAGE|WEBSITE_CONTENT\\w*|WEBSITE_NODE_DEFAULT_VERSION"
            + "|WEBSITE_VNET_ROUTE_ALL|WEBSITE_SKIP_CONTENTSHARE_VALIDATION|WEBSITE_USE_PLACEHOLDER\\w*"
            + "|SCM_DO_BUILD_DURING_DEPLOYMENT|ENABLE_ORYX_BUILD|linuxFxVersion|AzureWebJobsStorage|JAVA_OPTS"
            + "|AzureWebJobsDashboard|APPINSIGHTS_INSTRUMENTATIONKEY");

    private final Bicep bicep = Bicep.compiler();

    @ParameterizedTest
    @MethodSource("io.github.acrattach.infra.InstallationTest#files")
    void appIsOneOfFlexConsumption(String file) {
        bicep.snapshot(file).ofType(SITES).forEach(app -> {
            assertThat(bicep.snapshot(file)
                            .only("Microsoft.Web/serverfarms")
                            .at("/sku/tier")
                            .asText())
                    .isEqualTo("FlexConsumption");
            assertThat(app.at("/properties/httpsOnly").asBoolean()).isTrue();
            assertThat(app.at("/properties/siteConfig")).hasSize(4);
            JsonNode config = app.at("/properties/functionAppConfig");
            assertThat(config.at("/deployment/storage/value").asText()).contains("acr-attach-package");
            assertThat(config.at("/scaleAndConcurrency/instanceMemoryMB").asInt())
                    .isIn(512, 2048, 4096);
            bicep.snapshot(file).appSettings().fieldNames().forEachRemaining(name -> assertThat(name)
                    .doesNotMatch(REFUSED_BY_FLEX));
        });
    }

    @Test
    void workerIsWhatWasChosen() {
        assertThat(bicep.snapshot("default")
                        .only(SITES)
                        .at("/properties/functionAppConfig/runtime/name")
                        .asText())
                .isEqualTo("custom");
        assertThat(bicep.snapshot("java-worker")
                        .only(SITES)
                        .at("/properties/functionAppConfig/runtime/name")
                        .asText())
                .isEqualTo("java");
        assertThat(bicep.snapshot("java-worker")
                        .appSettings()
                        .path("QUARKUS_HTTP_HOST_ENABLED")
                        .asText())
                .isEqualTo("false");
    }

    /** The image of Java 17 has a glibc that the executable does not run on: README.md. */
    @Test
    void executableOnTheStackOfJavaGetsAnImageThatItRunsIn() throws IOException {
        Path file = Files.writeString(
                Files.createDirectories(Path.of("target/infra-parameters")).resolve("workload.on-java.bicepparam"),
                "using '../../infra/workload.bicep'\nparam worker = 'custom-on-java'\n");
        JsonNode runtime = bicep.snapshot(file).only(SITES).at("/properties/functionAppConfig/runtime");
        assertThat(runtime.path("name").asText()).isEqualTo("java");
        assertThat(Files.readString(Path.of("README.md")).lines().filter(line -> line.endsWith("| runs |")))
                .anyMatch(line ->
                        line.contains("java:4-java" + runtime.path("version").asText() + "`"));
    }

    @Test
    void codeComesFromTheUrlBeforeItsFunctionIsSubscribed() {
        assertThat(bicep.snapshot("function-delivery")
                        .only("Microsoft.Web/sites/extensions")
                        .at("/properties/packageUri")
                        .asText())
                .isEqualTo("https://example.com/acr-attach.zip");
        assertThat(bicep.compile(Bicep.INFRA.resolve("workload.bicep")).json().at("/resources/topic/dependsOn"))
                .anyMatch(each -> each.asText().equals("package"));
        assertThat(bicep.snapshot("default").ofType("Microsoft.Web/sites/extensions"))
                .isEmpty();
    }

    @Test
    void telemetryTakesNoKey() {
        assertThat(bicep.snapshot("default")
                        .only("Microsoft.Insights/components")
                        .at("/properties/DisableLocalAuth")
                        .asBoolean())
                .isTrue();
        assertThat(bicep.snapshot("default")
                        .appSettings()
                        .path("APPLICATIONINSIGHTS_AUTHENTICATION_STRING")
                        .asText())
                .contains("Authorization=AAD");
    }
}
