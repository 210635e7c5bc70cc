package io.github.acrattach.domain.installation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.acrattach.domain.installation.Check.State;
import io.github.acrattach.domain.installation.Check.Subject;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostSettingsTest {

    private static final Duration LONGEST_CALL = Duration.ofSeconds(205);
    private static final Map<String, String> GOOD = Map.of(
            "functionTimeout", "00:05:00",
            "logging__applicationInsights__enableDependencyTracking", "false",
            "logging__applicationInsights__samplingSettings__isEnabled", "true",
            "logging__applicationInsights__samplingSettings__excludedTypes", "Trace;Exception",
            "extensions__queues__maxDequeueCount", "20",
            "extensions__queues__visibilityTimeout", "00:01:00");

    @Test
    void whatIsNeededIsWell() {
        assertThat(new HostSettings(GOOD, LONGEST_CALL).checks())
                .allMatch(check -> check.state() == State.OK)
                .extracting(Check::subject)
                .containsExactly(
                        Subject.FUNCTION_TIMEOUT,
                        Subject.SAMPLING,
                        Subject.DEPENDENCY_TRACKING,
                        Subject.QUEUE_SETTINGS);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "absent",
            value = {
                "functionTimeout, 00:03:00, FUNCTION_TIMEOUT, functionTimeout=00:05:00",
                "functionTimeout, 00:10:00, FUNCTION_TIMEOUT, functionTimeout=00:05:00",
                "functionTimeout, 1.00:00:00, FUNCTION_TIMEOUT, functionTimeout=00:05:00",
                "functionTimeout, -1, FUNCTION_TIMEOUT, functionTimeout=00:05:00",
                "functionTimeout, absent, FUNCTION_TIMEOUT, functionTimeout=00:05:00",
                "logging__applicationInsights__samplingSettings__excludedTypes, Request, SAMPLING, "
                        + "samplingSettings__excludedTypes=Trace;Exception",
                "logging__applicationInsights__samplingSettings__excludedTypes, Trace, SAMPLING, "
                        + "samplingSettings__excludedTypes=Trace;Exception",
                "logging__applicationInsights__samplingSettings__excludedTypes, absent, SAMPLING, "
                        + "samplingSettings__excludedTypes=Trace;Exception",
                "logging__applicationInsights__enableDependencyTracking, true, DEPENDENCY_TRACKING, "
                        + "enableDependencyTracking=false",
                "logging__applicationInsights__enableDependencyTracking, absent, DEPENDENCY_TRACKING, "
                        + "enableDependencyTracking=false",
                "extensions__queues__maxDequeueCount, 5, QUEUE_SETTINGS, maxDequeueCount=20",
                "extensions__queues__maxDequeueCount, absent, QUEUE_SETTINGS, maxDequeueCount=20",
                "extensions__queues__visibilityTimeout, 00:00:01, QUEUE_SETTINGS, visibilityTimeout=00:01:00",
                "extensions__queues__visibilityTimeout, absent, QUEUE_SETTINGS, visibilityTimeout=00:01:00",
                "extensions__queues__messageEncoding, none, QUEUE_SETTINGS, messageEncoding=base64"
            })
    void otherValueFailsWithTheSettingThatMendsIt(String path, String value, Subject subject, String fix) {
        Map<String, String> changed = new HashMap<>(GOOD);
        changed.remove(path);
        if (value != null) {
            changed.put(path, value);
        }
        assertThat(new HostSettings(changed, LONGEST_CALL).checks())
                .filteredOn(check -> check.state() == State.FAILS)
                .singleElement()
                .satisfies(check -> {
                    assertThat(check.subject()).isEqualTo(subject);
                    assertThat(check.fix().orElseThrow())
                            .startsWith("set the app setting AzureFunctionsJobHost__")
                            .contains(fix);
                });
    }

    @Test
    void samplingThatIsOffKeepsEveryLine() {
        Map<String, String> off = new HashMap<>(GOOD);
        off.put("logging__applicationInsights__samplingSettings__isEnabled", "False");
        off.remove("logging__applicationInsights__samplingSettings__excludedTypes");
        assertThat(new HostSettings(off, LONGEST_CALL).checks()).allMatch(check -> check.state() == State.OK);
    }
}
