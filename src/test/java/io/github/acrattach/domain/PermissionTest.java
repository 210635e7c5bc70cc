package io.github.acrattach.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PermissionTest {

    private static final String WRITE = "Microsoft.Authorization/roleAssignments/write";

    @Test
    void starStandsForAnyLetters() {
        assertThat(of("*/read").allows("Microsoft.ContainerRegistry/registries/read"))
                .isTrue();
        assertThat(of("*/read").allows("Microsoft.ContainerRegistry/registries/readers"))
                .isFalse();
        assertThat(of("Microsoft.Authorization/*/Write").allows(WRITE)).isTrue();
        assertThat(of("Microsoft.Authorization/*").allows("Microsoft.AuthorizationX/roleAssignments/write"))
                .isFalse();
        assertThat(of("*").allows(WRITE)).isTrue();
    }

    @Test
    void lettersAreOfEitherCase() {
        assertThat(of("microsoft.authorization/ROLEASSIGNMENTS/write").allows(WRITE))
                .isTrue();
    }

    @Test
    void questionMarkStandsForNothingElse() {
        assertThat(of("Microsoft.Authorization/roleAssignments/writ?").allows(WRITE))
                .isFalse();
    }

    /** The Kelvin sign is no K, though Unicode has it become one in lower case. */
    @Test
    void letterThatLooksLikeAnotherIsNotIt() {
        assertThat(of("Microsoft.\u212Aey/*").allows("Microsoft.Key/read")).isFalse();
    }

    @Test
    void notActionsTakeAwayWhatTheSameRoleGives() {
        Permission contributor = Permission.ofActions(List.of("*"), List.of("Microsoft.Authorization/*/Write"));
        assertThat(contributor.allows(WRITE)).isFalse();
        assertThat(contributor.allows("Microsoft.Authorization/roleAssignments/read"))
                .isTrue();
    }

    @Test
    void nothingIsNeverAllowed() {
        assertThat(of("").allows(WRITE)).isFalse();
        assertThat(Permission.ofActions(List.of(), List.of()).allows(WRITE)).isFalse();
    }

    /** Role definitions are written by others: one could keep the program busy for as long as it likes. */
    @Test
    void manyStarsTakeNoTime() {
        String hostile = "*a".repeat(2_000) + "b";
        assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () -> assertThat(of(hostile).allows("a".repeat(900))).isFalse());
    }

    private static Permission of(String action) {
        return Permission.ofActions(List.of(action), List.of());
    }
}
