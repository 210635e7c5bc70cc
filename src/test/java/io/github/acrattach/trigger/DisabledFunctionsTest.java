package io.github.acrattach.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.acrattach.domain.installation.HostedApp;
import java.nio.file.Path;
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

    /** By which of the two ways events come is not to be seen from here, and only one of them is in use. */
    @Test
    void eachFunctionOfEventsIsToldForItsOwnDelivery() {
        assertThat(DisabledFunctions.in(Map.of("AzureWebJobs.ResourceChanged.Disabled", "true")))
                .singleElement()
                .satisfies(told -> assertThat(told)
                        .startsWith("The function ResourceChanged is disabled by the setting"
                                + " AzureWebJobs.ResourceChanged.Disabled: where Event Grid calls it (the template's"
                                + " delivery=function), no event attaches anything")
                        .contains("Where events come by the queue acr-attach-events, it has no part.")
                        .contains("--setting-names \"AzureWebJobs.ResourceChanged.Disabled\"")
                        .doesNotContain("expire"));
        assertThat(DisabledFunctions.in(Map.of("AzureWebJobs_resourcechangequeued_Disabled", "1")))
                .singleElement()
                .satisfies(told -> assertThat(told)
                        .startsWith("The function ResourceChangeQueued is disabled by the setting"
                                + " AzureWebJobs_resourcechangequeued_Disabled: where events come by the queue"
                                + " acr-attach-events (the template's default), no event attaches anything")
                        .contains("they wait in the queue")
                        .contains("Where Event Grid calls the function ResourceChanged, it has no part.")
                        .doesNotContain("expire"));
    }

    @Test
    void timerThatIsDisabledIsNotPromisedInstead() {
        assertThat(DisabledFunctions.in(Map.of(
                        "AzureWebJobs.RotatePullSecrets.Disabled",
                        "true",
                        "AzureWebJobs.ResourceChangeQueued.Disabled",
                        "true")))
                .hasSize(2)
                .noneMatch(told -> told.contains("only the timer"));
    }

    /** What is told by its name is a function of that name. */
    @Test
    void namesAreThoseOfTheFunctions() {
        for (String name : List.of(HostedApp.EVENT_FUNCTION, HostedApp.QUEUE_FUNCTION, HostedApp.TIMER_FUNCTION)) {
            assertThat(Path.of("src/main/functions", name, "function.json")).exists();
        }
    }

    /** Whichever is in use. */
    @Test
    void bothFunctionsOfEventsTogetherAreToldToStopAllEvents() {
        assertThat(DisabledFunctions.in(Map.of(
                        "AzureWebJobs.ResourceChanged.Disabled",
                        "true",
                        "AzureWebJobs.ResourceChangeQueued.Disabled",
                        "true")))
                .hasSize(2)
                .allSatisfy(told -> assertThat(told)
                        .contains(": no event attaches anything, only the timer,")
                        .contains("since both functions that take events are disabled")
                        .doesNotContain("it has no part"));
    }

    @ParameterizedTest
    @CsvSource({
        "AzureWebJobs.RotatePullSecrets.Disabled, false",
        "AzureWebJobs.RotatePullSecrets.Disabled, 0",
        "AzureWebJobs.ResourceChangeQueued.Disabled, false",
        "AzureWebJobs.Detach.Disabled, true",
        "AzureWebJobs.Other.RotatePullSecrets.Disabled, true",
        "AzureWebJobsStorage, true"
    })
    void whatTakesNothingAwayIsNotTold(String setting, String value) {
        assertThat(DisabledFunctions.in(Map.of(setting, value))).isEqualTo(List.of());
    }
}
