package io.github.acrattach.domain;

import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Text from outside as it may be shown: it can forge no line of a log, steer no terminal, and is not too long. */
public final class OutsideText {

    private static final int READABLE = 600;

    /** Steers what shows it, is not shown, or ends a line. */
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}]");

    private OutsideText() {}

    /** A sentence, on one line. */
    public static String line(String text) {
        return cut(onOneLine(text));
    }

    /** The same, however long: for what reads it further. */
    public static String onOneLine(String text) {
        return text.replaceAll("[\\p{C}\\p{Z}]+", " ").strip();
    }

    /** A name, an id or a type: what none of them has in it becomes a question mark. */
    public static String word(String text) {
        return cut(text.replaceAll("[^\\p{L}\\p{N}_./:;=+() -]", "?"));
    }

    /**
     * JSON that means the same, in which no such character stands as it is: it may stand in texts alone, and be escaped
     * there (RFC 8259, section 7).
     */
    public static String inJson(String json) {
        return UNPRINTABLE
                .matcher(json)
                .replaceAll(found ->
                        found.group().chars().mapToObj("\\\\u%04x"::formatted).collect(Collectors.joining()));
    }

    private static String cut(String text) {
        return text.length() <= READABLE ? text : text.substring(0, READABLE) + "...";
    }
}
