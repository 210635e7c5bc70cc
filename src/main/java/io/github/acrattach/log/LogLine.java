package io.github.acrattach.log;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.concurrent.WorkIds;
import io.github.acrattach.domain.OutsideText;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.regex.Pattern;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;

/**
 * One line of the console, which is one record in the log of the Functions host. What others name and say forges no line
 * there, steers no terminal, and changes no severity, whoever logs it. What an exception says is from outside too, where a
 * library cannot read something.
 */
public final class LogLine {

    /** The setting of its form: {@code json}, or {@code text} for people at a console. */
    static final String FORMAT = "acr-attach.log-format";

    /** The category of decisions: lines of JSON already, where they are not text. */
    public static final String DECISIONS = "io.github.acrattach.decision";

    /** What the record says, with its parameters. */
    private static final Formatter MESSAGE = new PatternFormatter("%s");

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT);

    /** Application Insights keeps 32,768 characters of a line; a "warn" that is escaped needs nine instead of four. */
    public static final int LONGEST = 14_000;

    /** Causes can go round in a circle. */
    private static final int MOST_CAUSES = 20;

    /** The host takes a line on stderr for a warning when it has "warn" in it, in any letters, and else for an error. */
    private static final Pattern A_OF_WARN = Pattern.compile("(?i)(?<=w)a(?=rn)");

    private LogLine() {}

    /** Makes the record the line that is printed of it. */
    static void in(LogRecord entry, String format) {
        String line = "text".equals(format) ? text(entry) : json(entry);
        entry.setThrown(null);
        if (entry instanceof ExtLogRecord extended) {
            extended.setMessage(line, ExtLogRecord.FormatStyle.NO_FORMAT);
        } else {
            entry.setMessage(line);
        }
    }

    private static String json(LogRecord entry) {
        String line = DECISIONS.equals(entry.getLoggerName()) ? MESSAGE.format(entry) : wrapped(entry);
        String printable = OutsideText.inJson(line);
        return isError(entry)
                ? A_OF_WARN.matcher(printable).replaceAll(a -> "\\\\u00%02x"
                        .formatted((int) a.group().charAt(0)))
                : printable;
    }

    private static String wrapped(LogRecord entry) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("time", entry.getInstant().truncatedTo(ChronoUnit.MILLIS).toString())
                .put("level", isError(entry) ? "Error" : isTrouble(entry) ? "Warning" : "Information")
                .put("message", message(entry));
        WorkIds.current().forEach(json::put);
        if (entry.getThrown() != null) {
            json.put("exception", trace(entry.getThrown()));
        }
        String line = json.toString();
        for (int most = LONGEST; line.length() > LONGEST; most /= 2) {
            line = cut(json, most).toString();
        }
        return line;
    }

    private static ObjectNode cut(ObjectNode json, int most) {
        for (String name : List.of("message", "exception")) {
            String text = json.path(name).asText();
            if (text.length() > most) {
                json.put(name, text.substring(0, most));
            }
        }
        return json;
    }

    private static String text(LogRecord entry) {
        String line = "%s %-5s %s"
                .formatted(
                        LocalTime.ofInstant(entry.getInstant(), ZoneId.systemDefault())
                                .format(TIME),
                        entry.getLevel(),
                        message(entry));
        return entry.getThrown() == null ? line : line + System.lineSeparator() + trace(entry.getThrown());
    }

    private static String message(LogRecord entry) {
        return OutsideText.onOneLine(MESSAGE.format(entry));
    }

    private static String trace(Throwable thrown) {
        StringWriter trace = new StringWriter();
        new Printable(thrown, MOST_CAUSES).printStackTrace(new PrintWriter(trace));
        return trace.toString().strip();
    }

    static boolean isTrouble(LogRecord entry) {
        return entry.getLevel().intValue() >= Level.WARNING.intValue();
    }

    private static boolean isError(LogRecord entry) {
        return entry.getLevel().intValue() > Level.WARNING.intValue();
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
