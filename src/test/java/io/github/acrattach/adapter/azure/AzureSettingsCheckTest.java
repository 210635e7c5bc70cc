package io.github.acrattach.adapter.azure;

import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An identity that none can be is refused at the start, and not at each call. */
class AzureSettingsCheckTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/subscriptions/x/resourceGroups/y/providers/Microsoft.ManagedIdentity/userAssignedIdentities/z",
                "acr-attach",
                "api://acr-attach",
                "00000000-0000-0000-0000-000000000000"
            })
    void clientIdThatNoIdentityHasIsRefusedWithTheCommandThatShowsThem(String value) {
        assertThatThrownBy(() -> check(value))
                .hasMessageStartingWith("The setting AZURE_CLIENT_ID is no GUID")
                .hasMessageContaining("az identity list");
    }

    @Test
    void clientIdIsTakenInAnyCase() {
        assertThatNoException().isThrownBy(() -> check("E4A1B2C3-D4E5-4F60-8171-92A3B4C5D6E7"));
    }

    private static void check(String clientId) {
        AzureSettingsCheck.check(new SmallRyeConfigBuilder()
                .withMapping(AzureSettings.class)
                .withSources(new PropertiesConfigSource(Map.of("acr-attach.azure.client-id", clientId), "test", 100))
                .build()
                .getConfigMapping(AzureSettings.class));
    }
}
