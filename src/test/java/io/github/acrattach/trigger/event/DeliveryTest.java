package io.github.acrattach.trigger.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.acrattach.domain.NamespaceOutcome;
import io.github.acrattach.domain.Outcome;
import io.github.acrattach.domain.Pairing;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.Samples;
import io.github.acrattach.trigger.Telling;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether an event comes again, by the way in which it came. */
class DeliveryTest {

    private static final ObjectNode MESSAGE =
            JsonNodeFactory.instance.objectNode().put("subject", Samples.CLUSTER.toString());

    private static final Pairing PAIR = new Pairing(Samples.CLUSTER, Samples.REGISTRY);

    private static final Outcome DONE = new Outcome.Ignored("There is nothing to do.");
    private static final Outcome.Postponed WAITS =
            new Outcome.Postponed(PAIR, problem(Problem.Kind.NOT_READY), Optional.of(Duration.ofMinutes(5)));
    private static final Outcome.Postponed DEFECT = new Outcome.Postponed(PAIR, problem(Problem.Kind.DEFECT));

    @Test
    void triesAreThoseOfBothHosts() throws IOException {
        for (Path host : List.of(Path.of("host.json"), Path.of("src", "main", "java-worker", "host.json"))) {
            assertThat(new ObjectMapper()
                            .readTree(host.toFile())
                            .at("/extensions/queues/maxDequeueCount")
                            .asInt())
                    .as(host.toString())
                    .isEqualTo(Delivery.MOST_TRIES);
        }
    }

    @Test
    void eventGridBringsAgainWhateverIsPostponed() {
        assertThat(Delivery.byEventGrid().comesAgainFor(List.of(DONE, WAITS, DEFECT)))
                .containsExactly(WAITS, DEFECT);
        assertThat(Delivery.byEventGrid().comesAgainFor(List.of(DONE))).isEmpty();
        assertThat(Delivery.byEventGrid().told(WAITS)).isSameAs(WAITS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "19", "\"1\"", "\"19\""})
    void queueBringsAgainWhatWaits(String count) {
        Delivery delivery = Delivery.byQueue(MESSAGE, count);
        assertThat(delivery.comesAgainFor(List.of(DONE, WAITS))).containsExactly(WAITS);
        assertThat(delivery.told(WAITS)).isSameAs(WAITS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"20", "21", "999999999", "\"20\""})
    void lastTryEndsAsDoneAndIsLeftToTheTimer(String count) {
        Delivery delivery = Delivery.byQueue(MESSAGE, count);
        assertThat(delivery.comesAgainFor(List.of(DONE, WAITS))).isEmpty();
        assertThat(Telling.line(delivery.told(WAITS)))
                .contains("It is not ready. This was the last of 20 tries of its message. Waiting helps:")
                .contains("the timer takes it up")
                .doesNotContain("comes back");
        assertThat(delivery.told(DONE)).isSameAs(DONE);
    }

    @Test
    void lastTryKeepsAllElseThatIsToBeTold() {
        List<NamespaceOutcome> namespaces = List.of(NamespaceOutcome.of("web", NamespaceOutcome.State.READY));
        Outcome.Postponed waits = new Outcome.Postponed(
                Optional.of(PAIR),
                new Problem(
                        Problem.Kind.THROTTLED,
                        "Azure asks to slow down.",
                        Optional.of("action"),
                        Optional.of("scope"),
                        Optional.of("caller"),
                        "az aks start"),
                Optional.of(Duration.ofMinutes(5)),
                namespaces);
        assertThat(Delivery.byQueue(MESSAGE, "20").told(waits))
                .isEqualTo(new Outcome.Postponed(
                        Optional.of(PAIR),
                        new Problem(
                                Problem.Kind.THROTTLED,
                                "Azure asks to slow down. This was the last of 20 tries of its message.",
                                Optional.of("action"),
                                Optional.of("scope"),
                                Optional.of("caller"),
                                "az aks start"),
                        Optional.of(Duration.ofMinutes(5)),
                        namespaces));
    }

    @Test
    void defectFailsToTheEndSoThatItIsPoison() {
        Delivery delivery = Delivery.byQueue(MESSAGE, "20");
        assertThat(delivery.comesAgainFor(List.of(WAITS, DEFECT))).containsExactly(DEFECT);
        assertThat(delivery.told(DEFECT)).isSameAs(DEFECT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "1.0", "one", "\"\"", "null", "9999999999", "{}", " 1"})
    void messageOfWhichNobodyTellsHowOftenItWasTriedIsTriedOnce(String count) {
        Delivery delivery = Delivery.byQueue(MESSAGE, count);
        assertThat(delivery.comesAgainFor(List.of(WAITS))).isEmpty();
        assertThat(Telling.line(delivery.told(WAITS))).contains("did not tell").contains("the timer");
        assertThat(delivery.comesAgainFor(List.of(DEFECT))).containsExactly(DEFECT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"DequeueCount", "dequeueCount", "DEQUEUECOUNT"})
    void messageThatHidesTheNumberIsTriedOnce(String name) {
        JsonNode hides = MESSAGE.deepCopy().put(name, 1);
        String quoted = TextNode.valueOf(hides.toString()).toString();
        for (JsonNode message : List.of(hides, TextNode.valueOf(hides.toString()), TextNode.valueOf(quoted))) {
            Delivery delivery = Delivery.byQueue(message, "1");
            assertThat(delivery.comesAgainFor(List.of(WAITS))).isEmpty();
            assertThat(Telling.line(delivery.told(WAITS)))
                    .contains("a field DequeueCount of its own")
                    .contains("the timer");
        }
    }

    @Test
    void whatHidesNothingIsCounted() {
        List<JsonNode> messages = List.of(
                MissingNode.getInstance(),
                TextNode.valueOf("no JSON"),
                TextNode.valueOf("[{\"DequeueCount\":1}]"),
                TextNode.valueOf("{\"data\":{\"DequeueCount\":1}}"));
        assertThat(messages)
                .allSatisfy(message -> assertThat(Delivery.byQueue(message, "2").comesAgainFor(List.of(WAITS)))
                        .containsExactly(WAITS));
    }

    private static Problem problem(Problem.Kind kind) {
        return Problem.of(kind, "It is not ready.", Samples.CLUSTER, Problem.WAITING_HELPS);
    }
}
