package io.github.acrattach.emulator.arm.authorization;

import java.util.Locale;

/** Where a role holds: at the path it names and at everything below, compared without case. */
public record Scope(String path) {

    /** The root scope is the empty path; Azure writes it as a slash. */
    public static Scope of(String path) {
        return new Scope(path.equals("/") ? "" : path);
    }

    public boolean covers(String other) {
        return other.regionMatches(true, 0, path, 0, path.length())
                && (other.length() == path.length() || other.charAt(path.length()) == '/');
    }

    String key() {
        return path.toLowerCase(Locale.ROOT);
    }

    String text() {
        return path.isEmpty() ? "/" : path;
    }
}
