package io.github.acrattach.domain.condition;

import io.github.acrattach.domain.condition.RepositoryNames.Comparison;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Reads a condition: {@code AND}, {@code OR} and {@code NOT} of actions and comparisons, each with its sign as well
 * ({@code &&}, {@code ||}, {@code !}), where {@code AND} binds closer.
 */
final class ConditionParser {

    /** Longer than Azure takes: 8 KB. */
    private static final int MOST = 10_000;

    private static final int DEEPEST = 100;

    private static final Pattern TOKEN = Pattern.compile("'[^']*'|@\\w+\\[[^\\]]*]|&&|\\|\\||[!(){},]|[\\w:.]+|\\S");

    private static final String NAME = "@request[microsoft.containerregistry/registries/repositories:name]";

    private static final String OF_ANY = "foranyofanyvalues:";
    private static final String OF_ALL = "foranyofallvalues:";

    private final List<String> tokens;
    private int next;
    private int depth;

    private ConditionParser(List<String> tokens) {
        this.tokens = tokens;
    }

    static Expression parse(String text) {
        if (text.length() > MOST) {
            return new Expression.Unknown();
        }
        var parser = new ConditionParser(
                TOKEN.matcher(text).results().map(MatchResult::group).toList());
        try {
            Expression whole = parser.disjunction();
            return parser.next == parser.tokens.size() ? whole : new Expression.Unknown();
        } catch (IllegalArgumentException notUnderstood) {
            return new Expression.Unknown();
        }
    }

    private Expression disjunction() {
        List<Expression> parts = new ArrayList<>(List.of(conjunction()));
        while (skip("OR") || skip("||")) {
            parts.add(conjunction());
        }
        return Expression.Several.of(false, parts);
    }

    private Expression conjunction() {
        List<Expression> parts = new ArrayList<>(List.of(term()));
        while (skip("AND") || skip("&&")) {
            parts.add(term());
        }
        return Expression.Several.of(true, parts);
    }

    private Expression term() {
        if (++depth > DEEPEST) {
            throw new IllegalArgumentException("It is nested too deeply");
        }
        try {
            if (skip("!") || skip("NOT")) {
                return new Expression.Not(term());
            }
            if (skip("(")) {
                Expression inside = disjunction();
                expect(")");
                return inside;
            }
            if (skip("ActionMatches")) {
                return new Expression.ActionMatches(values());
            }
            if (skip("SubOperationMatches")) {
                values();
                return new Expression.Unknown();
            }
            return comparison();
        } finally {
            depth--;
        }
    }

    /** Of anything but the repository's name nothing is known here. */
    private Expression comparison() {
        String attribute = take();
        if (attribute.equalsIgnoreCase("Exists")) {
            take();
            return new Expression.Unknown();
        }
        String operator = take().toLowerCase(Locale.ROOT);
        List<String> values = values();
        boolean isOfAny = operator.startsWith(OF_ANY);
        boolean isOfAll = operator.startsWith(OF_ALL);
        if (!attribute.toLowerCase(Locale.ROOT).equals(NAME) || values.size() > 1 && !isOfAny && !isOfAll) {
            return new Expression.Unknown();
        }
        return nameTest(operator.substring(isOfAny || isOfAll ? OF_ANY.length() : 0), isOfAll, values);
    }

    /** All of the values have to meet, or any of them; for a comparison that is negated that is the other way round. */
    private static Expression nameTest(String operator, boolean isOfAll, List<String> values) {
        boolean isNegative = operator.startsWith("stringnot");
        return comparison(isNegative ? "string" + operator.substring("stringnot".length()) : operator)
                .map(each -> isOfAll == isNegative
                        ? new Expression.NameTest(each, values)
                        : Expression.Several.of(
                                true,
                                values.stream()
                                        .<Expression>map(value -> new Expression.NameTest(each, List.of(value)))
                                        .toList()))
                .map(test -> isNegative ? new Expression.Not(test) : test)
                .orElseGet(Expression.Unknown::new);
    }

    private static Optional<Comparison> comparison(String operator) {
        return Optional.ofNullable(
                switch (operator) {
                    case "stringequals" -> Comparison.EQUALS;
                    case "stringequalsignorecase" -> Comparison.EQUALS_IGNORE_CASE;
                    case "stringstartswith" -> Comparison.STARTS_WITH;
                    case "stringstartswithignorecase" -> Comparison.STARTS_WITH_IGNORE_CASE;
                    default -> null;
                });
    }

    private List<String> values() {
        List<String> values = new ArrayList<>();
        if (!skip("{")) {
            return List.of(value());
        }
        do {
            values.add(value());
        } while (skip(","));
        expect("}");
        return values;
    }

    private String value() {
        String token = take();
        if (token.startsWith("'")) {
            return token.substring(1, token.length() - 1);
        }
        if (token.startsWith("@") || token.matches("[\\w:.]+")) {
            return token;
        }
        throw new IllegalArgumentException("No value: " + token);
    }

    private String take() {
        if (next == tokens.size()) {
            throw new IllegalArgumentException("It ends too early");
        }
        return tokens.get(next++);
    }

    private boolean skip(String token) {
        boolean isThere = next < tokens.size() && tokens.get(next).equalsIgnoreCase(token);
        next += isThere ? 1 : 0;
        return isThere;
    }

    private void expect(String token) {
        if (!skip(token)) {
            throw new IllegalArgumentException("It lacks a " + token);
        }
    }
}
