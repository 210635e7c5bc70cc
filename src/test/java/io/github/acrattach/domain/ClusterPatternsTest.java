package io.github.acrattach.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterPatternsTest {

    private static final String GROUP = "/subscriptions/3f2b8c14-5d6e-4a7f-9b10-c2d3e4f5a601/resourceGroups/platform";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "aks-shop",
                "AKS-Shop",
                " aks-shop ",
                "aks-*",
                "aks-sho?",
                "*",
                GROUP + "/providers/Microsoft.ContainerService/managedClusters/aks-shop",
                GROUP + "/*",
                "*/resourcegroups/platform/*/aks-*"
            })
    void nameOrIdIsNamed(String pattern) {
        assertThat(ClusterPatterns.of(List.of("other", pattern)).name(Samples.CLUSTER))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "shop",
                "aks-shop2",
                "aks",
                "*platform*",
                "*managedClusters*",
                "/subscriptions/*/resourceGroups/other/*"
            })
    void othersAreNot(String pattern) {
        assertThat(ClusterPatterns.of(List.of(pattern)).name(Samples.CLUSTER)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                GROUP,
                "aks-shop/",
                "aks.shop",
                "platform/aks-*",
                "^aks-",
                GROUP + "/*/aks shop",
                "aks-*/",
                "a\u212As-shop"
            })
    void whatCanMatchNoClusterIsRefused(String pattern) {
        assertThatThrownBy(() -> ClusterPatterns.of(List.of("aks-*", pattern)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("has '");
    }

    @Test
    void noPatternNamesNone() {
        assertThat(ClusterPatterns.of(List.of()).name(Samples.CLUSTER)).isFalse();
    }
}
