package io.github.acrattach.emulator;

import io.github.acrattach.emulator.estate.Estate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/** A test with one emulator for all its methods, as good as new for each of them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class Running {
    final Emulator emulator = Emulator.start(options());

    EmulatorOptions options() {
        return EmulatorOptions.of(Estate.sample());
    }

    @BeforeEach
    void startAgain() {
        emulator.reset();
    }

    @AfterAll
    void stop() {
        emulator.close();
    }
}
