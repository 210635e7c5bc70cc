package io.github.acrattach.domain;

import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A pattern: {@code *} stands for any characters, {@code ?} for one. It is compared by hand, in no more steps than pattern
 * times name: both come from outside, and a regular expression of many stars takes ages.
 */
public final class Glob {

    private static final int ANY = '*';

    private final String text;
    private final UnaryOperator<String> spelling;

    /** What stands for one letter; where nothing does, the star, which is looked at before. */
    private final int one;

    private Glob(String text, UnaryOperator<String> spelling, int one) {
        this.text = text;
        this.spelling = spelling;
        this.one = one;
    }

    /** Compared as ids are. */
    static Glob ignoringCase(String text) {
        return new Glob(text, ArmId::normalized, '?');
    }

    static Glob exactCase(String text) {
        return new Glob(text, UnaryOperator.identity(), '?');
    }

    /** As roles of Azure RBAC name their actions: compared as ids are, and {@code ?} is a letter like others. */
    public static Glob ofActions(String text) {
        return new Glob(text, ArmId::normalized, ANY);
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

    /** Whether it stands for the name. */
    public boolean matches(String name) {
        return matches(letters(text), letters(name));
    }

    private int[] letters(String any) {
        return spelling.apply(any).codePoints().toArray();
    }

    /** Where a letter differs, the last star alone takes one more: what those before it took is right all the same. */
    private boolean matches(int[] pattern, int[] name) {
        int star = -1;
        int taken = 0;
        int at = 0;
        int in = 0;
        while (at < name.length) {
            if (in < pattern.length && pattern[in] == ANY) {
                star = in++;
                taken = at;
            } else if (in < pattern.length && (pattern[in] == one || pattern[in] == name[at])) {
                in++;
                at++;
            } else if (star >= 0) {
                in = star + 1;
                at = ++taken;
            } else {
                return false;
            }
        }
        while (in < pattern.length && pattern[in] == ANY) {
            in++;
        }
        return in == pattern.length;
    }
}
