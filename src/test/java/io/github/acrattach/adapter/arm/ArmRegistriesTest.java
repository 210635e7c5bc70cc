package io.github.acrattach.adapter.arm;

import static io.github.acrattach.adapter.azure.Answered.found;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.Estates;
import io.github.acrattach.adapter.azure.AzureAt;
import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.Registry;
import io.github.acrattach.emulator.Emulator;
import io.github.acrattach.emulator.EmulatorOptions;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which login servers are taken for a registry's own: they get its passwords. */
class ArmRegistriesTest {

    private static final ArmId ID = ArmId.parse(Estates.registry("acrshop"));

    private Emulator emulator;

    @AfterEach
    void stop() {
        emulator.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"acrshop.azurecr.io", "acrShop.AzureCR.io", "acrshop-a4d3h7hhd9gte2dk.azurecr.io"})
    void loginServerOfTheCloudIsTheRegistrysOwn(String loginServer) {
        assertThat(read(loginServer, Map.of())).isEqualTo(loginServer.toLowerCase(Locale.ROOT));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "azurecr.io",
                ".azurecr.io",
                "acrshop.azurecr.io.evil.example",
                "acrshop.azurecr.io.",
                "acrshop.azurecr.io:8443",
                "acrshop.azurecr.io/evil",
                "evil.example/acrshop.azurecr.io",
                "evil.example#acrshop.azurecr.io",
                "evil.example\n.acrshop.azurecr.io",
                "me@acrshop.azurecr.io",
                "acrshopazurecr.io",
                "acrshop.azurecr.cn",
                "acrbilling.azurecr.io",
                "acrshopx.azurecr.io",
                "xacrshop.azurecr.io",
                "x.acrshop.azurecr.io",
                "acrshop-.azurecr.io",
                "acrshop-a.b.azurecr.io",
                "acr\u017fhop.azurecr.io"
            })
    void anyOtherLoginServerGetsNoPassword(String loginServer) {
        assertThat(read(loginServer, Map.of())).isEmpty();
    }

    @Test
    void eachCloudHasItsOwnSuffix() {
        assertThat(read("acrshop.azurecr.cn", Map.of("cloud", "china"))).isEqualTo("acrshop.azurecr.cn");
        emulator.close();
        assertThat(read("acrshop.azurecr.us", Map.of("cloud", "us-government"))).isEqualTo("acrshop.azurecr.us");
        emulator.close();
        assertThat(read("acrshop.azurecr.io", Map.of("cloud", "us-government"))).isEmpty();
    }

    @Test
    void administratorsEndpointVouchesForLoginServersOfAPrivateCloud() {
        assertThat(read("acrshop.cloud.example", Map.of("endpoints.registry", "https://acr.cloud.example")))
                .isEqualTo("acrshop.cloud.example");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://{login-server}/", "https://{login-server}//"})
    void slashAtTheEndOfTheUsualEndpointVouchesForNothing(String endpoint) {
        assertThat(read("evil.example", Map.of("endpoints.registry", endpoint))).isEmpty();
    }

    @Test
    void loginServerThatIsNotShownYetIsNotOneOfSomebodyElses() {
        read("evil.example", Map.of());
        assertThat(registry().showsForeignServer()).isTrue();
        emulator.changeResource(
                ID.toString(), JsonNodeFactory.instance.objectNode().putNull("loginServer"));
        assertThat(registry().loginServer()).isEmpty();
        assertThat(registry().showsForeignServer()).isFalse();
    }

    @Test
    void registryTakesTokensForArmUnlessThatIsDisabled() {
        read("acrshop.azurecr.io", Map.of());
        for (String[] statusAndTaken :
                new String[][] {{"enabled", "true"}, {"disabled", "false"}, {"Disabled", "false"}}) {
            ObjectNode policy = JsonNodeFactory.instance.objectNode();
            policy.putObject("policies")
                    .putObject("azureADAuthenticationAsArmPolicy")
                    .put("status", statusAndTaken[0]);
            emulator.changeResource(ID.toString(), policy);
            assertThat(registry().takesArmTokens()).isEqualTo(Boolean.parseBoolean(statusAndTaken[1]));
        }
        emulator.changeResource(
                ID.toString(), JsonNodeFactory.instance.objectNode().putNull("policies"));
        assertThat(registry().takesArmTokens()).isTrue();
    }

    private Registry registry() {
        return found(new ArmRegistries(AzureAt.emulator(emulator)).find(ID));
    }

    /** As it is read by itself, and in the list. */
    private String read(String loginServer, Map<String, String> settings) {
        emulator = Emulator.start(EmulatorOptions.of(Estates.changed(
                estate -> ((ObjectNode) Estates.resource(estate, "acrshop").path("properties"))
                        .put("loginServer", loginServer))));
        ArmRegistries registries = new ArmRegistries(AzureAt.emulator(emulator, settings));
        String alone = found(registries.find(ID)).loginServer();
        List<Registry> listed = found(registries.in(ID.subscription()));
        assertThat(listed)
                .filteredOn(each -> each.id().equals(ID))
                .extracting(Registry::loginServer)
                .containsExactly(alone);
        return alone;
    }
}
