package io.github.acrattach.trigger;

import io.github.acrattach.log.Console;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.runtime.util.ExceptionUtil;
import io.smallrye.config.ConfigValidationException;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/** Ends a program that cannot start, after one Error that says why: its host sees the end, and starts another. */
public final class FailedStart {

    private FailedStart() {}

    /** {@code System.exit} would first run the shutdown hooks of a program that has half started. */
    public static void end(Throwable failure) {
        try {
            Console.print(line(failure));
        } finally {
            Runtime.getRuntime().halt(1);
        }
    }

    /** Of a setting that is wrong, the message says all. */
    private static LogRecord line(Throwable failure) {
        Throwable cause = ExceptionUtil.getRootCause(failure);
        boolean isSetting = cause instanceof ConfigurationException || cause instanceof ConfigValidationException;
        LogRecord line = new LogRecord(
                Level.SEVERE, "The program cannot start: " + (isSetting ? cause.getMessage() : cause.toString()));
        if (!isSetting) {
            line.setThrown(failure);
        }
        return line;
    }
}
