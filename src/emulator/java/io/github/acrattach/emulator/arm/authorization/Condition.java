package io.github.acrattach.emulator.arm.authorization;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A condition of a role assignment, version 2.0, as far as delegating role assignments takes it:
 * learn.microsoft.com/azure/role-based-access-control/conditions-format and delegate-role-assignments-examples.
 */
final class Condition {
    private static final Pattern TOKEN = Pattern.compile("\\s*([(){}!,]|'[^']*'|@\\w+\\[[^\\]]+\\]|[\\w:-]+)");

    private final List<String> tokens = new ArrayList<>();
    private final String action;
    private final Map<String, String> attributes;
    private int next;

    /** @param attributes by source and name in lower case, such as {@code @request[...:principaltype]} */
    private Condition(String text, String action, Map<String, String> attributes) {
        Matcher token = TOKEN.matcher(text);
        int end = 0;
        while (end < text.stripTrailing().length()) {
            if (!token.find() || token.start() != end) {
                throw new IllegalArgumentException("The condition cannot be read at " + end);
            }
            tokens.add(token.group(1));
            end = token.end();
        }
        this.action = action;
        this.attributes = attributes;
    }

    /** Empty for one with an operator that is not known here. */
    static Optional<Boolean> fulfilled(String text, String action, Map<String, String> attributes) {
        try {
            Condition condition = new Condition(text, action, attributes);
            boolean holds = condition.disjunction();
            return condition.next == condition.tokens.size() ? Optional.of(holds) : Optional.empty();
        } catch (IllegalArgumentException unknown) {
            return Optional.empty();
        }
    }

    private boolean disjunction() {
        boolean holds = conjunction();
        while (skip("OR")) {
            holds |= conjunction();
        }
        return holds;
    }

    private boolean conjunction() {
        boolean holds = term();
        while (skip("AND")) {
            holds &= term();
        }
        return holds;
    }

    private boolean term() {
        if (skip("!")) {
            return !term();
        }
        if (skip("(")) {
            boolean holds = disjunction();
            expect(")");
            return holds;
        }
        return skip("ActionMatches") ? set().stream().anyMatch(action::equalsIgnoreCase) : comparison();
    }

    /** An attribute that the request does not have equals nothing. */
    private boolean comparison() {
        String attribute = take();
        String operator = take().replaceFirst("(?i)^ForAnyOfAnyValues:", "");
        if (!attribute.startsWith("@")
                || !List.of("GuidEquals", "StringEquals", "StringEqualsIgnoreCase")
                        .contains(operator)) {
            throw new IllegalArgumentException(operator);
        }
        List<String> wanted = set();
        return Optional.ofNullable(attributes.get(attribute.toLowerCase(Locale.ROOT)))
                .filter(value -> wanted.stream()
                        .anyMatch(each ->
                                operator.equals("StringEquals") ? each.equals(value) : each.equalsIgnoreCase(value)))
                .isPresent();
    }

    private List<String> set() {
        List<String> values = new ArrayList<>();
        if (!skip("{")) {
            values.add(value());
            return values;
        }
        do {
            values.add(value());
        } while (skip(","));
        expect("}");
        return values;
    }

    private String value() {
        return take().replaceAll("^'|'$", "");
    }

    private String take() {
        if (next == tokens.size()) {
            throw new IllegalArgumentException("The condition ends too early");
        }
        return tokens.get(next++);
    }

    private boolean skip(String token) {
        boolean there = next < tokens.size() && tokens.get(next).equalsIgnoreCase(token);
        next += there ? 1 : 0;
        return there;
    }

    private void expect(String token) {
        if (!skip(token)) {
            throw new IllegalArgumentException("The condition lacks a " + token);
        }
    }
}
