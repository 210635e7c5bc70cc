package io.github.acrattach.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamespaceSelectorTest {

    @ParameterizedTest
    @ValueSource(strings = {"kube-system", "kube-public", "gatekeeper-system", "aks-command", "app-routing-system"})
    void systemIsLeftOut(String name) {
        assertThat(NamespaceSelector.all().selects(name, Map.of())).isFalse();
        assertThat(selector(List.of("*"), List.of(), List.of()).selects(name, Map.of()))
                .isFalse();
    }

    @Test
    void systemIsMeantWhereItIsNamed() {
        assertThat(selector(List.of("kube-system"), List.of(), List.of()).selects("kube-system", Map.of()))
                .isTrue();
    }

    @Test
    void everyOtherNamespaceIsMeantByDefault() {
        assertThat(NamespaceSelector.all().selects("default", Map.of())).isTrue();
        assertThat(NamespaceSelector.all().selects("shop", Map.of())).isTrue();
    }

    @Test
    void patternsExclusionsAndLabelsAllHaveToHold() {
        NamespaceSelector selector =
                selector(List.of("shop-*", "web"), List.of("*-test"), List.of("team=s*", "pull=yes"));
        Map<String, String> labels = Map.of("team", "shop", "pull", "yes");
        assertThat(selector.selects("shop-eu", labels)).isTrue();
        assertThat(selector.selects("web", labels)).isTrue();
        assertThat(selector.selects("shop-test", labels)).isFalse();
        assertThat(selector.selects("billing", labels)).isFalse();
        assertThat(selector.selects("web", Map.of("team", "shop"))).isFalse();
        assertThat(selector.selects("web", Map.of("team", "Shop", "pull", "yes")))
                .isFalse();
    }

    @Test
    void labelWithoutAValueIsRefused() {
        assertThatThrownBy(() -> selector(List.of(), List.of(), List.of("team")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has the label 'team'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"kube-*", "aks-*", "aks-istio-*"})
    void patternOfTheSystemsNamespacesAloneIsRefused(String pattern) {
        assertThatThrownBy(() -> selector(List.of("shop", pattern), List.of(), List.of()))
                .hasMessageContaining("has '" + pattern + "', which only namespaces of the system match");
    }

    @Test
    void exclusionThatLeavesNothingOverIsRefused() {
        assertThatThrownBy(() -> selector(List.of(), List.of("*"), List.of()))
                .hasMessageContaining("no namespace over");
        assertThatThrownBy(() -> selector(List.of("shop-*", "web"), List.of("shop*", "w*"), List.of()))
                .hasMessageContaining("no namespace over");
        assertThat(selector(List.of("shop-*"), List.of("shop-?"), List.of()).selects("shop-eu", Map.of()))
                .isTrue();
    }

    private static NamespaceSelector selector(List<String> names, List<String> excluded, List<String> labels) {
        return NamespaceSelector.of(names, excluded, labels);
    }
}
