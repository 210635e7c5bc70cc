package io.github.acrattach;

import static io.github.acrattach.HostileText.SHOWN;
import static io.github.acrattach.HostileText.TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.logging.Level;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.Test;

/** Whatever is logged, nothing of it steers a terminal. */
class PrintableLogTest {

    @Test
    void messageIsOneLine() {
        ExtLogRecord entry =
                new ExtLogRecord(Level.INFO, "%s is 100 %% " + TEXT, ExtLogRecord.FormatStyle.PRINTF, "any");
        entry.setParameters(new Object[] {TEXT});
        assertThat(new PrintableLog().isLoggable(entry)).isTrue();
        assertThat(entry.getMessage()).isEqualTo(SHOWN + " is 100 % " + SHOWN);
    }

    @Test
    void whatWasThrownKeepsItsTraceAndItsCauses() {
        Exception circle = new IllegalStateException(TEXT);
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
                        "Caused by: java.lang.IllegalStateException: " + SHOWN,
                        "\tat " + PrintableLogTest.class.getName());
        printed.toString().lines().map(String::strip).forEach(HostileText::assertPrintable);
    }
}
