package io.github.acrattach.trigger.handler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.acrattach.domain.Outcome;
import io.github.acrattach.trigger.HttpCall;
import io.github.acrattach.trigger.event.Events;
import io.quarkus.funqy.Funq;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A cluster or registry was created, updated or deleted, says Event Grid. */
public class ResourceChanged {

    /** The name of the function, of its folder and of its binding's event. */
    static final String NAME = "ResourceChanged";

    private static final String BINDING = "event";

    private final Events events;
    private final CurrentVertxRequest request;

    ResourceChanged(Events events, CurrentVertxRequest request) {
        this.events = events;
        this.request = request;
    }

    /** Answers with the outcomes; fails only when the event has to come again. */
    @Funq(NAME)
    public Uni<HostAnswer> resourceChanged(HostCall call) {
        return events.handle(event(call), HttpCall.invocationId(request.getCurrent()))
                .map(ResourceChanged::answer);
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
        HostAnswer answer = HostAnswer.of(outcomes);
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
