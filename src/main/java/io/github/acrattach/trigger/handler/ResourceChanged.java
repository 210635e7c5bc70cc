package io.github.acrattach.trigger.handler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.acrattach.domain.Outcome;
import io.github.acrattach.trigger.DecisionLog;
import io.github.acrattach.trigger.Stopwatch;
import io.github.acrattach.trigger.Telling;
import io.github.acrattach.trigger.event.EventReader;
import io.github.acrattach.trigger.event.ResourceEvent;
import io.github.acrattach.usecase.HandleChange;
import io.quarkus.funqy.Funq;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A cluster or registry was created, updated or deleted, says Event Grid. */
public class ResourceChanged {

    /** The name of the function, of its folder and of its binding's event. */
    static final String NAME = "ResourceChanged";

    private static final String BINDING = "event";

    private final HandleChange handleChange;

    ResourceChanged(HandleChange handleChange) {
        this.handleChange = handleChange;
    }

    /** Answers with the outcomes; fails only when the event has to come again. */
    @Funq(NAME)
    public Uni<HostAnswer> resourceChanged(HostCall call) {
        return Multi.createFrom()
                .iterable(EventReader.read(event(call)))
                .onItem()
                .transformToUniAndMerge(this::handle)
                .collect()
                .asList()
                .map(outcomes -> outcomes.stream().flatMap(List::stream).toList())
                .map(ResourceChanged::answer);
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

    /** The binding by its name, or the only one there is. */
    private static JsonNode event(HostCall call) {
        if (call == null || call.data() == null) {
            return MissingNode.getInstance();
        }
        return call.data().has(BINDING) || call.data().size() != 1
                ? call.data().path(BINDING)
                : call.data().iterator().next();
    }

    private static HostAnswer answer(List<Outcome> outcomes) {
        var told = JsonNodeFactory.instance.arrayNode();
        outcomes.forEach(outcome -> told.add(Telling.json(outcome)));
        HostAnswer answer =
                new HostAnswer(Map.of(), outcomes.stream().map(Telling::line).toList(), told);
        if (outcomes.stream().anyMatch(Outcome.Postponed.class::isInstance)) {
            throw new InvocationFailed(answer, longestWait(outcomes));
        }
        return answer;
    }

    private static Optional<Duration> longestWait(List<Outcome> outcomes) {
        return outcomes.stream()
                .filter(Outcome.Postponed.class::isInstance)
                .flatMap(outcome -> ((Outcome.Postponed) outcome).retryAfter().stream())
                .max(Comparator.naturalOrder());
    }
}
