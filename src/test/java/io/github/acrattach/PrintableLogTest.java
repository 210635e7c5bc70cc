package io.github.acrattach;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.logging.Level;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.Test;

/** Whatever is logged, nothing of it steers a terminal. */
class PrintableLogTest {

    private static final String HOSTILE = "a\u001b[2J\u009b\u202e\n12:00:00 INFO Granted\u2028";

    @Test
    void messageIsOneLine() {
        ExtLogRecord entry =
                new ExtLogRecord(Level.INFO, "%s is 100 %% " + HOSTILE, ExtLogRecord.FormatStyle.PRINTF, "any");
        entry.setParameters(new Object[] {HOSTILE});
        assertThat(new PrintableLog().isLoggable(entry)).isTrue();
        assertThat(entry.getMessage()).isEqualTo("a [2J 12:00:00 INFO Granted is 100 % a [2J 12:00:00 INFO Granted");
    }

    @Test
    void whatWasThrownKeepsItsTraceAndItsCauses() {
        Exception circle = new IllegalStateException(HOSTILE);
        Exception thrown = new IllegalArgumentException("outer", circle);
        circle.initCause(thrown);
        ExtLogRecord entry = new ExtLogRecord(Level.SEVERE, "A defect.", "any");
        entry.setThrown(thrown);
        new PrintableLog().isLoggable(entry);
        StringWriter printed = new StringWriter();
        entry.getThrown().printStackTrace(new PrintWriter(printed));
        assertThat(printed.toString())
                .startsWith("java.lang.IllegalArgumentException: outer")
                .contains(
                        "Caused by: java.lang.IllegalStateException: a [2J 12:00:00 INFO Granted",
                        "\tat " + PrintableLogTest.class.getName())
                .doesNotContainPattern("[\\p{C}\\p{Zl}\\p{Zp}&&[^\\n\\r\\t]]");
    }
}
