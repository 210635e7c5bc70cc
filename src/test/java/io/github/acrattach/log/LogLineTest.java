package io.github.acrattach.log;

import static io.github.acrattach.HostileText.SHOWN;
import static io.github.acrattach.HostileText.TEXT;
import static io.github.acrattach.HostileText.assertPrintable;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.acrattach.HostileText;
import io.github.acrattach.concurrent.SideBySide;
import io.github.acrattach.concurrent.WorkIds;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is logged, it is one line of its own severity, and nothing of it steers a terminal. */
class LogLineTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void messageIsOneLine() throws Exception {
        ExtLogRecord entry =
                new ExtLogRecord(Level.INFO, "%s is 100 %% " + TEXT, ExtLogRecord.FormatStyle.PRINTF, "any");
        entry.setParameters(new Object[] {TEXT});
        assertThat(new Stdout("json").isLoggable(entry)).isTrue();
        assertPrintable(entry.getMessage());
        JsonNode line = JSON.readTree(entry.getMessage());
        assertThat(line.path("message").asText()).isEqualTo(SHOWN + " is 100 % " + SHOWN);
        assertThat(line.path("level").asText()).isEqualTo("Information");
    }

    @Test
    void traceIsInTheSameLine() throws Exception {
        ExtLogRecord entry = defect("json");
        assertPrintable(entry.getMessage());
        assertThat(entry.getThrown()).isNull();
        JsonNode line = JSON.readTree(entry.getMessage());
        assertThat(line.path("level").asText()).isEqualTo("Error");
        assertTrace(line.path("exception").asText());
    }

    @Test
    void textForPeopleHasTheTraceBelow() {
        String text = defect("text").getMessage();
        assertThat(text).contains(" ERROR A defect.");
        assertTrace(text.substring(text.indexOf('\n') + 1));
        text.lines().map(String::strip).forEach(HostileText::assertPrintable);
    }

    @ParameterizedTest
    @ValueSource(strings = {"aks-warner", "WARN", "a Warning wArn"})
    void severityIsTheRecordsOwnWhateverNamesItHolds(String name) throws Exception {
        ExtLogRecord error = new ExtLogRecord(Level.ERROR, "A defect at " + name, "any");
        error.setThrown(new IllegalStateException(name));
        assertThat(new Stdout("json").isLoggable(error)).isFalse();
        assertThat(new Stderr("json").isLoggable(error)).isTrue();
        assertThat(error.getMessage().toLowerCase(Locale.ROOT)).doesNotContain("warn");
        assertThat(JSON.readTree(error.getMessage()).path("message").asText()).isEqualTo("A defect at " + name);

        ExtLogRecord success = new ExtLogRecord(Level.INFO, "error at " + name, "any");
        assertThat(new Stderr("json").isLoggable(success)).isFalse();
        assertThat(new Stdout("json").isLoggable(success)).isTrue();

        ExtLogRecord warning = new ExtLogRecord(Level.WARN, "refused", "any");
        assertThat(new Stdout("json").isLoggable(warning)).isFalse();
        assertThat(new Stderr("json").isLoggable(warning)).isTrue();
        assertThat(warning.getMessage().toLowerCase(Locale.ROOT)).contains("warn");
    }

    @Test
    void lineIsNotCutOffAndNamesTheCallThatItBelongsTo() throws Exception {
        ExtLogRecord entry = new ExtLogRecord(Level.ERROR, "warn".repeat(20_000), "any");
        entry.setThrown(new IllegalStateException("\"".repeat(50_000)));
        WorkIds.during(
                Map.of("operationId", "one"),
                () -> SideBySide.each(
                        List.of(1, 2), number -> number == 1 ? new Stderr("json").isLoggable(entry) : true));
        assertThat(entry.getMessage()).hasSizeLessThan(32_768);
        JsonNode line = JSON.readTree(entry.getMessage());
        assertThat(line.path("operationId").asText()).isEqualTo("one");
        assertThat(line.path("message").asText()).startsWith("warnwarn");
        assertThat(line.path("exception").asText()).startsWith("java.lang.IllegalStateException");
    }

    private static ExtLogRecord defect(String format) {
        Exception circle = new IllegalStateException(TEXT);
        Exception thrown = new IllegalArgumentException("outer", circle);
        circle.initCause(thrown);
        ExtLogRecord entry = new ExtLogRecord(Level.ERROR, "A defect.", "any");
        entry.setThrown(thrown);
        assertThat(new Stderr(format).isLoggable(entry)).isTrue();
        return entry;
    }

    private static void assertTrace(String trace) {
        assertThat(trace)
                .startsWith("java.lang.IllegalArgumentException: outer")
                .contains(
                        "Caused by: java.lang.IllegalStateException: " + SHOWN, "\tat " + LogLineTest.class.getName());
    }
}
