package io.github.acrattach.trigger.handler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.acrattach.domain.Outcome;
import io.github.acrattach.trigger.HttpCall;
import io.github.acrattach.trigger.event.Events;
import io.quarkus.funqy.Funq;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
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
    public HostAnswer resourceChanged(HostCall call) {
        return answer(events.handle(event(call), HttpCall.invocation(request.getCurrent())));
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
        List<Outcome.Postponed> postponed = outcomes.stream()
                .flatMap(outcome -> outcome.postponed().stream())
                .toList();
        if (postponed.isEmpty()) {
            return answer;
        }
        Optional<Duration> longestWait = postponed.stream()
                .flatMap(outcome -> outcome.retryAfter().stream())
                .max(Comparator.naturalOrder());
        throw new InvocationFailed(answer, longestWait);
    }
}
