package io.github.acrattach.domain;

import java.util.Arrays;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A name pattern: {@code *} stands for any characters, {@code ?} for one. */
final class Glob {

    private final String text;
    private final Pattern pattern;

    private Glob(String text, Pattern pattern) {
        this.text = text;
        this.pattern = pattern;
    }

    static Glob ignoringCase(String text) {
        return new Glob(text, Pattern.compile(regex(text), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE));
    }

    static Glob exactCase(String text) {
        return new Glob(text, Pattern.compile(regex(text)));
    }

    /**
     * Reads {@code name=pattern}; the value is compared with case.
     *
     * @param what it is, such as a label
     * @throws IllegalArgumentException when it is not written so
     */
    static Map.Entry<String, Glob> named(String what, String text) {
        int equals = text.indexOf('=');
        if (equals < 1) {
            throw new IllegalArgumentException("has the " + what + " '" + text + "'; a " + what
                    + " is written name=value, and the value may hold * and ?");
        }
        return Map.entry(
                text.substring(0, equals).strip(),
                exactCase(text.substring(equals + 1).strip()));
    }

    private static String regex(String text) {
        return Arrays.stream(text.split("(?<=[*?])|(?=[*?])"))
                .map(part -> part.equals("*") ? ".*" : part.equals("?") ? "." : Pattern.quote(part))
                .collect(Collectors.joining());
    }

    /** Whether it is that very name, without any pattern in it. */
    boolean isExactly(String name) {
        return text.equals(name);
    }

    boolean matches(String name) {
        return pattern.matcher(name).matches();
    }
}
