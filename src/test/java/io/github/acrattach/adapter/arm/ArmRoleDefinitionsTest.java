package io.github.acrattach.adapter.arm;

import static io.github.acrattach.adapter.azure.Answered.error;
import static io.github.acrattach.adapter.azure.Answered.found;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.acrattach.Estates;
import io.github.acrattach.adapter.azure.AzureAt;
import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.RoleDefinition;
import io.github.acrattach.emulator.Emulator;
import io.github.acrattach.emulator.EmulatorOptions;
import io.github.acrattach.emulator.estate.Estate;
import io.github.acrattach.emulator.frontdoor.Fault;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The real HTTP pipeline against the emulator. */
class ArmRoleDefinitionsTest {

    private static final UUID ACR_PUSH = UUID.fromString("8311e382-0749-4cb8-b61a-304f252e45ec");
    private static final ArmId SHOP = ArmId.parse(Estates.registry("acrshop"));
    private static final ArmId DATA = ArmId.parse(Estates.registry("acrdata"));

    private Emulator emulator;
    private ArmRoleDefinitions roles;

    @BeforeEach
    void start() {
        emulator = Emulator.start(EmulatorOptions.of(Estate.sample()));
        roles = new ArmRoleDefinitions(AzureAt.emulator(emulator));
    }

    @AfterEach
    void stop() {
        emulator.close();
    }

    @Test
    void roleIsReadOnceForAllRegistries() {
        RoleDefinition read = found(find(SHOP, Duration.ofHours(1)));
        assertThat(read.name()).isEqualTo("AcrPush");
        assertThat(read.isCustom()).isFalse();
        assertThat(found(find(DATA, Duration.ofHours(1)))).isEqualTo(read);
        assertThat(requests()).isEqualTo(1);
        find(SHOP, Duration.ZERO);
        assertThat(requests()).isEqualTo(2);
    }

    @Test
    void refusalHoldsForAWhileForItsRegistryAlone() {
        emulator.faults()
                .add(Fault.reply(
                        "/acrshop/.*/roleDefinitions/",
                        error(
                                403,
                                "AuthorizationFailed",
                                "The client 'x' with object id '" + Estates.PROGRAM
                                        + "' does not have authorization to perform action"
                                        + " 'Microsoft.Authorization/roleDefinitions/read' over scope '" + SHOP
                                        + "'.")));
        Lookup<RoleDefinition> refused = find(SHOP, Duration.ofHours(1));
        assertThat(refused).isInstanceOf(Lookup.Denied.class);
        assertThat(find(SHOP, Duration.ofHours(1))).isEqualTo(refused);
        assertThat(requests()).isEqualTo(1);
        assertThat(find(DATA, Duration.ofHours(1))).isInstanceOf(Lookup.Found.class);
    }

    private Lookup<RoleDefinition> find(ArmId registry, Duration age) {
        return roles.find(registry, ACR_PUSH, age);
    }

    private int requests() {
        return emulator.requests()
                .matching(each -> each.path().contains("/roleDefinitions/"))
                .size();
    }
}
