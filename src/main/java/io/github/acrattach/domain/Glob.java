package io.github.acrattach.domain;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A name pattern: {@code *} stands for any characters, {@code ?} for one. */
final class Glob {

    private final Pattern pattern;

    private Glob(Pattern pattern) {
        this.pattern = pattern;
    }

    static Glob ignoringCase(String text) {
        return new Glob(Pattern.compile(regex(text), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE));
    }

    static Glob exactCase(String text) {
        return new Glob(Pattern.compile(regex(text)));
    }

    private static String regex(String text) {
        return Arrays.stream(text.split("(?<=[*?])|(?=[*?])"))
                .map(part -> part.equals("*") ? ".*" : part.equals("?") ? "." : Pattern.quote(part))
                .collect(Collectors.joining());
    }

    boolean matches(String name) {
        return pattern.matcher(name).matches();
    }
}
