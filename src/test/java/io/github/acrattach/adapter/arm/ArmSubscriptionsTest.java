package io.github.acrattach.adapter.arm;

import static io.github.acrattach.adapter.azure.Answered.found;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.Estates;
import io.github.acrattach.InstalledRights;
import io.github.acrattach.adapter.azure.AzureAt;
import io.github.acrattach.emulator.Emulator;
import io.github.acrattach.emulator.EmulatorOptions;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The real SDK against the emulator. */
class ArmSubscriptionsTest {

    /** A registry that was moved to one that is not seen would be taken for gone. */
    @Test
    void rightsOfTheTemplatesShowEverySubscription() {
        assertThat(visible(InstalledRights.of("default")))
                .containsExactlyInAnyOrder(UUID.fromString(Estates.PRODUCTION), UUID.fromString(Estates.SHARED));
        assertThat(visible(InstalledRights.of("secret-method"))).hasSize(2);
    }

    @Test
    void roleThatReadsNoSubscriptionShowsNone() {
        assertThat(visible(estate -> {
                    Estates.withoutAny(estate);
                    Estates.assign(estate, Estates.PROGRAM, "AcrPull", "/subscriptions/" + Estates.PRODUCTION);
                }))
                .isEmpty();
    }

    @Test
    void tenantOfEachSubscriptionIsShownByTheSameList() {
        try (Emulator emulator = Emulator.start(EmulatorOptions.of(Estates.changed(estate -> {})))) {
            UUID tenant = UUID.fromString(Estates.TENANT);
            assertThat(found(new ArmSubscriptions(AzureAt.emulator(emulator)).bySubscription()))
                    .containsOnly(
                            Map.entry(UUID.fromString(Estates.PRODUCTION), tenant),
                            Map.entry(UUID.fromString(Estates.SHARED), tenant));
            assertThat(emulator.requests().matching(request -> request.path().startsWith("/subscriptions")))
                    .hasSize(1);
        }
    }

    private static List<UUID> visible(Consumer<ObjectNode> rights) {
        try (Emulator emulator = Emulator.start(EmulatorOptions.of(Estates.changed(rights)))) {
            return found(new ArmSubscriptions(AzureAt.emulator(emulator)).visible());
        }
    }
}
