package io.github.acrattach.domain;

import static org.assertj.core.api.Assertions.assertThat;

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
                "a\u212As-shop",
                "/subscriptions/*/resourceGroups/other/*",
                GROUP,
                "aks-shop/"
            })
    void othersAreNot(String pattern) {
        assertThat(ClusterPatterns.of(List.of(pattern)).name(Samples.CLUSTER)).isFalse();
    }

    @Test
    void noPatternNamesNone() {
        assertThat(ClusterPatterns.of(List.of()).name(Samples.CLUSTER)).isFalse();
    }
}
