package io.github.acrattach.domain;

import java.util.Arrays;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A name pattern: {@code *} stands for any characters, {@code ?} for one. */
final class Glob {

    private final String text;
    private final Pattern pattern;

    private final UnaryOperator<String> spelling;

    private Glob(String text, Pattern pattern, UnaryOperator<String> spelling) {
        this.text = text;
        this.pattern = pattern;
        this.spelling = spelling;
    }

    /** Compared as ids are. */
    static Glob ignoringCase(String text) {
        return new Glob(text, Pattern.compile(regex(ArmId.normalized(text))), ArmId::normalized);
    }

    static Glob exactCase(String text) {
        return new Glob(text, Pattern.compile(regex(text)), UnaryOperator.identity());
    }

    /**
     * Reads {@code name=pattern}; the value is compared with case.
     *
     * @param what has such a name, and a value
     * @throws IllegalArgumentException when it is not written so, or nothing can be named so; the message says why
     */
    static Map.Entry<String, Glob> named(Naming what, Naming value, String text) {
        int equals = text.indexOf('=');
        if (equals < 1) {
            throw new IllegalArgumentException("has the " + what.thing() + " '" + OutsideText.line(text) + "'; a "
                    + what.thing() + " is written name=value, and the value may hold * and ?");
        }
        return Map.entry(what.pattern(text.substring(0, equals)), exactCase(value.pattern(text.substring(equals + 1))));
    }

    private static String regex(String text) {
        return Arrays.stream(text.split("(?<=[*?])|(?=[*?])"))
                .map(part -> part.equals("*") ? ".*" : part.equals("?") ? "." : Pattern.quote(part))
                .collect(Collectors.joining());
    }

    String text() {
        return text;
    }

    /** Whether it stands for more than one name. */
    boolean isPattern() {
        return text.indexOf('*') >= 0 || text.indexOf('?') >= 0;
    }

    /** Whether it is that very name, without any pattern in it. */
    boolean isExactly(String name) {
        return text.equals(name);
    }

    /** Whether it matches all that another pattern does; of one with a {@code ?} that is not found out. */
    boolean covers(String other) {
        return text.indexOf('?') < 0 && matches(other);
    }

    boolean matches(String name) {
        return pattern.matcher(spelling.apply(name)).matches();
    }
}
