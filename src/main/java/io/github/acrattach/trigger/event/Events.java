package io.github.acrattach.trigger.event;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.acrattach.concurrent.SideBySide;
import io.github.acrattach.domain.Change;
import io.github.acrattach.domain.Outcome;
import io.github.acrattach.trigger.DecisionLog;
import io.github.acrattach.trigger.Occasion;
import io.github.acrattach.usecase.HandleChange;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Handles what an Event Grid trigger hands over, whichever host does. */
@Singleton
public record Events(HandleChange handleChange, DecisionLog decisionLog) {

    /** So many are reported one by one; a batch can hold thousands, and what is ignored concerns nobody. */
    private static final int REPORTED_AS_IGNORED = 10;

    /**
     * The outcomes of all events in it, in their order; they are handled at the same time, those that say the same once.
     *
     * @param invocationId the host's id of the invocation
     */
    public List<Outcome> handle(JsonNode handedOver, String invocationId) {
        AtomicInteger ignored = new AtomicInteger();
        List<List<Outcome>> reported =
                SideBySide.each(different(EventReader.read(handedOver)), event -> handle(event, invocationId, ignored));
        List<Outcome> rest = ignored.get() <= REPORTED_AS_IGNORED
                ? List.of()
                : List.of(new Outcome.Ignored("There is nothing to do for " + (ignored.get() - REPORTED_AS_IGNORED)
                        + " more of these events either."));
        decisionLog.write(rest, Occasion.event(invocationId, "", ""));
        return Stream.concat(reported.stream().flatMap(List::stream), rest.stream())
                .toList();
    }

    /** For one that cannot be read at all: a failure would make Event Grid send it again for a day. */
    public List<Outcome> ignore(String reason, String invocationId) {
        return handle(ResourceEvent.unreadable(reason), invocationId, new AtomicInteger());
    }

    private static Collection<ResourceEvent> different(List<ResourceEvent> events) {
        Map<Change, ResourceEvent> byChange = new LinkedHashMap<>();
        events.forEach(event -> byChange.putIfAbsent(event.change(), event));
        return byChange.values();
    }

    /** What is reported of one. */
    private List<Outcome> handle(ResourceEvent event, String invocationId, AtomicInteger ignored) {
        Occasion occasion = Occasion.event(invocationId, event.id(), event.correlationId());
        List<Outcome> outcomes = handleChange.handle(event.change()).stream()
                .filter(outcome ->
                        !(outcome instanceof Outcome.Ignored) || ignored.incrementAndGet() <= REPORTED_AS_IGNORED)
                .toList();
        decisionLog.write(outcomes, occasion);
        return outcomes;
    }
}
