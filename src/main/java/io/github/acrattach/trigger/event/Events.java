package io.github.acrattach.trigger.event;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.acrattach.concurrent.SideBySide;
import io.github.acrattach.domain.Outcome;
import io.github.acrattach.trigger.DecisionLog;
import io.github.acrattach.trigger.Occasion;
import io.github.acrattach.usecase.HandleChange;
import jakarta.inject.Singleton;
import java.util.List;

/** Handles what an Event Grid trigger hands over, whichever host does. */
@Singleton
public record Events(HandleChange handleChange, DecisionLog decisionLog) {

    /**
     * The outcomes of all events in it, in their order; they are handled at the same time.
     *
     * @param invocationId the host's id of the invocation
     */
    public List<Outcome> handle(JsonNode handedOver, String invocationId) {
        return SideBySide.each(EventReader.read(handedOver), event -> handle(event, invocationId)).stream()
                .flatMap(List::stream)
                .toList();
    }

    private List<Outcome> handle(ResourceEvent event, String invocationId) {
        Occasion occasion = Occasion.event(invocationId, event.id(), event.correlationId());
        List<Outcome> outcomes = handleChange.handle(event.change());
        decisionLog.write(outcomes, occasion);
        return outcomes;
    }
}
