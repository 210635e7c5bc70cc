package io.github.acrattach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.acrattach.infra.Bicep;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The app settings that the templates make are settings that the program knows. */
class InstalledSettingsTest {

    private final Bicep bicep = Bicep.compiler();

    @ParameterizedTest
    @ValueSource(strings = {"default", "secret-method", "java-worker", "two-subscriptions", "workload"})
    void programKnowsEachOfThem(String file) {
        Map<String, String> settings = new TreeMap<>();
        JsonNode properties = bicep.snapshot(file).appSettings();
        properties
                .properties()
                .forEach(each -> settings.put(each.getKey(), each.getValue().asText()));
        assertThat(settings).isNotEmpty();
        assertThatNoException().isThrownBy(() -> SettingNames.check(settings));
    }

    @Test
    void ruleIsSetAsItWasWritten() {
        JsonNode settings = bicep.snapshot("secret-method").appSettings();
        assertThat(settings.path("ACR_ATTACH_RULES_TEAM_CLUSTERS_RESOURCE_GROUPS")
                        .asText())
                .isEqualTo("rg-shop-*");
        assertThat(settings.path("ACR_ATTACH_RULES_TEAM_METHOD").asText()).isEqualTo("secret");
        assertThat(settings.path("ACR_ATTACH_RULES_TEAM_SECRET_NAMESPACES").asText())
                .isEqualTo("shop,shop-*");
        assertThat(settings.path("ACR_ATTACH_RULES_TEAM_SECRET_LIFETIME").asText())
                .isEqualTo("30D");
        assertThat(settings.path("ACR_ATTACH_RULES_TEAM_SECRET_RENEW_AFTER").asText())
                .isEqualTo("0.05");
        assertThat(settings.path("ACR_ATTACH_KUBERNETES_RUN_COMMAND").asText()).isEqualTo("true");
        assertThat(settings.has("ACR_ATTACH_RULES_TEAM_JOIN_ON_TAGS")).isFalse();
    }
}
