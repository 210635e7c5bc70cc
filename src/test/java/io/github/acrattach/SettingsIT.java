package io.github.acrattach;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Settings that cannot be meant end the start with one line that names them. */
class SettingsIT {

    /** What no setting can mean, with what is reported; the executable is started with all, the jar with every fourth. */
    private static final List<String> WRONG = List.of(
            "AZURE_CLIENT_SECRET|@Microsoft.KeyVault(VaultName=v;SecretName=x)|AZURE_CLIENT_SECRET is a reference to Key Vault",
            "ACR_ATTACH_AZURE_CREDENTIAL|guess|acr-attach.azure.credential",
            "ACR_ATTACH_RULES_TEAM_CLUSTERS_SUBSCRIPTIONS|prod|which is not a GUID",
            "ACR_ATTACH_AZURE_TRUSTED_CERTIFICATES|/dev/null|ACR_ATTACH_AZURE_TRUSTED_CERTIFICATES names",
            "ACR_ATTACH_RULES_TEAM_SECRET_LIFETIME|90|ACR_ATTACH_RULES_TEAM_SECRET_LIFETIME is \"90\"",
            "ACR_ATTACH_AZURE_ENDPOINTS_GRAPH|not a url|ACR_ATTACH_AZURE_ENDPOINTS_GRAPH is not an https URL",
            "AZURE_TENANT_ID|a b/c|AZURE_TENANT_ID is neither a GUID nor a domain",
            "ACR_ATTACH_RULES_TEAM_JOIN_ON_TAGS|,|ACR_ATTACH_RULES_TEAM_JOIN_ON_TAGS is empty",
            "ACR_ATTACH_RULES_TEAM_CLUSTERS_NAMES|acr.shop|ACR_ATTACH_RULES_TEAM_CLUSTERS_NAMES has 'acr.shop'",
            "ACR_ATTACH_RULES_TEAM_JOIN_ON_TAGS||ACR_ATTACH_RULES_TEAM_JOIN_ON_TAGS is empty",
            "ACR_ATTACH_RULES_1_CLUSTERS_NAMES|*|There is no setting ACR_ATTACH_RULES_1_CLUSTERS_NAMES",
            "ACR_ATTACH_AZURE_CLOUD|mars|acr-attach.azure.cloud",
            "ACR_ATTACH_RULES_TEAM_CLUSTERS_NAMES|*|ACR_ATTACH_RULES_TEAM_REGISTRIES selects nothing in particular",
            "ACR_ATTACH_AZURE_ENDPOINTS_REGISTRY|http://x|ACR_ATTACH_AZURE_ENDPOINTS_REGISTRY is not an https URL",
            "ACR_ATTACH_RULES_TEAM_SECRET_LIFETIM|90D|There is no setting ACR_ATTACH_RULES_TEAM_SECRET_LIFETIM",
            "ACR_ATTACH_KUBERNETES_RUNCOMMAND|true|There is no setting ACR_ATTACH_KUBERNETES_RUNCOMMAND",
            "ACR_ATTACH_RULES_TEAM_JOIN_ON_TAG|team|There is no setting ACR_ATTACH_RULES_TEAM_JOIN_ON_TAG",
            "QUARKUS_HTTP_HOST|0.0.0.0|The setting quarkus.http.host is \"0.0.0.0\"",
            "ACR_ATTACH_RULES_TEAM_SECRET_LIFETIME|soon|ACR_ATTACH_RULES_TEAM_SECRET_LIFETIME is \"soon\"",
            "ACR_ATTACH_RULES_TEAM_SECRET_LIFETIME|PT0S|ACR_ATTACH_RULES_TEAM_SECRET_LIFETIME is \"PT0S\"",
            "ACR_ATTACH_AZURE_CREDENTIAL|client-secret|AZURE_TENANT_ID is needed",
            "ACR_ATTACH_RULES_TEAM_SECRET_RENEW_AFTER|2|ACR_ATTACH_RULES_TEAM_SECRET_RENEW_AFTER is \"2\"",
            "ACR_ATTACH_RULES_TEAM_SECRET_CREDENTIAL|passkey|acr-attach.rules.team.secret.credential",
            "ACR_ATTACH_RULES_TEAM_EXCLUDED_PAIRS|aks-shop|ACR_ATTACH_RULES_TEAM_EXCLUDED_PAIRS has 'aks-shop'; a pair is written cluster/registry",
            "ACR_ATTACH_RULES_TEAM_CLUSTERS_EXCLUDED_TAGS|stage|ACR_ATTACH_RULES_TEAM_CLUSTERS_EXCLUDED_TAGS has the tag 'stage'",
            "ACR_ATTACH_RULES_TEAM_EXCLUDED_NAMES|x|There is no setting ACR_ATTACH_RULES_TEAM_EXCLUDED_NAMES",
            "ACR_ATTACH_RULES_TEAM_SECRET_SERVICE_ACCOUNTS|web-*,Web_*|ACR_ATTACH_RULES_TEAM_SECRET_SERVICE_ACCOUNTS has 'Web_*'",
            "ACR_ATTACH_KUBERNETES_RUN_COMMAND|maybe|ACR_ATTACH_KUBERNETES_RUN_COMMAND is \"maybe\"",
            "ACR_ATTACH_RULES_TEAM_SECRET_NAMESPACE_LABELS|team|ACR_ATTACH_RULES_TEAM_SECRET_NAMESPACE_LABELS has the label 'team'",
            "ACR_ATTACH_KUBERNETES_RUN_COMMAND_ENTRA_CLUSTERS|aks/|ACR_ATTACH_KUBERNETES_RUN_COMMAND_ENTRA_CLUSTERS has 'aks/'",
            "AZURE_CLIENT_ID|acr-attach|The setting AZURE_CLIENT_ID is no GUID",
            "ACR_ATTACH_RULES_TEAM_CLUSTERS_EXCLUDED_NAMES|*|ACR_ATTACH_RULES_TEAM_CLUSTERS_EXCLUDED_NAMES leaves nothing",
            "acr_attach_kubernetes_run_command|true|There is no setting acr_attach_kubernetes_run_command",
            "ACR_ATTACH_AZURE_CREDENTIAL|${CREDENTIAL}|ACR_ATTACH_AZURE_CREDENTIAL holds a placeholder");

    static Stream<Arguments> wrong() {
        int every = PackagedProgram.isExecutable() ? 1 : 4;
        return IntStream.range(0, WRONG.size())
                .filter(row -> row % every == 0)
                .mapToObj(row -> Arguments.of((Object[]) WRONG.get(row).split("[|]")));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void wrongSettingIsNamed(String name, String value, String told) throws IOException, InterruptedException {
        Map<String, String> settings = new HashMap<>(Map.of(name, value));
        if (name.startsWith("ACR_ATTACH_RULES_TEAM_SECRET_") || name.contains("_EXCLUDED_")) {
            settings.put("ACR_ATTACH_RULES_TEAM_CLUSTERS_NAMES", "*");
            settings.put("ACR_ATTACH_RULES_TEAM_REGISTRIES_NAMES", "*");
        }
        assertRefused(settings, told);
    }

    @Test
    @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void programStartsWithTheSettingsOfTheTemplate() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(PackagedProgram.command()).redirectErrorStream(true);
        builder.environment().put("FUNCTIONS_CUSTOMHANDLER_PORT", "0");
        builder.environment().put("AZURE_CLIENT_ID", "b7e2c9d4-1a3f-4c5e-8b6d-0f1e2d3c4b5a");
        builder.environment().put("ACR_ATTACH_AZURE_CLOUD", "public");
        builder.environment().putAll(InstalledSettings.of("secret-method"));
        Process process = builder.start();
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(output.lines()
                            .anyMatch(line -> line.contains("Rule team: clusters in the resource group rg-shop-*")))
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
    }

    private static void assertRefused(Map<String, String> settings, String told)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(PackagedProgram.command()).redirectErrorStream(true);
        builder.environment().put("FUNCTIONS_CUSTOMHANDLER_PORT", "0");
        builder.environment().putAll(settings);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isNotZero();
        // It is told as text, or as the text of a JSON line.
        assertThat(output.replace("\\\"", "\"")).contains(told).doesNotContain("\tat ");
    }
}
