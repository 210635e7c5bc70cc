package io.github.acrattach.log;

import io.quarkus.logging.LoggingFilter;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Lets to stderr what did not go well: each line there is an Error for the Functions host, or a Warning if it says so. */
@LoggingFilter(name = "stderr")
public final class Stderr implements Filter {

    private final String format;

    public Stderr(@ConfigProperty(name = LogLine.FORMAT) String format) {
        this.format = format;
    }

    @Override
    public boolean isLoggable(LogRecord entry) {
        if (!LogLine.isTrouble(entry)) {
            return false;
        }
        LogLine.in(entry, format);
        return true;
    }
}
