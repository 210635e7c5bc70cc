package io.github.acrattach.adapter.graph;

import static io.github.acrattach.adapter.azure.Answered.error;
import static io.github.acrattach.adapter.azure.Answered.strayPage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.Estates;
import io.github.acrattach.adapter.azure.AzureAt;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.Problem.Kind;
import io.github.acrattach.emulator.Emulator;
import io.github.acrattach.emulator.EmulatorOptions;
import io.github.acrattach.emulator.estate.Estate;
import io.github.acrattach.emulator.frontdoor.Fault;
import io.github.acrattach.port.CloudUnavailable;
import io.github.acrattach.port.Directory;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The real SDK against the emulator. */
class GraphDirectoryTest {

    private static final UUID LEGACY_CLIENT = UUID.fromString("a9b8c7d6-e5f4-4321-8fed-cba987654321");

    @Test
    void objectIdIsFoundByClientIdInOneCall() {
        try (Emulator emulator = Emulator.start(EmulatorOptions.of(Estate.sample()))) {
            assertThat(lookUp(emulator, LEGACY_CLIENT))
                    .isEqualTo(new Lookup.Found<>(UUID.fromString("d8e9f0a1-b2c3-4d4e-9f5a-6b7c8d9e0f1a")));
            assertThat(emulator.requests().matching(request -> request.path().startsWith("/v1.0/")))
                    .hasSize(1);
        }
    }

    @Test
    void unknownClientIdIsAbsent() {
        try (Emulator emulator = Emulator.start(EmulatorOptions.of(Estate.sample()))) {
            assertThat(lookUp(emulator, UUID.randomUUID())).isInstanceOf(Lookup.Absent.class);
        }
    }

    @Test
    void searchThatIsAnsweredWithNotFoundHasNotEnded() {
        try (Emulator emulator = Emulator.start(EmulatorOptions.of(Estate.sample()))) {
            emulator.faults().add(Fault.reply("servicePrincipals", error(404, "UnknownError", "")));
            assertThat(lookUp(emulator, LEGACY_CLIENT)).isInstanceOf(Lookup.Denied.class);
            emulator.faults().clear();
            emulator.faults().add(Fault.reply("servicePrincipals", strayPage()));
            assertThatThrownBy(() -> lookUp(emulator, LEGACY_CLIENT)).isInstanceOf(CloudUnavailable.class);
        }
    }

    @Test
    void missingDirectoryRightIsToldWithTheWayRoundIt() {
        Estate estate =
                Estates.changed(json -> ((ObjectNode) json.path("principals").path(0))
                        .put("directoryReader", false)
                        .remove("graphPermissions"));
        try (Emulator emulator = Emulator.start(EmulatorOptions.of(estate))) {
            assertThat(lookUp(emulator, LEGACY_CLIENT)).isInstanceOfSatisfying(Lookup.Denied.class, denied -> {
                assertThat(denied.problem().kind()).isEqualTo(Kind.MISSING_RIGHT);
                assertThat(denied.problem().action()).contains("Application.Read.All");
                assertThat(denied.problem().caller()).contains(Estates.PROGRAM);
                assertThat(denied.problem().fix()).contains("Application.Read.All", Estates.PROGRAM);
            });
        }
    }

    @Test
    void whoIsGoneIsToldFromWhoIsThereInOneCall() {
        UUID there = UUID.fromString("d8e9f0a1-b2c3-4d4e-9f5a-6b7c8d9e0f1a");
        try (Emulator emulator = Emulator.start(EmulatorOptions.of(Estate.sample()))) {
            Directory directory = new GraphDirectory(AzureAt.emulator(emulator));
            assertThat(directory.existing(Set.of(there, UUID.randomUUID())))
                    .isEqualTo(new Lookup.Found<>(Set.of(there)));
            assertThat(emulator.requests().matching(request -> request.path().startsWith("/v1.0/")))
                    .hasSize(1);
        }
    }

    private static Lookup<UUID> lookUp(Emulator emulator, UUID clientId) {
        return new GraphDirectory(AzureAt.emulator(emulator)).objectIdOf(clientId);
    }
}
