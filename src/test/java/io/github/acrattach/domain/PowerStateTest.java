package io.github.acrattach.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PowerStateTest {

    @ParameterizedTest
    @CsvSource({
        "Running, Succeeded, RUNNING",
        "Running, Failed, RUNNING",
        "Stopped, Succeeded, STOPPED",
        "stopped, Failed, STOPPED",
        "Running, Stopping, STOPPING",
        "Stopped, Stopping, STOPPING",
        "Stopped, Starting, STARTING",
        "Running, Starting, STARTING",
        "Running, Upgrading, RUNNING",
        "Deallocated, Succeeded, UNKNOWN",
        ", Succeeded, UNKNOWN",
        ", , UNKNOWN"
    })
    void isReadFromBothWords(String code, String provisioningState, PowerState expected) {
        assertThat(PowerState.of(code, provisioningState)).isEqualTo(expected);
    }
}
