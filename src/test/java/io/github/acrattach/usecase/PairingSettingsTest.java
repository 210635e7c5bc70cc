package io.github.acrattach.usecase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.acrattach.domain.PairingPolicy;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A rule that can never do what was meant by it is refused with the name of the setting. */
class PairingSettingsTest {

    private static final String TEAM = "ACR_ATTACH_RULES_TEAM_";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            CLUSTERS_NAMES             | aks-1,aks.2        | has 'aks.2', which no cluster can be called
            CLUSTERS_NAMES             | ["aks-1","aks-2"]  | has '["aks-1"', which no cluster can be called
            CLUSTERS_RESOURCE_GROUPS   | rg/a               | has 'rg/a', which no resource group can be called
            CLUSTERS_SUBSCRIPTIONS     | prod               | has the subscription 'prod', which is not a GUID
            CLUSTERS_TAGS              | te<am=shop         | has 'te<am', which no tag can be called
            CLUSTERS_TAGS              | team               | has the tag 'team'
            REGISTRIES_NAMES           | acrshop.azurecr.io | without its host: acrshop
            REGISTRIES_NAMES           | acr-shop           | has no hyphen
            REGISTRIES_RESOURCE_GROUPS | rg.                | has 'rg.', which no resource group can be called
            JOIN_ON_TAGS               | team,*             | has '*', which no tag can be called
            SECRET_REPOSITORIES        | acrshop.azurecr.io/team/app:1.0 | without a tag: team/app
            SECRET_NAMESPACES          | Shop               | has 'Shop', which no namespace can be called
            SECRET_NAMESPACES          | kube-*             | has 'kube-*', which only namespaces of the system match
            SECRET_EXCLUDED_NAMESPACES | shop_1             | has 'shop_1', which no namespace can be called
            SECRET_EXCLUDED_NAMESPACES | *                  | leaves no namespace over
            SECRET_NAMESPACE_LABELS    | te*m=shop          | has 'te*m', which no label can be called
            SECRET_SERVICE_ACCOUNTS    | shop/default       | without its namespace: default
            """)
    void patternThatNothingCanMatchIsRefused(String setting, String value, String told) {
        assertThatThrownBy(() -> policy(Map.of(TEAM + setting, value)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("The setting " + TEAM + setting + " ")
                .hasMessageContaining(told);
    }

    @Test
    void sideWithoutACriterionIsRefused() {
        assertThatThrownBy(() -> policy(Map.of(TEAM + "REGISTRIES_NAMES", "", TEAM + "CLUSTERS_NAMES", "*")))
                .hasMessageStartingWith("The setting " + TEAM + "REGISTRIES selects nothing in particular");
    }

    @Test
    void whatCanBeMeantIsTaken() {
        PairingPolicy policy = policy(Map.of(
                TEAM + "CLUSTERS_NAMES", " aks-* , aks_1",
                TEAM + "CLUSTERS_TAGS", "team=Shop & Co",
                TEAM + "SECRET_REPOSITORIES", "team/*,base/java",
                TEAM + "SECRET_NAMESPACE_LABELS", "kubernetes.io/metadata.name=shop-*"));
        assertThat(policy.rules()).hasSize(1);
    }

    /** Of a rule that selects everything but for this. */
    private static PairingPolicy policy(Map<String, String> different) {
        Map<String, String> settings =
                new HashMap<>(Map.of(TEAM + "CLUSTERS_NAMES", "*", TEAM + "REGISTRIES_NAMES", "*"));
        settings.putAll(different);
        return new SmallRyeConfigBuilder()
                .withMapping(PairingSettings.class)
                .withMappingIgnore("acr-attach.**")
                .withConverter(java.time.Duration.class, 200, new io.quarkus.runtime.configuration.DurationConverter())
                .withSources(new EnvConfigSource(settings, 300))
                .build()
                .getConfigMapping(PairingSettings.class)
                .policy();
    }
}
