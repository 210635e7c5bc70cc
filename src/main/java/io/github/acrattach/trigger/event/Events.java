package io.github.acrattach.trigger.event;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.acrattach.domain.Outcome;
import io.github.acrattach.trigger.DecisionLog;
import io.github.acrattach.trigger.Stopwatch;
import io.github.acrattach.usecase.HandleChange;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Handles what an Event Grid trigger hands over, whichever host does. */
@ApplicationScoped
public class Events {

    private final HandleChange handleChange;

    Events(HandleChange handleChange) {
        this.handleChange = handleChange;
    }

    /** The outcomes of all events in it; they are handled at the same time. */
    public Uni<List<Outcome>> handle(JsonNode handedOver) {
        return Multi.createFrom()
                .iterable(EventReader.read(handedOver))
                .onItem()
                .transformToUniAndMerge(this::handle)
                .collect()
                .asList()
                .map(outcomes -> outcomes.stream().flatMap(List::stream).toList());
    }

    private Uni<List<Outcome>> handle(ResourceEvent event) {
        Stopwatch watch = new Stopwatch();
        return handleChange
                .handle(event.change())
                .invoke(outcomes ->
                        outcomes.forEach(outcome -> DecisionLog.write(outcome, occasion(event), watch.millis())));
    }

    private static String occasion(ResourceEvent event) {
        return "event " + event.id() + (event.correlationId().isEmpty() ? "" : ", operation " + event.correlationId());
    }
}
