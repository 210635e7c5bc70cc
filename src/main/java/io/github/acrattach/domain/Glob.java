package io.github.acrattach.domain;

import java.util.Arrays;
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
