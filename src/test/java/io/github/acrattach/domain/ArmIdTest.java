package io.github.acrattach.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArmIdTest {

    private static final String GROUP = "/subscriptions/3f2b8c14-5d6e-4a7f-9b10-c2d3e4f5a601/resourceGroups/rg";
    private static final String CLUSTER = GROUP + "/providers/Microsoft.ContainerService/managedClusters/aks-1";

    @Test
    void partsAreRead() {
        ArmId id = ArmId.parse(CLUSTER);
        assertThat(id.subscription()).hasToString("3f2b8c14-5d6e-4a7f-9b10-c2d3e4f5a601");
        assertThat(id.resourceGroup()).isEqualTo("rg");
        assertThat(id.type()).isEqualTo("Microsoft.ContainerService/managedClusters");
        assertThat(id.name()).isEqualTo("aks-1");
        assertThat(id).hasToString(CLUSTER);
    }

    @Test
    void casingMakesNoDifference() {
        ArmId shouted = ArmId.parse(CLUSTER.toUpperCase(java.util.Locale.ROOT));
        assertThat(shouted).isEqualTo(ArmId.parse(CLUSTER)).hasSameHashCodeAs(ArmId.parse(CLUSTER));
        assertThat(shouted.isA(ArmId.CLUSTER)).isTrue();
        assertThat(ArmId.parse(CLUSTER.replace("resourceGroups", "resourcegroups")))
                .isEqualTo(ArmId.parse(CLUSTER));
    }

    /** The Kelvin sign and the long s are equal to k and s by Unicode's rules of case. */
    @ParameterizedTest
    @ValueSource(strings = {"a\u212As-1", "ak\u017F-1", "\u00e4ks-1"})
    void nameOfAResourceIsAscii(String name) {
        assertThatThrownBy(() -> ArmId.parse(CLUSTER.replace("aks-1", name)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ASCII");
    }

    @Test
    void providerIsAscii() {
        assertThatThrownBy(() -> ArmId.parse(CLUSTER.replace("Microsoft", "Micro\u017Foft")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void noOtherLetterIsOneOfAscii() {
        ArmId kelvin = ArmId.parse(CLUSTER.replace("/rg/", "/\u212A/"));
        assertThat(kelvin).isNotEqualTo(ArmId.parse(CLUSTER.replace("/rg/", "/k/")));
        assertThat(kelvin.isSpelt(CLUSTER.replace("/rg/", "/k/"))).isFalse();
        assertThat(ArmId.parse(CLUSTER.replace("/rg/", "/CAF\u00c9/")))
                .isEqualTo(ArmId.parse(CLUSTER.replace("/rg/", "/caf\u00e9/")));
        assertThat(Glob.ignoringCase("k*").matches("\u212A1")).isFalse();
        assertThat(Glob.ignoringCase("CAF\u00c9").matches("caf\u00e9")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                CLUSTER + "/agentPools/np1",
                CLUSTER + "/providers/Microsoft.Authorization/roleAssignments/7f951dda-4ed3-4680-a7ca-43fe172d538d",
                CLUSTER + "/providers/Microsoft.ContainerService/managedClusters/inner",
                CLUSTER + "/providers/Microsoft.Resources/tags/default",
                GROUP + "/providers/Microsoft.ContainerService/managedClustersX/aks-1",
                "/subscriptions/3f2b8c14-5d6e-4a7f-9b10-c2d3e4f5a601/providers/Microsoft.ContainerService/managedClusters/a"
            })
    void childrenExtensionsAndLookalikesAreNoClusters(String text) {
        assertThat(ArmId.parse(text).isA(ArmId.CLUSTER)).isFalse();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "aks-1",
                "/",
                "//",
                "/subscriptions",
                "/subscriptions/{id}/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/a",
                "/subscriptions/3f2b8c14-5d6e-4a7f-9b10-c2d3e4f5a601",
                GROUP,
                GROUP + "/providers/Microsoft.ContainerService/managedClusters",
                GROUP + "/providers/Microsoft.ContainerService/managedClusters/",
                GROUP + "/providers/Microsoft.ContainerService/managedClusters/a/",
                GROUP + "/providers/Microsoft.ContainerService/managedClusters/a/agentPools",
                GROUP + "/providers/Microsoft.ContainerService/managedClusters/a?x=1",
                GROUP + "/providers/Microsoft.ContainerService/managedClusters/a%2f",
                GROUP + "/providers/Microsoft.ContainerService/managedClusters/..",
                GROUP + "/providers/Microsoft.ContainerService/managedClusters/a\"; rm -rf x",
                GROUP + "/providers/Microsoft.ContainerService/managedClusters/a\n",
                "https://management.azure.com" + CLUSTER
            })
    void whatIsNoResourceIdIsRefusedWithAReason(String text) {
        assertThatThrownBy(() -> ArmId.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith(".");
    }

    @Test
    void anEndlessIdIsRefusedByItsLength() {
        assertThatThrownBy(() -> ArmId.parse(GROUP + "/providers/a/b/" + "c".repeat(100_000)))
                .hasMessageContaining("at most 1024 characters");
    }

    @Test
    void theWrongTypeIsNamed() {
        assertThatThrownBy(() -> ArmId.parse(CLUSTER, ArmId.REGISTRY))
                .hasMessageContaining("Microsoft.ContainerService/managedClusters")
                .hasMessageContaining("Microsoft.ContainerRegistry/registries");
    }
}
