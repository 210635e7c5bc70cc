package io.github.acrattach.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A function that the host does not call makes no failure, so that the log of the start is the one place to tell it. */
class DisabledFunctionsTest {

    @ParameterizedTest
    @CsvSource({
        "AzureWebJobs.RotatePullSecrets.Disabled, true",
        "AzureWebJobs.RotatePullSecrets.Disabled, 1",
        "AzureWebJobs__RotatePullSecrets__Disabled, True",
        "AZUREWEBJOBS_ROTATEPULLSECRETS_DISABLED, true"
    })
    void timerThatIsDisabledIsToldWithWhatItMeans(String setting, String value) {
        assertThat(DisabledFunctions.in(Map.of(setting, value))).singleElement().satisfies(told -> assertThat(told)
                .startsWith("The function RotatePullSecrets is disabled by the setting " + setting)
                .contains("expire")
                .contains("az functionapp config appsettings delete --name \"<function app>\"")
                .contains("--setting-names \"" + setting + "\""));
    }

    @Test
    void eventsThatAreDisabledAreTold() {
        assertThat(DisabledFunctions.in(Map.of("AzureWebJobs.ResourceChanged.Disabled", "true")))
                .singleElement()
                .satisfies(told -> assertThat(told).contains("no event").doesNotContain("expire"));
    }

    @ParameterizedTest
    @CsvSource({
        "AzureWebJobs.RotatePullSecrets.Disabled, false",
        "AzureWebJobs.RotatePullSecrets.Disabled, 0",
        "AzureWebJobs.Detach.Disabled, true",
        "AzureWebJobs.Other.RotatePullSecrets.Disabled, true",
        "AzureWebJobsStorage, true"
    })
    void whatTakesNothingAwayIsNotTold(String setting, String value) {
        assertThat(DisabledFunctions.in(Map.of(setting, value))).isEqualTo(List.of());
    }
}
