package io.github.acrattach.emulator.arm.authorization;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A condition of a role assignment, version 2.0, as far as delegating role assignments and the repositories of a registry
 * take it: learn.microsoft.com/azure/role-based-access-control/conditions-format, delegate-role-assignments-examples, and
 * learn.microsoft.com/azure/container-registry/container-registry-rbac-abac-repository-permissions. It is read as a whole
 * before any of it is asked, and asked from left to right until the answer is known.
 */
final class Condition {
    private static final Pattern TOKEN =
            Pattern.compile("\\s*(&&|\\|\\||[(){}!,]|'[^']*'|@\\w+\\[[^\\]]+\\]|[\\w:-]+)");
    private static final Pattern OPERATOR = Pattern.compile("(?:(For(?:Any|All)Of(?:Any|All)Values):)?(\\w+)");

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

    /** Empty for one that is not of a shape that is known here, or that asks what nobody can say. */
    static Optional<Boolean> fulfilled(String text, String action, Map<String, String> attributes) {
        try {
            Condition condition = new Condition(text, action, attributes);
            BooleanSupplier whole = condition.disjunction();
            return condition.next == condition.tokens.size() ? Optional.of(whole.getAsBoolean()) : Optional.empty();
        } catch (IllegalArgumentException unknown) {
            return Optional.empty();
        }
    }

    private BooleanSupplier disjunction() {
        BooleanSupplier holds = conjunction();
        while (skip("OR") || skip("||")) {
            BooleanSupplier one = holds;
            BooleanSupplier other = conjunction();
            holds = () -> one.getAsBoolean() || other.getAsBoolean();
        }
        return holds;
    }

    private BooleanSupplier conjunction() {
        BooleanSupplier holds = term();
        while (skip("AND") || skip("&&")) {
            BooleanSupplier one = holds;
            BooleanSupplier other = term();
            holds = () -> one.getAsBoolean() && other.getAsBoolean();
        }
        return holds;
    }

    private BooleanSupplier term() {
        if (skip("!") || skip("NOT")) {
            BooleanSupplier negated = term();
            return () -> !negated.getAsBoolean();
        }
        if (skip("(")) {
            BooleanSupplier inner = disjunction();
            expect(")");
            return inner;
        }
        if (skip("ActionMatches")) {
            List<String> wanted = set();
            return () -> wanted.stream()
                    .anyMatch(each -> Permission.pattern(each).matcher(action).matches());
        }
        if (skip("Exists")) {
            String attribute = attribute();
            return () -> attributes.containsKey(attribute);
        }
        return comparison();
    }

    private BooleanSupplier comparison() {
        String attribute = attribute();
        Matcher parts = OPERATOR.matcher(take());
        if (!parts.matches()) {
            throw new IllegalArgumentException("An operator is expected");
        }
        Comparison operator = Comparison.named(parts.group(2));
        String quantifier = Optional.ofNullable(parts.group(1)).orElse("");
        List<String> wanted = set();
        if (quantifier.isEmpty() && wanted.size() > 1) {
            throw new IllegalArgumentException("Several values need a quantifier");
        }
        boolean all = quantifier.endsWith("AllValues");
        return () -> holds(Optional.ofNullable(attributes.get(attribute)), operator, wanted, all);
    }

    /** What the request does not have equals nothing, and whether it differs from something cannot be said. */
    private static boolean holds(Optional<String> value, Comparison operator, List<String> wanted, boolean all) {
        if (value.isEmpty() && operator.negated()) {
            throw new IllegalArgumentException("The request lacks the attribute");
        }
        return value.filter(has -> all
                        ? wanted.stream().allMatch(each -> operator.holds(has, each))
                        : wanted.stream().anyMatch(each -> operator.holds(has, each)))
                .isPresent();
    }

    private String attribute() {
        String attribute = take();
        if (!attribute.startsWith("@")) {
            throw new IllegalArgumentException("An attribute is expected, not " + attribute);
        }
        return attribute.toLowerCase(Locale.ROOT);
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
