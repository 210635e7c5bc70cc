package io.github.acrattach.emulator.host;

import java.util.Locale;

/** The severities of Application Insights that the host stores lines with. */
public enum Severity {
    INFORMATION,
    WARNING,
    ERROR;

    /** Measured on host 4.1037: whatever the line says. */
    static Severity ofStdout() {
        return INFORMATION;
    }

    /** Measured on host 4.1037: an error, unless it speaks of a warning. */
    static Severity ofStderr(String line) {
        return line.toLowerCase(Locale.ROOT).contains("warn") ? WARNING : ERROR;
    }
}
