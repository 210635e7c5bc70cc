package io.github.acrattach.log;

import io.quarkus.runtime.logging.InheritableLevel;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Prints the lines where the JVM's logging is its own, as in the Java worker, whose command line cannot name another: there
 * the handlers and levels that Quarkus is set to have no effect, and a record would be two lines on stderr, a stack trace
 * thirty.
 */
public final class Console extends Handler {

    /** As Azure sets it: the other settings are not read yet when the first line is printed. */
    private static final String FORMAT = "ACR_ATTACH_LOG_FORMAT";

    private static final Pattern CATEGORY_LEVEL = Pattern.compile("quarkus[.]log[.]category[.]\"(.+)\"[.]level");

    /** A logger that nobody refers to loses its level. */
    private static final List<Logger> WITH_LEVEL = new CopyOnWriteArrayList<>();

    private final String format = System.getenv().getOrDefault(FORMAT, "json");

    private Console() {}

    /** From here on, all that is logged is printed so. */
    public static void takeOver() {
        if (isJdksOwn()) {
            Logger root = Logger.getLogger("");
            for (Handler handler : root.getHandlers()) {
                root.removeHandler(handler);
            }
            root.addHandler(new Console());
        }
    }

    /** From here on, categories have the levels that Quarkus is set to. */
    public static void takeLevels() {
        if (isJdksOwn()) {
            Config settings = ConfigProvider.getConfig();
            settings.getPropertyNames().forEach(name -> {
                Matcher category = CATEGORY_LEVEL.matcher(name);
                if (category.matches()) {
                    takeLevel(category.group(1), settings.getValue(name, InheritableLevel.class));
                }
            });
        }
    }

    private static void takeLevel(String category, InheritableLevel level) {
        if (!level.isInherited()) {
            Logger logger = Logger.getLogger(category);
            logger.setLevel(level.getLevel());
            WITH_LEVEL.add(logger);
        }
    }

    /** Prints one record, whatever the JVM's logging is. */
    public static void print(LogRecord entry) {
        new Console().publish(entry);
    }

    private static boolean isJdksOwn() {
        return LogManager.getLogManager().getClass() == LogManager.class;
    }

    @Override
    public void publish(LogRecord entry) {
        PrintStream stream = LogLine.isTrouble(entry) ? System.err : System.out;
        LogLine.in(entry, format);
        byte[] line = (entry.getMessage() + System.lineSeparator()).getBytes(StandardCharsets.UTF_8);
        // In one piece: others print there, too.
        stream.write(line, 0, line.length);
        stream.flush();
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
