package io.github.acrattach.emulator.eventgrid;

import io.github.acrattach.emulator.host.FunctionsHost;
import io.github.acrattach.emulator.host.Invocation;

/** A function, reached through the webhook that the Functions host opens for Event Grid triggers. */
public record FunctionDestination(FunctionsHost host, String function) implements Destination {

    /** The host's extension answers the handshake itself, once the app is loaded. */
    @Override
    public void validate(String subscriptionName, EventSchema schema) {
        if (!host.app().functions().containsKey(function)) {
            throw new IllegalArgumentException("The app has no function " + function);
        }
    }

    /** The extension answers 202 after the function has ended, 500 when it failed. */
    @Override
    public Outcome deliver(Delivery delivery, int attempt) {
        Invocation invocation = host.invoke(function, delivery.body());
        return new Outcome(invocation.succeeded() ? 202 : 500, invocation.reason());
    }
}
