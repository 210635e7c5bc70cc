package io.github.acrattach.domain.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.ImageReference;
import io.github.acrattach.domain.ProvisioningState;
import io.github.acrattach.domain.Registry;
import io.github.acrattach.domain.Samples;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageChecksTest {

    private static final Registry SHOP = Samples.registry();

    @ParameterizedTest
    @ValueSource(strings = {"acrshop.azurecr.io/web:1", "ACRSHOP.azurecr.io/web", "acrshop.azurecr.io:443/web"})
    void imageOfTheRegistryIsAsItShouldBe(String image) {
        assertThat(find(image).state()).isEqualTo(Finding.State.OK);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "acrshop2.azurecr.io/web",
                "acrshop-c0ffee.azurecr.io/web",
                "acrshop.azurecr.us/web",
                "xacrshop.azurecr.io/web",
                "acrshop.azurecr.io.example.com/web",
                "acrshop.azurecr.io:5000/web",
                "acrother.westeurope.geo.azurecr.io/web",
                "mcr.microsoft.com/web",
                "docker.io/team/web"
            })
    void imageOfAnotherRegistryIsToldWithItsHost(String image) {
        Finding finding = find(image);
        assertThat(finding.code()).hasValue(Code.IMAGE_OF_ANOTHER_REGISTRY);
        assertThat(finding.cause().orElseThrow())
                .contains(ImageReference.parse(image).host())
                .contains("no login server of acrshop");
        assertThat(finding.fix().orElseThrow()).contains("acrshop.azurecr.io/");
    }

    @Test
    void whoseTheImageIsIsNamedWhereItIsKnown() {
        ArmId other = ArmId.parse(Samples.REGISTRY + "2", ArmId.REGISTRY);
        Finding finding = ImageChecks.of(ImageReference.parse("acrshop2.azurecr.io/web"), SHOP, Optional.of(other));
        assertThat(finding.cause().orElseThrow()).endsWith(", but one of acrshop2.");
        assertThat(finding.fix().orElseThrow()).contains(other.toString());
    }

    @Test
    void shortNameIsAnImageOfDockerHub() {
        assertThat(find("nginx:1").cause()).hasValueSatisfying(cause -> assertThat(cause)
                .contains("names no registry", "Docker Hub", "docker.io/library/nginx:1"));
    }

    @Test
    void imageOfARegionalEndpointIsOneOfTheRegistry() {
        String host = "acrshop.westeurope.geo.azurecr.io";
        assertThat(ImageChecks.of(ImageReference.parse(host + "/web"), SHOP.with(List.of(host)))
                        .state())
                .isEqualTo(Finding.State.OK);
    }

    @Test
    void regionalEndpointThatTheRegistryDoesNotHaveIsNoLoginServer() {
        Registry without = SHOP.with(List.of("acrshop.northeurope.geo.azurecr.io"));
        ImageReference image = ImageReference.parse("acrshop.westeurope.geo.azurecr.io/web:1");
        Finding finding = ImageChecks.of(image, without);
        assertThat(finding.code()).contains(Code.IMAGE_OF_ANOTHER_REGISTRY);
        assertThat(finding.cause().orElseThrow()).contains("regional endpoint").contains("not one of acrshop's");
        assertThat(finding.fix()).contains("Name the image acrshop.azurecr.io/web:1 in the pod's spec.");
    }

    @Test
    void dataEndpointIsNoLoginServer() {
        assertThat(find("acrshop.westeurope.data.azurecr.io/web").fix())
                .contains("Name the image acrshop.azurecr.io/web in the pod's spec.");
        assertThat(find("acrshop.westeurope.data.azurecr.io/web").cause())
                .hasValueSatisfying(cause -> assertThat(cause).contains("data endpoint of acrshop"));
    }

    @Test
    void registryOfUnknownLoginServerIsNotJudged() {
        Registry unknown =
                Samples.registry(Samples.REGISTRY, Map.of(), ProvisioningState.SUCCEEDED, "", Optional.empty());
        assertThat(ImageChecks.of(ImageReference.parse("acrshop.azurecr.io/web"), unknown)
                        .state())
                .isEqualTo(Finding.State.SKIPPED);
    }

    private static Finding find(String image) {
        return ImageChecks.of(ImageReference.parse(image), SHOP);
    }
}
