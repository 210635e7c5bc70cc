package io.github.acrattach.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.acrattach.domain.NamespaceOutcome;
import io.github.acrattach.domain.Outcome;
import io.github.acrattach.domain.Pairing;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.PullRole;
import io.github.acrattach.domain.Samples;
import io.github.acrattach.trigger.DecisionLog.Settings.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What others name and say is in the log as text alone: it forges no line, and steers no terminal that shows it. */
class DecisionLogTest {

    /** Clears a terminal in two ways, turns what follows around, begins lines in four, and hides a tail. */
    private static final String HOSTILE =
            "acr\u001b[2J\u009b2J\u202eshop\n12:00:00 INFO Granted\r\u2028\u0085\u007f" + "\ud800\udb40\udc41";

    private static final Pairing PAIR = new Pairing(Samples.CLUSTER, Samples.REGISTRY);

    static Stream<Outcome> outcomes() {
        Problem problem = new Problem(
                Problem.Kind.REJECTED,
                HOSTILE,
                Optional.of(HOSTILE),
                Optional.of(HOSTILE),
                Optional.of(HOSTILE),
                HOSTILE);
        List<NamespaceOutcome> namespaces =
                List.of(NamespaceOutcome.of(HOSTILE, NamespaceOutcome.State.REFUSED, problem));
        return Stream.of(
                new Outcome.AlreadyGranted(
                        PAIR,
                        Samples.GRANT,
                        Samples.assignment(Samples.KUBELET, PullRole.ACR_PULL, "/" + HOSTILE, null)),
                new Outcome.Revoked(Optional.of(PAIR), List.of(HOSTILE), List.of(HOSTILE)),
                new Outcome.Refused(PAIR, problem, namespaces),
                new Outcome.Postponed(Optional.of(PAIR), problem, Optional.empty(), namespaces),
                new Outcome.Ignored(HOSTILE));
    }

    @ParameterizedTest
    @MethodSource("outcomes")
    void textIsOneLineThatShowsNothingElse(Outcome outcome) {
        assertPrintable(logged(Form.TEXT, outcome));
    }

    @ParameterizedTest
    @MethodSource("outcomes")
    void jsonHoldsTheWholeTextAndShowsNothingElse(Outcome outcome) throws Exception {
        String line = logged(Form.JSON, outcome);
        assertPrintable(line);
        JsonNode json = new ObjectMapper().readTree(line);
        Telling.json(outcome).properties().forEach(told -> assertThat(json.path(told.getKey()))
                .isEqualTo(told.getValue()));
        assertPrintable(json.path("message").asText());
        assertPrintable(json.path("eventId").asText());
    }

    @ParameterizedTest
    @MethodSource("outcomes")
    void answerOverHttpShowsNothingElse(Outcome outcome) throws Exception {
        String text = HttpAnswer.ok(Telling.json(outcome)).text();
        assertPrintable(text);
        assertThat(new ObjectMapper().readTree(text)).isEqualTo(Telling.json(outcome));
    }

    private static void assertPrintable(String line) {
        assertThat(line).isNotEmpty().doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]");
    }

    /** The one line that is written. */
    private static String logged(Form form, Outcome outcome) {
        List<String> lines = new ArrayList<>();
        Handler collecting = new Handler() {
            @Override
            public void publish(LogRecord line) {
                lines.add(line.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger log = Logger.getLogger("io.github.acrattach.decision");
        log.addHandler(collecting);
        try {
            new DecisionLog(() -> form).write(outcome, Occasion.event(HOSTILE, HOSTILE, HOSTILE));
        } finally {
            log.removeHandler(collecting);
        }
        assertThat(lines).hasSize(1);
        return lines.get(0);
    }
}
