package io.github.acrattach.domain.condition;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.acrattach.domain.PullRole;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AssignmentConditionTest {

    private static final List<String> PULL = PullRole.REPOSITORY_READER.actions();
    private static final String NAME = "@Request[Microsoft.ContainerRegistry/registries/repositories:name]";

    /** As ACR documents it, for both actions. */
    private static String documented(String test) {
        return PULL.stream()
                .map(action -> "(\n (\n  !(ActionMatches{'" + action + "'})\n )\n OR\n (\n  " + test + "\n )\n)")
                .reduce((one, two) -> one + "\nAND\n" + two)
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '"', textBlock = """
            NAME StringEqualsIgnoreCase 'web'                                            ; repositories named 'web'
            NAME StringStartsWithIgnoreCase 'team/'                                      ; repositories whose names begin with 'team/'
            NAME StringEquals 'web' OR NAME StringStartsWith 'team/'                     ; repositories named 'web', or whose names begin with 'team/'
            NAME ForAnyOfAnyValues:StringEqualsIgnoreCase {'web', 'shop'}                ; repositories named 'web', or named 'shop'
            NAME StringEqualsIgnoreCase 'web' || NAME StringEqualsIgnoreCase 'web'       ; repositories named 'web'
            NAME StringStartsWith 'backend'                                              ; repositories whose names begin with 'backend' (without a slash at the end, so backend-other/... too)
            """)
    void documentedShapeIsToldInPlainWords(String test, String words) {
        AssignmentCondition condition = AssignmentCondition.of(documented(test.replace("NAME", NAME)));
        assertThat(condition.repositories(PULL).map(RepositoryNames::inWords)).contains(words);
        assertThat(condition.letsAll(PULL)).isFalse();
        assertThat(condition.letsNone(PULL)).isFalse();
    }

    @Test
    void repositoryThatIsAskedForIsJudged() {
        AssignmentCondition condition = AssignmentCondition.of(documented(
                NAME + " StringStartsWithIgnoreCase 'team/' AND " + NAME + " StringNotEquals 'team/secret'"));
        assertThat(condition.lets(PULL, "Team/app")).contains(true);
        assertThat(condition.lets(PULL, "team/secret")).contains(false);
        assertThat(condition.lets(PULL, "web")).contains(false);
        assertThat(condition.repositories(PULL)).as("which has no plain words").isEmpty();
    }

    /** learn.microsoft.com/azure/role-based-access-control/conditions-format, "Cross product comparison operators". */
    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '"', textBlock = """
            ForAnyOfAnyValues:StringEquals {'web', 'shop'}    ; web  ; true
            ForAnyOfAnyValues:StringEquals {'web', 'shop'}    ; team ; false
            ForAnyOfAllValues:StringEquals {'web', 'shop'}    ; web  ; false
            ForAnyOfAllValues:StringStartsWith {'w', 'we'}    ; web  ; true
            ForAnyOfAnyValues:StringNotEquals {'web', 'shop'} ; web  ; true
            ForAnyOfAllValues:StringNotEquals {'web', 'shop'} ; web  ; false
            ForAnyOfAllValues:StringNotEquals {'web', 'shop'} ; team ; true
            """)
    void quantifierSaysHowManyOfSeveralValuesHaveToMeet(String test, String repository, boolean lets) {
        assertThat(AssignmentCondition.of(documented(NAME + " " + test)).lets(PULL, repository))
                .contains(lets);
    }

    @Test
    void severalValuesWithoutAQuantifierAreNotUnderstood() {
        assertThat(AssignmentCondition.of(documented(NAME + " StringEquals {'web', 'shop'}"))
                        .lets(PULL, "web"))
                .isEmpty();
    }

    @Test
    void whatConcernsOtherActionsNarrowsNoPull() {
        AssignmentCondition condition = AssignmentCondition.of(
                "(!(ActionMatches{'Microsoft.ContainerRegistry/registries/repositories/content/write'})) OR (" + NAME
                        + " StringEquals 'web')");
        assertThat(condition.letsAll(PULL)).isTrue();
        assertThat(condition.letsAll(PullRole.ACR_PULL.actions())).isTrue();
    }

    @Test
    void oneActionIsNarrowedIfTheOtherIsNot() {
        AssignmentCondition condition =
                AssignmentCondition.of("!(ActionMatches{'" + PULL.get(0) + "'}) OR " + NAME + " StringEquals 'web'");
        assertThat(condition.repositories(PULL).map(RepositoryNames::inWords)).contains("repositories named 'web'");
    }

    @Test
    void conditionThatLetsNothingThroughIsSeen() {
        assertThat(AssignmentCondition.of("!(ActionMatches{'*/content/read'})").letsNone(PULL))
                .isTrue();
    }

    /** Neither is let all through, nor nothing, nor any repository named. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "@Resource[x] StringEquals 'y'",
                "@Principal[Microsoft.Directory/CustomSecurityAttributes/Id:a_b] StringEquals 'c'",
                "@Request[Microsoft.ContainerRegistry/registries/repositories:name] StringLike 'a*'",
                "SubOperationMatches{'x'} AND @Request[a:b] StringEquals 'c'",
                "Exists @Request[a:b]",
                "",
                "(((",
                "'",
                "NAME",
                "@Request[Microsoft.ContainerRegistry/registries/repositories:name] StringEquals {'a' 'b'}"
            })
    void whatIsNotUnderstoodIsUncertain(String text) {
        AssignmentCondition condition = AssignmentCondition.of(text);
        assertThat(condition.letsAll(PULL)).isFalse();
        assertThat(condition.letsNone(PULL)).isFalse();
        assertThat(condition.repositories(PULL)).isEmpty();
        assertThat(condition.lets(PULL, "web")).isEqualTo(Optional.empty());
    }

    @Test
    void textOfAnyLengthAndDepthIsRead() {
        assertThat(AssignmentCondition.of("(".repeat(9_000)).lets(PULL, "web")).isEmpty();
        assertThat(AssignmentCondition.of("!".repeat(9_000)).lets(PULL, "web")).isEmpty();
        assertThat(AssignmentCondition.of("x".repeat(1_000_000)).lets(PULL, "web"))
                .isEmpty();
    }
}
