package io.github.acrattach;

import io.github.acrattach.domain.OutsideText;
import io.quarkus.logging.LoggingFilter;
import java.util.logging.Filter;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;

/**
 * Stands before the console: what others name and say forges no line there, and steers no terminal, whoever logs it. What
 * an exception says is from outside too, where a library cannot read something.
 */
@LoggingFilter(name = "printable")
public final class PrintableLog implements Filter {

    /** What the record says, with its parameters. */
    private static final Formatter MESSAGE = new PatternFormatter("%s");

    /** Causes can go round in a circle. */
    private static final int MOST_CAUSES = 20;

    @Override
    public boolean isLoggable(LogRecord entry) {
        if (entry instanceof ExtLogRecord extended) {
            extended.setMessage(OutsideText.onOneLine(MESSAGE.format(entry)), ExtLogRecord.FormatStyle.NO_FORMAT);
        }
        if (entry.getThrown() != null) {
            entry.setThrown(new Printable(entry.getThrown(), MOST_CAUSES));
        }
        return true;
    }

    /** Stands for what was thrown: the same trace and causes, and its text on one line. */
    private static final class Printable extends Throwable {

        private static final long serialVersionUID = 1;

        Printable(Throwable thrown, int mostCauses) {
            super(
                    OutsideText.onOneLine(String.valueOf(thrown)),
                    thrown.getCause() == null || mostCauses == 0
                            ? null
                            : new Printable(thrown.getCause(), mostCauses - 1));
            setStackTrace(thrown.getStackTrace());
        }

        @Override
        public String toString() {
            return getMessage();
        }
    }
}
