package io.github.acrattach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.acrattach.infra.Bicep;
import io.github.acrattach.trigger.SettingNames;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
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

    /** What is known before Azure has made anything: the packaged program is started with it ({@code SettingsIT}). */
    @ParameterizedTest
    @ValueSource(strings = {"default", "secret-method", "java-worker"})
    void settingsThatTheProgramIsTriedWithAreThose(String file) throws IOException {
        Map<String, String> settings = new TreeMap<>();
        bicep.snapshot(file).appSettings().properties().stream()
                .filter(each -> !each.getValue().asText().startsWith("["))
                .forEach(each -> settings.put(each.getKey(), each.getValue().asText()));
        assertThat(settings).isEqualTo(InstalledSettings.of(file));
    }
}
