package io.github.acrattach.usecase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.acrattach.domain.PairingPolicy;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
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
            JOIN_ON_TAGS               | team=shop          | has 'team=shop'; both sides have to carry
            CLUSTERS_EXCLUDED_NAMES    | aks-1,*            | leaves nothing over
            REGISTRIES_EXCLUDED_NAMES  | **                 | leaves nothing over
            EXCLUDED_PAIRS             | a/acrbb,*/*        | leaves nothing over
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

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            LIFETIME    | 90        | is "90", which names no unit: write 90D for days, or 90H for hours
            LIFETIME    | 1.5       | is "1.5", which names no unit
            LIFETIME    | PT90S     | leaves 30.6 s
            LIFETIME    | 3M        | leaves 1 min
            LIFETIME    | 1H        | at least 7H
            LIFETIME    | 6H        | at least 7H
            LIFETIME    | PT0S      | at least 7H
            LIFETIME    | -90D      | at least 7H
            LIFETIME    | P3M       | cannot be read; write days or hours, such as 90D or PT12H
            LIFETIME    | 2Y        | cannot be read; write days or hours
            LIFETIME    | soon      | cannot be read; write days or hours
            LIFETIME    | P732D     | longer than two years
            LIFETIME    | P99999999999D | longer than two years
            RENEW_AFTER | 66        | is "66", which is no share: write 0.66
            RENEW_AFTER | 66%       | is "66%", which is no share: write 0.66
            RENEW_AFTER | 0,66      | is "0,66", which is no share: write 0.66
            RENEW_AFTER | 60D       | is "60D", which is no share: write
            RENEW_AFTER | 1         | which is no share
            RENEW_AFTER | 0         | which is no share
            RENEW_AFTER | -0.5      | which is no share
            RENEW_AFTER | NaN       | which is no share
            RENEW_AFTER | 0.9999    | ACR_ATTACH_RULES_TEAM_SECRET_LIFETIME is "90D"
            """)
    void lifetimeThatTheTimerCannotKeepIsRefused(String setting, String value, String told) {
        assertThatThrownBy(() -> policy(Map.of(TEAM + "SECRET_" + setting, value)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("The setting " + TEAM + "SECRET_")
                .hasMessageContaining(told);
    }

    @ParameterizedTest
    @CsvSource({"7H, PT7H", "90D, P90D", "P90D, P90D", "PT12H, PT12H", " 12h , PT12H", "P1DT12H, PT36H", "730D, P730D"})
    void lifetimeThatLeavesTimeForARunThatFailsIsTaken(String written, Duration read) {
        assertThat(policy(Map.of(TEAM + "SECRET_LIFETIME", written))
                        .rules()
                        .get(0)
                        .secret()
                        .lifetime())
                .isEqualTo(read);
    }

    @Test
    void laterRenewalTakesALongerLifetime() {
        assertThatThrownBy(() -> policy(Map.of(TEAM + "SECRET_LIFETIME", "1D", TEAM + "SECRET_RENEW_AFTER", "0.95")))
                .hasMessageContaining("at least 43H");
        assertThat(policy(Map.of(TEAM + "SECRET_LIFETIME", "43H", TEAM + "SECRET_RENEW_AFTER", ".95"))
                        .rules())
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            aks-1       | AKS-1
            aks-1,aks-2 | aks-*
            aks-*       | aks-*
            aks-?       | aks-*
            """)
    void ruleThatLeavesOutAllThatItNamesIsRefused(String names, String excluded) {
        assertThatThrownBy(() ->
                        policy(Map.of(TEAM + "CLUSTERS_NAMES", names, TEAM + "CLUSTERS_EXCLUDED_NAMES", excluded)))
                .hasMessageStartingWith("The setting " + TEAM + "CLUSTERS_EXCLUDED_NAMES leaves nothing over");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            aks-1,aks-2 | aks-1
            aks-*       | aks-?
            *           | aks-*
            """)
    void ruleThatLeavesOutSomeIsTaken(String names, String excluded) {
        assertThat(policy(Map.of(TEAM + "CLUSTERS_NAMES", names, TEAM + "CLUSTERS_EXCLUDED_NAMES", excluded))
                        .rules())
                .hasSize(1);
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
                .withSources(new EnvConfigSource(settings, 300))
                .build()
                .getConfigMapping(PairingSettings.class)
                .policy();
    }
}
