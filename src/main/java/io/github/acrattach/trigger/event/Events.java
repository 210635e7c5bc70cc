package io.github.acrattach.trigger.event;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.acrattach.concurrent.SideBySide;
import io.github.acrattach.domain.Change;
import io.github.acrattach.domain.Outcome;
import io.github.acrattach.domain.installation.WantedEvent;
import io.github.acrattach.trigger.DecisionLog;
import io.github.acrattach.trigger.Invocation;
import io.github.acrattach.trigger.Occasion;
import io.github.acrattach.usecase.HandleChange;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Handles what an Event Grid trigger or a queue trigger hands over, whichever host does. */
@Singleton
public record Events(HandleChange handleChange, DecisionLog decisionLog) {

    /** So many events are reported one by one; a batch can hold thousands, and what is ignored concerns nobody. */
    private static final int REPORTED_AS_IGNORED = 10;

    /** What came of one event. */
    private record Handled(Occasion occasion, List<Outcome> outcomes) {

        boolean isIgnored() {
            return outcomes.stream().allMatch(Outcome.Ignored.class::isInstance);
        }
    }

    /**
     * The outcomes of all events in it, in their order; they are handled at the same time, those that say the same once.
     * Of the events that are ignored, the first are reported, and how many more there are.
     */
    public List<Outcome> handle(JsonNode handedOver, Delivery delivery, Invocation invocation) {
        Function<Change, List<Outcome>> handler = handler(delivery);
        List<Handled> handled =
                SideBySide.each(different(EventReader.read(handedOver)), event -> handled(event, invocation, handler));
        List<Outcome> reported = new ArrayList<>();
        int ignored = 0;
        for (Handled each : handled) {
            if (!each.isIgnored()) {
                reported.addAll(each.outcomes());
            } else if (ignored++ < REPORTED_AS_IGNORED) {
                reported.addAll(written(each.outcomes(), each.occasion()));
            }
        }
        if (ignored > REPORTED_AS_IGNORED) {
            Outcome more = new Outcome.Ignored(
                    "There is nothing to do for " + (ignored - REPORTED_AS_IGNORED) + " more of these events either.");
            reported.addAll(written(List.of(more), Occasion.event(invocation, "", "")));
        }
        return reported;
    }

    /** What an event subscription has to let through. */
    public static List<WantedEvent> wanted() {
        return Reaction.wanted();
    }

    /** For one that cannot be read at all: a failure would only make it come again. */
    public List<Outcome> ignore(String reason, Invocation invocation) {
        Handled handled = handled(ResourceEvent.unreadable(reason), invocation, handler(Delivery.byEventGrid()));
        return written(handled.outcomes(), handled.occasion());
    }

    private Function<Change, List<Outcome>> handler(Delivery delivery) {
        return handleChange
                .ofOneDelivery()
                .andThen(outcomes -> outcomes.stream().map(delivery::told).toList());
    }

    private static Collection<ResourceEvent> different(List<ResourceEvent> events) {
        Map<Change, ResourceEvent> byChange = new LinkedHashMap<>();
        events.forEach(event -> byChange.putIfAbsent(event.change(), event));
        return byChange.values();
    }

    /** What is done is written at once, what is ignored when it is known how much that is. */
    private Handled handled(ResourceEvent event, Invocation invocation, Function<Change, List<Outcome>> handler) {
        Occasion occasion = Occasion.event(invocation, event.id(), event.correlationId());
        Handled handled = new Handled(occasion, occasion.during(() -> handler.apply(event.change())));
        if (!handled.isIgnored()) {
            written(handled.outcomes(), occasion);
        }
        return handled;
    }

    private List<Outcome> written(List<Outcome> outcomes, Occasion occasion) {
        decisionLog.write(outcomes, occasion);
        return outcomes;
    }
}
