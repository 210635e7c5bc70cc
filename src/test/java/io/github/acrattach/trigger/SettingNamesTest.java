package io.github.acrattach.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The names that are let in are those of the settings that the program reads, and no value stands for another text. */
class SettingNamesTest {

    /** Of each kind: a name, a choice, a list, a secret, a text that a library reads itself. */
    private static final List<String> ANY = List.of(
            "ACR_ATTACH_RULES_TEAM_CLUSTERS_NAMES",
            "ACR_ATTACH_RULES_TEAM_METHOD",
            "ACR_ATTACH_RULES_TEAM_SECRET_LIFETIME",
            "ACR_ATTACH_AZURE_CLIENT_SECRET",
            "AZURE_CLIENT_SECRET",
            "AZURE_TENANT_ID",
            "AZURE_FEDERATED_TOKEN_FILE",
            "IDENTITY_ENDPOINT",
            "IDENTITY_HEADER",
            "QUARKUS_HTTP_HOST_ENABLED");

    @Test
    void everySettingIsLetIn() throws IOException, URISyntaxException {
        List<String> names;
        Path root = Path.of(SettingNames.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        try (Stream<Path> files = Files.walk(root)) {
            names = files.map(file -> root.relativize(file).toString())
                    .filter(file -> file.endsWith(".class"))
                    .map(SettingNamesTest::type)
                    .filter(type -> type.isAnnotationPresent(ConfigMapping.class))
                    .flatMap(type -> ConfigMappings.getProperties(ConfigClass.configClass(type)).keySet().stream())
                    .map(SettingNamesTest::variable)
                    .toList();
        }
        assertThat(names)
                .contains(
                        "ACR_ATTACH_AZURE_ENDPOINTS_REGISTRY",
                        "ACR_ATTACH_LOG_FORMAT",
                        "ACR_ATTACH_KUBERNETES_RUN_COMMAND_ENTRA_CLUSTERS",
                        "ACR_ATTACH_RULES_TEAM_SECRET_RENEW_AFTER");
        for (String name : names) {
            assertThatNoException().as(name).isThrownBy(() -> SettingNames.check(Map.of(name, "true")));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@Microsoft.KeyVault(SecretUri=https://vault.example.net/secrets/x/)",
                "@microsoft.keyvault(VaultName=v;SecretName=x)",
                "  @Microsoft.KeyVault(VaultName=v;SecretName=x)  ",
                "@Microsoft.AppConfiguration(Endpoint=https://x.example.net; Key=k)",
                "aks-shop,@Microsoft.KeyVault(VaultName=v;SecretName=x)",
            })
    void referenceThatTheHostDidNotResolveEndsTheStartInAnySetting(String value) {
        for (String name : ANY) {
            assertThatThrownBy(() -> SettingNames.check(Map.of(name, value)))
                    .as(name)
                    .hasMessageStartingWith(
                            "The setting " + name + " is a reference to Key Vault or App Configuration that the")
                    .hasMessageContaining("configreferences/appsettings/" + name + "?")
                    .hasMessageNotContaining("VaultName")
                    .hasMessageNotContaining("example.net");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"#{Value}#", "#{Value}", "${VALUE}", "$(Value)", "<value>", "{{ value }}", "%VALUE%", "$VALUE"})
    void placeholderThatTheDeploymentDidNotReplaceEndsTheStartInAnySetting(String value) {
        for (String name : ANY) {
            assertThatThrownBy(() -> SettingNames.check(Map.of(name, " " + value)))
                    .as(name)
                    .hasMessageStartingWith("The setting " + name + " holds a placeholder")
                    .hasMessageNotContainingAny("VALUE", "Value");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            AZURE_CLIENT_SECRET                  | a<b>c$(d)~.Q8
            AZURE_CLIENT_SECRET                  | 1aB8Q~x#{y}z%ABCD%
            ACR_ATTACH_RULES_TEAM_CLUSTERS_TAGS  | owner=<none>
            ACR_ATTACH_AZURE_ENDPOINTS_REGISTRY  | https://localhost:7443/_registries/{login-server}
            ACR_ATTACH_AZURE_ENDPOINTS_GRAPH     | https://localhost/%C3%A4
            AZURE_CLIENT_SECRET_OF_SOMEBODY_ELSE | x@Microsoft.com
            PATH                                 | ${PATH}
            """)
    void whatCanBeMeantIsLetIn(String name, String value) {
        assertThatNoException().isThrownBy(() -> SettingNames.check(Map.of(name, value)));
    }

    @Test
    void commandNamesTheAppWhereItsHostDoes() {
        Map<String, String> app = Map.of(
                "WEBSITE_SITE_NAME", "attach-prod",
                "WEBSITE_RESOURCE_GROUP", "platform",
                "AZURE_CLIENT_SECRET", "@Microsoft.KeyVault(x)");
        assertThatThrownBy(() -> SettingNames.check(app))
                .hasMessageContaining("az functionapp show --name \"attach-prod\" --resource-group \"platform\"");
    }

    @Test
    void containerAppIsToldItsOwnWayToAVault() {
        Map<String, String> app =
                Map.of("CONTAINER_APP_NAME", "attach", "AZURE_CLIENT_SECRET", "@Microsoft.KeyVault(x)");
        assertThatThrownBy(() -> SettingNames.check(app))
                .hasMessageContaining("is a reference to Key Vault")
                .hasMessageContaining("az containerapp update --name \"attach\" --resource-group"
                        + " \"<its resource group>\" --set-env-vars"
                        + " \"AZURE_CLIENT_SECRET=secretref:<name of that secret>\"")
                .hasMessageNotContaining("functionapp");
    }

    @Test
    void commandTakesNothingElseForTheNameOfTheApp() {
        Map<String, String> app = Map.of(
                "WEBSITE_SITE_NAME", "x\" ; rm -rf /",
                "WEBSITE_RESOURCE_GROUP", "$(id)",
                "AZURE_CLIENT_SECRET", "@Microsoft.KeyVault(x)");
        assertThatThrownBy(() -> SettingNames.check(app))
                .hasMessageContaining("--name \"<function app>\" --resource-group \"<its resource group>\"");
    }

    /** Of a Service called acr-attach, in each pod beside it: kubernetes.io/docs/concepts/services-networking/service. */
    @ParameterizedTest
    @CsvSource({
        "ACR_ATTACH_SERVICE_HOST, 10.0.0.1",
        "ACR_ATTACH_SERVICE_PORT, 80",
        "ACR_ATTACH_SERVICE_PORT_HTTP, 80",
        "ACR_ATTACH_PORT, tcp://10.0.0.1:80",
        "ACR_ATTACH_PORT_80_TCP, tcp://10.0.0.1:80",
        "ACR_ATTACH_PORT_80_TCP_PROTO, tcp",
        "ACR_ATTACH_PORT_80_TCP_PORT, 80",
        "ACR_ATTACH_METRICS_PORT_9090_TCP_ADDR, 10.0.0.1",
        "ACR_ATTACH_METRICS_SERVICE_HOST, 10.0.0.1"
    })
    void whatKubernetesTellsOfAServiceIsNoSetting(String name, String value) {
        assertThatNoException().isThrownBy(() -> SettingNames.check(Map.of(name, value)));
    }

    /** The configuration library reads them, so that nothing else would tell of a wrong one. */
    @ParameterizedTest
    @ValueSource(
            strings = {"acr_attach_kubernetes_run_command", "Acr_Attach_Rules_Team_Method", "acr-attach.log-format"})
    void settingIsWrittenInUpperCase(String name) {
        assertThatThrownBy(() -> SettingNames.check(Map.of(name, "maybe")))
                .hasMessageStartingWith("There is no setting " + name + ".")
                .hasMessageContaining(name.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"));
    }

    private static Class<?> type(String file) {
        String name = file.replaceAll("[.]class$", "").replace(File.separatorChar, '.');
        try {
            return Class.forName(name, false, SettingNamesTest.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Of a property: the name of a rule stands for all of them, and a list is one variable. */
    private static String variable(String property) {
        return property.replace("[*]", "")
                .replace("*", "team")
                .replaceAll("[.-]", "_")
                .toUpperCase(Locale.ROOT);
    }
}
