package io.github.acrattach;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.acrattach.emulator.Emulator;
import io.github.acrattach.emulator.EmulatorOptions;
import io.github.acrattach.emulator.estate.Estate;
import io.github.acrattach.emulator.frontdoor.Fault;
import io.github.acrattach.emulator.frontdoor.RecordedRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What the program costs in calls, counted by the emulator. Each answer is held back, so that calls that are made at the
 * same time can be told from calls that wait for each other.
 */
class RoundTripsIT {

    private static final Duration HELD_BACK = Duration.ofSeconds(2);

    private Emulator emulator;
    private PackagedProgram program;

    @BeforeEach
    void start() {
        emulator = Emulator.start(EmulatorOptions.of(Estate.sample()));
        program = PackagedProgram.start(emulator, PackagedProgram.BY_TEAM);
        emulator.faults().add(Fault.delay("^/subscriptions/", HELD_BACK));
    }

    @AfterEach
    void stop() {
        program.close();
        emulator.close();
    }

    @Test
    void namedPairTakesTwoRoundTripsAndTheTokenOnce() {
        program.post(
                        "/api/attach",
                        Map.of("cluster", Estates.cluster("aks-shop"), "registry", Estates.registry("acrshop")))
                .then()
                .statusCode(200);
        List<List<RecordedRequest>> trips = roundTrips();
        assertThat(trips).hasSize(2);
        assertThat(trips.get(0)).hasSize(3).allMatch(look -> look.method().equals("GET"));
        assertThat(trips.get(1)).hasSize(1).allMatch(grant -> grant.method().equals("PUT"));
        assertThat(tokens()).hasSize(1);
    }

    @Test
    void clusterEventTakesThreeRoundTripsAndTheTokenOnce() {
        invoke(Estates.cluster("aks-shop"));
        List<List<RecordedRequest>> trips = roundTrips();
        assertThat(trips).hasSize(3);
        assertThat(trips.get(0))
                .as("the cluster, and the registries of two subscriptions")
                .hasSize(3);
        assertThat(trips.get(1)).as("the assignments").hasSize(1);
        assertThat(trips.get(2)).as("the grant").hasSize(1);
        assertThat(tokens()).hasSize(1);
    }

    @Test
    void registryEventTakesTwoRoundTrips() {
        invoke(Estates.registry("acrshop"));
        List<List<RecordedRequest>> trips = roundTrips();
        assertThat(trips).hasSize(2);
        assertThat(trips.get(0))
                .as("the registry, its assignments, and the clusters")
                .hasSize(3);
        assertThat(trips.get(1)).as("the grant").hasSize(1);
    }

    private void invoke(String written) {
        JsonNode event = new ObjectMapper()
                .createObjectNode()
                .put("id", "e-1")
                .put("eventType", "Microsoft.Resources.ResourceWriteSuccess")
                .put("subject", written);
        var invocation = program.host().invoke("ResourceChanged", event);
        assertThat(invocation.succeeded()).as(invocation.toString()).isTrue();
    }

    private List<RecordedRequest> tokens() {
        return emulator.requests().matching(request -> request.path().startsWith("/msi/"));
    }

    /** Calls to ARM, grouped: a call that began before the first of its group ended did not wait for it. */
    private List<List<RecordedRequest>> roundTrips() {
        List<List<RecordedRequest>> trips = new ArrayList<>();
        Instant firstEnd = Instant.MIN;
        for (RecordedRequest call :
                emulator.requests().matching(request -> request.path().startsWith("/subscriptions/"))) {
            if (!call.start().isBefore(firstEnd)) {
                trips.add(new ArrayList<>());
                firstEnd = call.end();
            }
            List<RecordedRequest> trip = trips.get(trips.size() - 1);
            trip.add(call);
            firstEnd = trip.stream()
                    .map(RecordedRequest::end)
                    .min(Comparator.naturalOrder())
                    .orElseThrow();
        }
        return trips;
    }
}
