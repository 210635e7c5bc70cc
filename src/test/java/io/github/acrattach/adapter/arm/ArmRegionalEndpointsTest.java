package io.github.acrattach.adapter.arm;

import static io.github.acrattach.adapter.azure.Answered.found;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.Estates;
import io.github.acrattach.adapter.azure.AzureAt;
import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.Registry;
import io.github.acrattach.emulator.Emulator;
import io.github.acrattach.emulator.EmulatorOptions;
import io.github.acrattach.emulator.frontdoor.Fault;
import io.github.acrattach.emulator.http.Answer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which login servers a registry has beside the global one, and which registries are asked for them. */
class ArmRegionalEndpointsTest {

    private static final ArmId ID = ArmId.parse(Estates.registry("acrshop"));

    private Emulator emulator = Emulator.start(EmulatorOptions.of(Estates.changed(same -> {})));

    @AfterEach
    void stop() {
        emulator.close();
    }

    @Test
    void onlyAPremiumRegistryIsAskedForThem() {
        assertThat(registry().regionalEndpoints()).isEmpty();
        emulator.close();
        emulator = Emulator.start(EmulatorOptions.of(Estates.changed(
                estate -> ((ObjectNode) Estates.resource(estate, "acrshop").path("sku")).put("name", "Standard"))));
        assertThat(registry().regionalEndpoints()).contains(List.of());
    }

    @Test
    void disabledOnesAreNone() {
        assertThat(found(read())).isEmpty();
    }

    @Test
    void enabledOnesAreTheRegistrysOwn() {
        enable("acrshop.westeurope.geo.azurecr.io", "acrshop.eastus.geo.azurecr.io", "evil.example");
        assertThat(registry().with(found(read())).loginServers())
                .containsExactly(
                        "acrshop.azurecr.io", "acrshop.eastus.geo.azurecr.io", "acrshop.westeurope.geo.azurecr.io");
    }

    @Test
    void homeRegionIsOneWithoutAnyReplica() {
        enable();
        assertThat(found(read())).containsExactly("acrshop.westeurope.geo.azurecr.io");
    }

    @Test
    void cloudThatDoesNotKnowThePreviewRefuses() {
        Registry there = registry();
        emulator.faults()
                .add(Fault.reply(
                        "registries/acrshop",
                        Answer.text(
                                400,
                                Answer.JSON,
                                "{\"error\":{\"code\":\"NoRegisteredProviderFound\",\"message\":\"No registered"
                                        + " resource provider found for the API version '2026-01-01-preview'.\"}}")));
        assertThat(new ArmRegionalEndpoints(AzureAt.emulator(emulator)).of(there))
                .isInstanceOf(Lookup.Denied.class);
    }

    private void enable(String... hosts) {
        ObjectNode properties = JsonNodeFactory.instance.objectNode().put("regionalEndpoints", "Enabled");
        Stream.of(hosts).forEach(properties.withArray("/regionalEndpointHostNames")::add);
        emulator.changeResource(ID.toString(), properties);
    }

    private Registry registry() {
        return found(new ArmRegistries(AzureAt.emulator(emulator)).find(ID));
    }

    private Lookup<List<String>> read() {
        return new ArmRegionalEndpoints(AzureAt.emulator(emulator)).of(registry());
    }
}
