package io.github.acrattach.trigger;

import static io.github.acrattach.HostileText.TEXT;
import static io.github.acrattach.HostileText.assertPrintable;
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

    private static final Pairing PAIR = new Pairing(Samples.CLUSTER, Samples.REGISTRY);

    static Stream<Outcome> outcomes() {
        Problem problem =
                new Problem(Problem.Kind.REJECTED, TEXT, Optional.of(TEXT), Optional.of(TEXT), Optional.of(TEXT), TEXT);
        List<NamespaceOutcome> namespaces = List.of(NamespaceOutcome.of(TEXT, NamespaceOutcome.State.REFUSED, problem));
        return Stream.of(
                new Outcome.AlreadyGranted(
                        PAIR, Samples.GRANT, Samples.assignment(Samples.KUBELET, PullRole.ACR_PULL, "/" + TEXT, null)),
                new Outcome.Revoked(Optional.of(PAIR), List.of(TEXT), List.of(TEXT)),
                new Outcome.Refused(PAIR, problem, namespaces),
                new Outcome.Postponed(Optional.of(PAIR), problem, Optional.empty(), namespaces),
                new Outcome.Ignored(TEXT));
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
            new DecisionLog(() -> form).write(outcome, Occasion.event(TEXT, TEXT, TEXT));
        } finally {
            log.removeHandler(collecting);
        }
        assertThat(lines).hasSize(1);
        return lines.get(0);
    }
}
