package io.github.acrattach.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegionalHostTest {

    private static final String SERVER = "acrshop.azurecr.io";

    @Test
    void regionsAreToldInOneOrderHoweverAzureOrdersThem() {
        assertThat(RegionalHost.own(
                        SERVER,
                        List.of(
                                "acrShop.WestEurope.geo.azurecr.io",
                                "acrshop.eastus.geo.azurecr.io",
                                "acrshop.westeurope.geo.azurecr.io")))
                .containsExactly("acrshop.eastus.geo.azurecr.io", "acrshop.westeurope.geo.azurecr.io");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "acrbilling.westeurope.geo.azurecr.io",
                "acrshop.westeurope.data.azurecr.io",
                "acrshop.westeurope.geo.azurecr.cn",
                "acrshop.west.europe.geo.azurecr.io",
                "acrshop..geo.azurecr.io",
                "acrshop.evil/.geo.azurecr.io",
                "acrshop.westeurope.geo.azurecr.io.evil.example",
                "x.acrshop.westeurope.geo.azurecr.io",
                "acrshop-a4d3h7hhd9gte2dk.westeurope.geo.azurecr.io",
                "acrshop.westeurope.geo.azurecr.io:8443",
                "acrshop.azurecr.io",
                "registry.factory.example",
                ""
            })
    void anyOtherHostGetsNoPassword(String host) {
        assertThat(RegionalHost.own(SERVER, List.of(host))).isEmpty();
    }

    @Test
    void hashOfADomainNameLabelAndTheCloudAreThoseOfTheLoginServer() {
        assertThat(RegionalHost.region("acrshop-a4d3.azurecr.cn", "acrshop-a4d3.chinaeast2.geo.azurecr.cn"))
                .contains("chinaeast2");
    }

    @Test
    void regionsThatASecretNamesMakeNoHostOfSomebodyElses() {
        assertThat(RegionalHost.in(SERVER, List.of("westeurope", "evil.example/", "")))
                .containsExactly("acrshop.westeurope.geo.azurecr.io");
    }

    @Test
    void secretNeverGrowsLongerThanIsRead() {
        List<String> many = IntStream.range(0, 200)
                .mapToObj(each -> "acrshop.region" + each + ".geo.azurecr.io")
                .toList();
        assertThat(RegionalHost.own(SERVER, many)).hasSize(64);
    }

    @Test
    void registryWithoutAServerHasNone() {
        Registry none = Samples.registry(
                Samples.REGISTRY,
                Samples.registry().tags(),
                ProvisioningState.SUCCEEDED,
                "",
                Optional.empty(),
                true,
                true,
                Optional.of(List.of("acrshop.westeurope.geo.azurecr.io")));
        assertThat(none.loginServers()).isEmpty();
        assertThat(Samples.registry()
                        .with(List.of("acrshop.westeurope.geo.azurecr.io"))
                        .loginServers())
                .containsExactly(SERVER, "acrshop.westeurope.geo.azurecr.io");
    }
}
