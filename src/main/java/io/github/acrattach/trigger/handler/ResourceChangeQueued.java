package io.github.acrattach.trigger.handler;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.acrattach.trigger.HttpCall;
import io.github.acrattach.trigger.event.Delivery;
import io.github.acrattach.trigger.event.Events;
import io.quarkus.funqy.Funq;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;

/** A cluster or registry was created, updated or deleted, says a message that Event Grid put into the queue. */
public class ResourceChangeQueued {

    /** The name of the function, and of its folder. */
    static final String NAME = "ResourceChangeQueued";

    private static final String BINDING = "message";

    private final Events events;
    private final CurrentVertxRequest request;

    ResourceChangeQueued(Events events, CurrentVertxRequest request) {
        this.events = events;
        this.request = request;
    }

    /** Answers with the outcomes; fails only when the message has to come again, or there is a defect. */
    @Funq(NAME)
    public HostAnswer resourceChangeQueued(HostCall call) {
        JsonNode message = HostCall.trigger(call, BINDING);
        Delivery delivery = Delivery.byQueue(message, HostCall.metadata(call, Delivery.DEQUEUE_COUNT));
        return HostAnswer.of(events.handle(message, delivery, HttpCall.invocation(request.getCurrent())), delivery);
    }
}
