package io.github.acrattach.trigger;

import static io.github.acrattach.HostileText.TEXT;
import static io.github.acrattach.HostileText.assertPrintable;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.acrattach.domain.FormerGrants;
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
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
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
                        Optional.of(PAIR),
                        Samples.GRANT,
                        Samples.given(Samples.assignment(Samples.KUBELET, PullRole.ACR_PULL, "/" + TEXT, null)),
                        List.of(problem),
                        new FormerGrants(List.of(TEXT), List.of(TEXT), List.of(problem))),
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

    @Test
    void severityIsThatOfTheOutcome() {
        Problem refusal = Problem.of(Problem.Kind.MISSING_RIGHT, "No right.", PAIR.registry(), "give it");
        Problem defect = Problem.of(Problem.Kind.DEFECT, "A defect.", PAIR.registry(), "report it");
        assertThat(Severity.of(new Outcome.Granted(PAIR, Samples.GRANT))).isEqualTo(Severity.INFORMATION);
        assertThat(Severity.of(new Outcome.Ignored("No rule."))).isEqualTo(Severity.INFORMATION);
        assertThat(Severity.of(new Outcome.Refused(PAIR, refusal))).isEqualTo(Severity.WARNING);
        assertThat(Severity.of(new Outcome.Postponed(PAIR, refusal))).isEqualTo(Severity.WARNING);
        assertThat(Severity.of(new Outcome.Postponed(PAIR, defect))).isEqualTo(Severity.ERROR);
    }

    @Test
    void lineOfAThousandNamespacesIsNotCutOff() throws Exception {
        Problem problem = Problem.of(Problem.Kind.QUOTA_EXCEEDED, "x".repeat(600), PAIR.cluster(), "y".repeat(600));
        List<NamespaceOutcome> namespaces = IntStream.range(0, 1_000)
                .mapToObj(i -> i < 990
                        ? NamespaceOutcome.of("n" + i, NamespaceOutcome.State.READY)
                        : NamespaceOutcome.of("n" + i, NamespaceOutcome.State.REFUSED, problem))
                .toList();
        String line = logged(Form.JSON, new Outcome.Refused(PAIR, problem, namespaces));
        assertThat(line).hasSizeLessThan(16_384);
        JsonNode json = new ObjectMapper().readTree(line);
        assertThat(json.path("outcome").asText()).isEqualTo("Refused");
        assertThat(json.path("namespaces").get(0).path("namespace").asText()).isEqualTo("n990");
        assertThat(json.path("namespaces").size()
                        + json.path("namespacesNotListed").asInt())
                .isEqualTo(1_000);
    }

    /** The one line that is written. */
    private static String logged(Form form, Outcome outcome) {
        List<String> lines = new ArrayList<>();
        Invocation invocation = new Invocation(TEXT, TEXT, (severity, line) -> lines.add(line));
        new DecisionLog(() -> form).write(outcome, Occasion.event(invocation, TEXT, TEXT));
        assertThat(lines).hasSize(1);
        return lines.get(0);
    }
}
