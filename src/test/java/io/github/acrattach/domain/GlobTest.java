package io.github.acrattach.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The patterns of settings and roles come from outside, and so do the names that they are compared with. */
class GlobTest {

    private static final String STARS = "a*".repeat(60) + "b";
    private static final String LONG = "a".repeat(10_000);

    @ParameterizedTest
    @CsvSource({
        "*, '', true",
        "*, x, true",
        "**, x, true",
        "'', '', true",
        "'', x, false",
        "aks-*, aks-shop, true",
        "aks-*, aks-, true",
        "aks-*, my-aks-shop, false",
        "*-prod, a-prod-b-prod, true",
        "*-prod, a-prod-b, false",
        "a*b*c, aXbXbc, true",
        "a*b*c, acb, false",
        "aks?, aks1, true",
        "aks?, aks, false",
        "aks?, aks12, false",
        "*?, '', false",
        "?*?, ab, true",
        "a.c, abc, false",
        "[a]+, a, false",
        "a*?b, axb, true",
        "a*?b, ab, false"
    })
    void starStandsForAnyLettersAndQuestionMarkForOne(String pattern, String name, boolean matches) {
        assertThat(Glob.exactCase(pattern).matches(name)).isEqualTo(matches);
        assertThat(Glob.ignoringCase(pattern).matches(name)).isEqualTo(matches);
    }

    @Test
    void caseCountsOnlyWhereItIsSaidTo() {
        assertThat(Glob.exactCase("Aks*").matches("aksShop")).isFalse();
        assertThat(Glob.ignoringCase("Aks*").matches("AKSshop")).isTrue();
    }

    @Test
    void questionMarkIsOneLetterOfAnyAlphabet() {
        assertThat(Glob.exactCase("a?c").matches("a\uD83D\uDE80c")).isTrue();
        assertThat(Glob.exactCase("a??c").matches("a\uD83D\uDE80c")).isFalse();
    }

    @Test
    void manyStarsAgainstALongNameTakeNoTime() {
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
            assertThat(Glob.exactCase(STARS).matches(LONG)).isFalse();
            assertThat(Glob.ignoringCase(STARS).matches(LONG)).isFalse();
            assertThat(Glob.exactCase(STARS).matches(LONG + "b")).isTrue();
        });
    }
}
