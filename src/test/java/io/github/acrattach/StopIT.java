package io.github.acrattach;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.acrattach.emulator.Emulator;
import io.github.acrattach.emulator.EmulatorOptions;
import io.github.acrattach.emulator.estate.Estate;
import io.github.acrattach.emulator.frontdoor.Fault;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A program that is told to stop while it works. */
class StopIT {

    @Test
    void callThatRunsMayEndAndTheHostStartsAnotherProcess() throws Exception {
        try (Emulator emulator = Emulator.start(EmulatorOptions.of(Estate.sample()));
                PackagedProgram program = PackagedProgram.start(emulator, Map.of())) {
            emulator.faults().add(Fault.delay("/roleAssignments/", Duration.ofSeconds(2)));
            CompletableFuture<Integer> status = CompletableFuture.supplyAsync(() -> program.post(
                            "/api/attach",
                            Map.of("cluster", Estates.cluster("aks-shop"), "registry", Estates.registry("acrshop")))
                    .statusCode());
            while (emulator.requests().list().isEmpty()) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
            int exitCode = program.stop();
            assertThat(status.get(30, TimeUnit.SECONDS)).isEqualTo(200);
            assertThat(exitCode).as("128 and the number of the signal").isEqualTo(143);
            assertThat(emulator.roleAssignments()).anyMatch(each -> each.id().contains("/registries/acrshop/"));
        }
    }
}
