package io.github.acrattach.trigger.worker;

import com.microsoft.azure.functions.internal.spi.middleware.Middleware;
import com.microsoft.azure.functions.internal.spi.middleware.MiddlewareChain;
import com.microsoft.azure.functions.internal.spi.middleware.MiddlewareContext;
import io.github.acrattach.log.Console;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.runtime.util.ExceptionUtil;
import io.smallrye.config.ConfigValidationException;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/**
 * Starts the program in the Java worker, or ends the worker: its host sees that, and starts another. The worker makes it
 * before Quarkus' injector, which would start the program otherwise; and what an injector throws, it tells nobody.
 *
 * <p>The worker finds it by its file in {@code META-INF/services}. Nobody looks there in the executable, which is built
 * without it.
 */
public final class WorkerStart implements Middleware {

    /** For the worker. */
    public WorkerStart() {
        try {
            Console.takeOver();
            Quarkus.manualInitialize();
            Quarkus.manualStart();
            Console.takeLevels();
        } catch (Exception | Error failure) {
            end(failure);
        }
    }

    /** {@code System.exit} would first run the shutdown hooks of a program that has half started. */
    private static void end(Throwable failure) {
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

    @Override
    public void invoke(MiddlewareContext context, MiddlewareChain chain) throws Exception {
        chain.doNext(context);
    }
}
