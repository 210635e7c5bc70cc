package io.github.acrattach.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceAccountPatternsTest {

    @Test
    void patternsNameWhatMatchesAndNamesThemselves() {
        ServiceAccountPatterns patterns = ServiceAccountPatterns.of(List.of("default", " web-* ", "job.?"));
        assertThat(List.of("default", "web-", "web-front.a", "job.1")).allMatch(patterns::name);
        assertThat(List.of("default-1", "web", "job-1", "job.10", "")).noneMatch(patterns::name);
        assertThat(patterns.named()).containsExactly("default");
    }

    @Test
    void everyOneIsNamedByAnAsterisk() {
        assertThat(ServiceAccountPatterns.of(List.of("*")).name("any")).isTrue();
        assertThat(ServiceAccountPatterns.of(List.of("*")).named()).isEmpty();
    }

    @Test
    void nothingIsNamedByNone() {
        assertThat(ServiceAccountPatterns.NONE.isEmpty()).isTrue();
        assertThat(ServiceAccountPatterns.NONE.name("default")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Web-*", "web_*", "shop/default", "-web", "web.", "[a-z]*", "web-* job", "a\nb", " "})
    void whatCanMatchNothingIsRefused(String pattern) {
        List<String> patterns = List.of("default", pattern);
        assertThatThrownBy(() -> ServiceAccountPatterns.of(patterns))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no service account can be called");
    }
}
