package io.github.acrattach.emulator.arm.authorization;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An operator of conditions that compares texts or GUIDs, such as StringNotLikeIgnoreCase:
 * learn.microsoft.com/azure/role-based-access-control/conditions-format, operators.
 */
record Comparison(Kind kind, boolean negated, boolean ignoreCase) {
    private static final Pattern NAME = Pattern.compile("(String|Guid)(Not)?(Equals|StartsWith|Like)(IgnoreCase)?");

    /** How two texts are compared. */
    private enum Kind {
        EQUALS,
        STARTS_WITH,
        LIKE
    }

    /** Refuses one that is not known here. */
    static Comparison named(String operator) {
        return Optional.of(NAME.matcher(operator))
                .filter(name -> name.matches())
                .filter(name -> name.group(1).equals("String")
                        || Set.of("GuidEquals", "GuidNotEquals").contains(operator))
                .map(name -> new Comparison(
                        switch (name.group(3)) {
                            case "Equals" -> Kind.EQUALS;
                            case "StartsWith" -> Kind.STARTS_WITH;
                            default -> Kind.LIKE;
                        },
                        name.group(2) != null,
                        name.group(1).equals("Guid") || name.group(4) != null))
                .orElseThrow(() -> new IllegalArgumentException(operator));
    }

    boolean holds(String has, String wanted) {
        return negated != matches(ignoreCase ? lower(has) : has, ignoreCase ? lower(wanted) : wanted);
    }

    private boolean matches(String has, String wanted) {
        return switch (kind) {
            case EQUALS -> has.equals(wanted);
            case STARTS_WITH -> has.startsWith(wanted);
            case LIKE -> has.matches(like(wanted));
        };
    }

    /** A star stands for any text, a question mark for one character. */
    private static String like(String wanted) {
        return wanted.chars()
                .mapToObj(each -> each == '*' ? ".*" : each == '?' ? "." : Pattern.quote(Character.toString(each)))
                .collect(Collectors.joining());
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
