package io.github.acrattach.emulator.host;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long the host takes for what it does; measured on host 4.1037.
 *
 * @param grace from the function timeout to the kill
 * @param startAgain from the end of a handler to the start of the next
 * @param hang how long calls wait after the error that ends the host
 * @param sideBySide how long the handlers of two job hosts run beside each other
 * @param loadBalancer how long Azure waits for the answer to a request:
 *     learn.microsoft.com/azure/azure-functions/functions-scale#timeout
 */
public record HostTimes(
        Duration grace, Duration startAgain, Duration hang, Duration sideBySide, Duration loadBalancer) {

    public static HostTimes measured() {
        return new HostTimes(
                Duration.ofSeconds(2),
                Duration.ofMillis(40),
                Duration.ofSeconds(30),
                Duration.ofMillis(ThreadLocalRandom.current().nextInt(800, 2_300)),
                Duration.ofSeconds(230));
    }

    public HostTimes withGrace(Duration other) {
        return new HostTimes(other, startAgain, hang, sideBySide, loadBalancer);
    }

    public HostTimes withHang(Duration other) {
        return new HostTimes(grace, startAgain, other, sideBySide, loadBalancer);
    }

    public HostTimes withSideBySide(Duration other) {
        return new HostTimes(grace, startAgain, hang, other, loadBalancer);
    }

    public HostTimes withLoadBalancer(Duration other) {
        return new HostTimes(grace, startAgain, hang, sideBySide, other);
    }
}
