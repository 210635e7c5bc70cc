package io.github.acrattach.domain.condition;

import java.util.List;
import java.util.Locale;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;

/** Repositories by their names: those for which one of the tests holds. */
public record RepositoryNames(List<Test> tests) {

    public RepositoryNames {
        tests = List.copyOf(tests);
    }

    /** One name, or the beginning of names. */
    public record Test(Comparison comparison, String value) {}

    /** How a name is compared. */
    public enum Comparison {
        EQUALS("named", String::equals),
        EQUALS_IGNORE_CASE("named", String::equalsIgnoreCase),
        STARTS_WITH("whose names begin with", String::startsWith),
        STARTS_WITH_IGNORE_CASE(
                "whose names begin with", (name, value) -> lower(name).startsWith(lower(value)));

        private final String words;
        private final BiPredicate<String, String> matches;

        Comparison(String words, BiPredicate<String, String> matches) {
            this.words = words;
            this.matches = matches;
        }

        private boolean isOfBeginnings() {
            return this == STARTS_WITH || this == STARTS_WITH_IGNORE_CASE;
        }

        boolean matches(String name, String value) {
            return matches.test(name, value);
        }

        private static String lower(String text) {
            return text.toLowerCase(Locale.ROOT);
        }
    }

    /** As part of a sentence: {@code repositories whose names begin with 'team/'}. */
    public String inWords() {
        return "repositories "
                + tests.stream()
                        .map(test -> test.comparison().words + " '" + test.value() + "'" + trap(test))
                        .distinct()
                        .collect(Collectors.joining(", or "));
    }

    /** Such a beginning lets in more than it looks like. */
    private static String trap(Test test) {
        return test.comparison().isOfBeginnings() && !test.value().endsWith("/")
                ? " (without a slash at the end, so " + test.value() + "-other/... too)"
                : "";
    }
}
