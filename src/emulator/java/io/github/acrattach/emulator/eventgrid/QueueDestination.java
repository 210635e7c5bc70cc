package io.github.acrattach.emulator.eventgrid;

import io.github.acrattach.emulator.host.QueueService;
import io.github.acrattach.emulator.http.Json;
import java.util.Base64;

/**
 * A storage queue: each event is a message of its own, in the subscription's schema and as base64
 * (learn.microsoft.com/azure/event-grid/handler-storage-queues).
 */
public record QueueDestination(QueueService service, String queue) implements Destination {

    /** There is nobody who could shake hands. */
    @Override
    public void validate(String subscriptionName, EventSchema schema) {}

    /** Put Message answers 201. */
    @Override
    public Outcome deliver(Delivery delivery, int attempt) {
        service.put(queue, Base64.getEncoder().encodeToString(Json.bytes(delivery.body())));
        return new Outcome(201, "It is in the queue " + queue);
    }
}
