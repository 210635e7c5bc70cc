package io.github.acrattach.domain;

/** Text from outside as it may be shown: it can forge no line of a log, steer no terminal, and is not too long. */
public final class OutsideText {

    private static final int READABLE = 600;

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

    private static String cut(String text) {
        return text.length() <= READABLE ? text : text.substring(0, READABLE) + "...";
    }
}
