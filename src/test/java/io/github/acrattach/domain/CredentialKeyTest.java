package io.github.acrattach.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialKeyTest {

    private static final CredentialKey KEY = key(Samples.CLUSTER);

    @Test
    void nameDoesNotDependOnTheSpelling() {
        ArmId upper = ArmId.parse(Samples.CLUSTER.toString().toUpperCase(Locale.ROOT));
        assertThat(key(upper).name()).isEqualTo(KEY.name());
    }

    @Test
    void clustersOfOneNameHaveDifferentCredentials() {
        ArmId elsewhere = ArmId.parse(Samples.CLUSTER.toString().replace("/platform/", "/other/"));
        assertThat(key(elsewhere).name()).isNotEqualTo(KEY.name());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "aks_shop", "a-cluster-of-a-name-that-is-as-long-as-aks-lets-it-be-63-letters"})
    void nameIsOneThatARegistryTakes(String cluster) {
        assertThat(key(ArmId.parse(Samples.CLUSTER.toString().replace("aks-shop", cluster)))
                        .name())
                .matches("[a-z0-9-]{5,50}");
    }

    @Test
    void descriptionLeadsBackToTheCluster() {
        assertThat(Description.clusterIn(KEY.description(Samples.VERSION).toString()))
                .contains(Samples.CLUSTER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "acr-attach: lets pull.",
                "acr-attach: lets  pull.",
                "acr-attach: lets /subscriptions/x pull.",
                "Lets it pull."
            })
    void otherDescriptionsLeadNowhere(String description) {
        assertThat(Description.clusterIn(description)).isEmpty();
    }

    private static CredentialKey key(ArmId cluster) {
        return new CredentialKey(new Pairing(cluster, Samples.REGISTRY), CredentialKind.ACR_TOKEN);
    }

    @Test
    void tokenOfAnEarlierIdIsKnownByItsName() {
        CredentialKey now = key(Samples.CLUSTER);
        CredentialKey other = key(ArmId.parse(Samples.CLUSTER.toString().replace("aks-shop", "aks-web")));
        String earlier = "acr-attach-aks-shop-0123456789ab";

        assertThat(now.named(now.name())).contains(now);
        assertThat(now.named(earlier)).hasValueSatisfying(former -> {
            assertThat(former.name()).isEqualTo(earlier);
            assertThat(former.pairing()).isEqualTo(now.pairing());
            assertThat(former).isNotEqualTo(now);
        });
        assertThat(other.named(earlier)).as("another cluster's").isEmpty();
        assertThat(now.named("acr-attach-aks-shop-by-hand")).isEmpty();
    }
}
