package io.github.acrattach.emulator.kubernetes;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How the clusters are to behave: how long their controllers take, and for Run Command the folder of kubectl (none: as
 * PATH says) and the time a command may take.
 */
public record KubernetesOptions(Duration controllerDelay, Optional<Path> kubectl, Duration commandLimit) {
    public KubernetesOptions {
        if (controllerDelay.isNegative() || commandLimit.isNegative() || commandLimit.isZero()) {
            throw new IllegalArgumentException(
                    "Controllers need a delay of 0 or more, commands a limit of more than 0");
        }
    }

    public static KubernetesOptions standard() {
        return new KubernetesOptions(Duration.ofMillis(50), Optional.empty(), Duration.ofMinutes(2));
    }
}
