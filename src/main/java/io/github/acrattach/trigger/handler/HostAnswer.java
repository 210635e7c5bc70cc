package io.github.acrattach.trigger.handler;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.acrattach.domain.Outcome;
import io.github.acrattach.trigger.Telling;
import io.github.acrattach.trigger.event.Delivery;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * What the Functions host expects back: always a JSON object, or the invocation never completes.
 *
 * @param outputs output bindings; there are none
 * @param logs lines that the host writes to its own log, all as Information; none, since the console has them already
 * @param returnValue the outcomes in fields
 */
public record HostAnswer(
        @JsonProperty("Outputs") Map<String, String> outputs,
        @JsonProperty("Logs") List<String> logs,
        @JsonProperty("ReturnValue") JsonNode returnValue) {

    static HostAnswer of(List<Outcome> outcomes) {
        ArrayNode told = JsonNodeFactory.instance.arrayNode();
        outcomes.forEach(outcome -> told.add(Telling.json(outcome)));
        return new HostAnswer(Map.of(), List.of(), told);
    }

    /**
     * The answer to a delivery of events.
     *
     * @throws InvocationFailed when it has to come again
     */
    static HostAnswer of(List<Outcome> outcomes, Delivery delivery) {
        HostAnswer answer = of(outcomes);
        List<Outcome.Postponed> comesAgain = delivery.comesAgainFor(outcomes);
        if (comesAgain.isEmpty()) {
            return answer;
        }
        throw new InvocationFailed(
                answer,
                comesAgain.stream()
                        .flatMap(outcome -> outcome.retryAfter().stream())
                        .max(Comparator.naturalOrder()));
    }
}
