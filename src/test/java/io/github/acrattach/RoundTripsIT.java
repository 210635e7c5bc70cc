package io.github.acrattach;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.acrattach.emulator.Emulator;
import io.github.acrattach.emulator.EmulatorOptions;
import io.github.acrattach.emulator.HeldBack;
import io.github.acrattach.emulator.estate.Estate;
import io.github.acrattach.emulator.frontdoor.RecordedRequest;
import io.github.acrattach.emulator.host.Invocation;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What the program costs in calls to ARM: those that it makes side by side are one round trip, which ends when all of
 * them are answered.
 */
class RoundTripsIT {

    private Emulator emulator;
    private PackagedProgram program;
    private HeldBack calls;

    @BeforeEach
    void start() {
        emulator = Emulator.start(EmulatorOptions.of(Estate.sample()));
        program = PackagedProgram.startCold(emulator, PackagedProgram.BY_TEAM);
        calls = new HeldBack(emulator, request -> request.path().startsWith("/subscriptions/"));
    }

    @AfterEach
    void stop() {
        calls.end();
        program.close();
        emulator.close();
    }

    @Test
    void namedPairTakesTwoRoundTripsAndTheTokenOnce() throws InterruptedException {
        CompletableFuture<Integer> attached = CompletableFuture.supplyAsync(() -> program.post(
                        "/api/attach",
                        Map.of("cluster", Estates.cluster("aks-shop"), "registry", Estates.registry("acrshop")))
                .statusCode());
        assertThat(calls.roundTrip(3)).containsOnly("GET");
        assertThat(calls.roundTrip(1)).containsOnly("PUT");
        assertThat(attached.join()).isEqualTo(200);
        assertThat(calls.others()).isEmpty();
        assertThat(tokens()).hasSize(1);
    }

    @Test
    void clusterEventTakesThreeRoundTripsAndTheTokenOnce() throws InterruptedException {
        CompletableFuture<Invocation> event = written(Estates.cluster("aks-shop"));
        assertThat(calls.roundTrip(3))
                .as("the cluster, and the registries of two subscriptions")
                .containsOnly("GET");
        assertThat(calls.roundTrip(1)).as("the assignments").containsOnly("GET");
        assertThat(calls.roundTrip(1)).as("the grant").containsOnly("PUT");
        assertSucceeded(event);
        assertThat(tokens()).hasSize(1);
    }

    @Test
    void registryEventTakesTwoRoundTrips() throws InterruptedException {
        CompletableFuture<Invocation> event = written(Estates.registry("acrshop"));
        assertThat(calls.roundTrip(3))
                .as("the registry, its assignments, and the clusters")
                .containsOnly("GET");
        assertThat(calls.roundTrip(1)).as("the grant").containsOnly("PUT");
        assertSucceeded(event);
    }

    private CompletableFuture<Invocation> written(String resource) {
        return CompletableFuture.supplyAsync(() -> program.host().invoke("ResourceChanged", Estates.written(resource)));
    }

    private void assertSucceeded(CompletableFuture<Invocation> event) {
        assertThat(event.join().succeeded()).as(event.join().toString()).isTrue();
        assertThat(calls.others()).isEmpty();
    }

    private List<RecordedRequest> tokens() {
        return emulator.requests().matching(request -> request.path().startsWith("/msi/"));
    }
}
