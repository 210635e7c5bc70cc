package io.github.acrattach.trigger.event;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.acrattach.domain.Outcome;
import io.github.acrattach.trigger.DecisionLog;
import io.github.acrattach.trigger.Occasion;
import io.github.acrattach.usecase.HandleChange;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Handles what an Event Grid trigger hands over, whichever host does. */
@ApplicationScoped
public class Events {

    private final HandleChange handleChange;
    private final DecisionLog decisionLog;

    Events(HandleChange handleChange, DecisionLog decisionLog) {
        this.handleChange = handleChange;
        this.decisionLog = decisionLog;
    }

    /**
     * The outcomes of all events in it; they are handled at the same time.
     *
     * @param invocationId the host's id of the invocation
     */
    public Uni<List<Outcome>> handle(JsonNode handedOver, String invocationId) {
        return Multi.createFrom()
                .iterable(EventReader.read(handedOver))
                .onItem()
                .transformToUniAndMerge(event -> handle(event, invocationId))
                .collect()
                .asList()
                .map(outcomes -> outcomes.stream().flatMap(List::stream).toList());
    }

    private Uni<List<Outcome>> handle(ResourceEvent event, String invocationId) {
        Occasion occasion = Occasion.event(invocationId, event.id(), event.correlationId());
        return handleChange.handle(event.change()).invoke(outcomes -> decisionLog.write(outcomes, occasion));
    }
}
