package io.github.acrattach.trigger.handler;

import io.github.acrattach.trigger.HttpCall;
import io.github.acrattach.trigger.event.Delivery;
import io.github.acrattach.trigger.event.Events;
import io.quarkus.funqy.Funq;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;

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
        Delivery delivery = Delivery.byEventGrid();
        return HostAnswer.of(
                events.handle(HostCall.trigger(call, BINDING), delivery, HttpCall.invocation(request.getCurrent())),
                delivery);
    }
}
