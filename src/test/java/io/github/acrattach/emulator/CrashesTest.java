package io.github.acrattach.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.acrattach.emulator.host.Crashes;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CrashesTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final Crashes crashes = new Crashes();

    @Test
    void thirdWithinHalfAnHourIsTooMuch() {
        assertThat(crashes.count(NOON)).isFalse();
        assertThat(crashes.count(NOON.plusSeconds(1))).isFalse();
        assertThat(crashes.count(NOON.plus(Duration.ofMinutes(30)))).isTrue();
    }

    @Test
    void oldOnesAreForgotten() {
        for (int i = 0; i < 10; i++) {
            assertThat(crashes.count(NOON.plus(Duration.ofMinutes(16 * i)))).isFalse();
        }
    }
}
