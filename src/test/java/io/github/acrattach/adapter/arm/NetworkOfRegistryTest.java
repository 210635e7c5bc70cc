package io.github.acrattach.adapter.arm;

import static io.github.acrattach.adapter.azure.Answered.found;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.Estates;
import io.github.acrattach.adapter.azure.AzureAt;
import io.github.acrattach.domain.AddressRange;
import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.Registry;
import io.github.acrattach.domain.RegistryNetwork;
import io.github.acrattach.emulator.Emulator;
import io.github.acrattach.emulator.EmulatorOptions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From where a registry may be reached, who gets in without a right, and when it was changed. */
class NetworkOfRegistryTest {

    private static final ArmId ID = ArmId.parse(Estates.registry("acrshop"));

    private static Emulator emulator;

    @BeforeAll
    static void start() {
        emulator = Emulator.start(EmulatorOptions.of(Estates.changed(estate -> {
            Estates.resource(estate, "acrshop")
                    .putObject("systemData")
                    .put("createdAt", "2025-01-01T10:00:00+01:00")
                    .put("lastModifiedAt", "2025-03-01T10:00:00.5Z");
            Estates.resource(estate, "acrdata")
                    .putObject("systemData")
                    .put("createdAt", "2025-01-01T10:00:00+01:00")
                    .put("lastModifiedAt", "2025-01-01T09:00:00Z");
        })));
    }

    @AfterAll
    static void stop() {
        emulator.close();
    }

    @BeforeEach
    void reset() {
        emulator.reset();
    }

    @Test
    void registryThatNobodyChangedIsOpen() {
        assertThat(registry().network()).isEqualTo(RegistryNetwork.OPEN);
        assertThat(registry().anonymousPull()).isFalse();
        assertThat(registry().adminUser()).isFalse();
    }

    @Test
    void whatArmDoesNotShowIsOpenToo() {
        emulator.changeResource(
                ID.toString(),
                json().putNull("publicNetworkAccess")
                        .putNull("networkRuleSet")
                        .putNull("privateEndpointConnections")
                        .putNull("anonymousPullEnabled")
                        .putNull("adminUserEnabled")
                        .put("networkRuleBypassOptions", "None"));
        assertThat(registry().network())
                .isEqualTo(new RegistryNetwork("Enabled", false, List.of(), List.of(), false, 0, List.of()));
        assertThat(registry().anonymousPull()).isFalse();
        assertThat(registry().adminUser()).isFalse();
    }

    @Test
    void firewallAndEndpointsAreRead() {
        ObjectNode properties = json().put("publicNetworkAccess", "Disabled")
                .put("networkRuleBypassOptions", "AzureServices")
                .put("anonymousPullEnabled", true)
                .put("adminUserEnabled", true);
        ArrayNode rules = properties
                .putObject("networkRuleSet")
                .put("defaultAction", "Deny")
                .putArray("ipRules");
        rules.addObject().put("action", "Allow").put("value", "40.1.2.3");
        rules.addObject().put("value", "20.1.2.0/24");
        rules.addObject().put("action", "Allow").put("value", "every\"body");
        rules.addObject().put("action", "Deny").put("value", "1.1.1.1");
        ArrayNode endpoints = properties.putArray("privateEndpointConnections");
        for (String status : new String[] {"Approved", "Pending", "Rejected", "Disconnected"}) {
            endpoints
                    .addObject()
                    .put("name", "pe-" + status)
                    .putObject("properties")
                    .putObject("privateLinkServiceConnectionState")
                    .put("status", status);
        }
        endpoints.addObject().put("name", "pe-odd");
        emulator.changeResource(ID.toString(), properties);
        assertThat(registry().network())
                .isEqualTo(new RegistryNetwork(
                        "Disabled",
                        true,
                        List.of(
                                AddressRange.parse("40.1.2.3").orElseThrow(),
                                AddressRange.parse("20.1.2.0/24").orElseThrow()),
                        List.of("every?body"),
                        true,
                        1,
                        List.of("pe-Pending")));
        assertThat(registry().anonymousPull()).isTrue();
        assertThat(registry().adminUser()).isTrue();
    }

    @Test
    void wordOfAzureThatIsNewIsKept() {
        emulator.changeResource(ID.toString(), json().put("publicNetworkAccess", "SecuredByPerimeter"));
        assertThat(registry().network().publicAccess()).isEqualTo("SecuredByPerimeter");
        assertThat(registry().network().isPublic()).isFalse();
        assertThat(registry().network().isPrivate()).isFalse();
    }

    @Test
    void timeOfTheLastChangeIsReadAndMakingItIsNone() {
        assertThat(registry().changedOn()).contains(Instant.parse("2025-03-01T10:00:00.5Z"));
        assertThat(found(registries().find(ArmId.parse(Estates.registry("acrdata"))))
                        .changedOn())
                .isEmpty();
        assertThat(found(registries().find(ArmId.parse(Estates.registry("acrbilling"))))
                        .changedOn())
                .as("ARM shows no systemData")
                .isEmpty();
    }

    /** As it is read by itself, and in the list. */
    private static Registry registry() {
        Registry alone = found(registries().find(ID));
        assertThat(found(registries().in(ID.subscription()))).contains(alone);
        return alone;
    }

    private static ArmRegistries registries() {
        return new ArmRegistries(AzureAt.emulator(emulator));
    }

    private static ObjectNode json() {
        return JsonNodeFactory.instance.objectNode();
    }
}
