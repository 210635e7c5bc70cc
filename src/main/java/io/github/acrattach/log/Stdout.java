package io.github.acrattach.log;

import io.quarkus.logging.LoggingFilter;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Lets to stdout what went well: each line there is Information for the Functions host, whatever it says. */
@LoggingFilter(name = "stdout")
public final class Stdout implements Filter {

    private final String format;

    public Stdout(@ConfigProperty(name = LogLine.FORMAT) String format) {
        this.format = format;
    }

    @Override
    public boolean isLoggable(LogRecord entry) {
        if (LogLine.isTrouble(entry)) {
            return false;
        }
        LogLine.in(entry, format);
        return true;
    }
}
