package io.github.acrattach.emulator;

import io.github.acrattach.emulator.estate.Estate;
import java.time.Duration;

/** How an emulator is to behave; a port of 0 means any free one. */
public record EmulatorOptions(
        int port,
        Estate estate,
        Duration clusterCreation,
        Duration principalReplication,
        double timeScale,
        int pageSize,
        int roleAssignmentLimit,
        boolean throttling) {
    /** The median of recorded delays between the birth of an identity and its first role assignment. */
    private static final Duration REPLICATION = Duration.ofSeconds(37);

    public EmulatorOptions {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("The port must be between 0 and 65535, not " + port);
        }
        if (clusterCreation.isNegative() || principalReplication.isNegative()) {
            throw new IllegalArgumentException(
                    "Neither cluster creation nor principal replication can end before it begins");
        }
        if (!(timeScale > 0)) {
            throw new IllegalArgumentException("The time scale must be greater than 0, not " + timeScale);
        }
        if (pageSize < 1 || roleAssignmentLimit < 1) {
            throw new IllegalArgumentException("The page size and the role assignment limit must be at least 1");
        }
    }

    /** Real time, clusters ready at once, Azure's limits, no throttling. */
    public static EmulatorOptions of(Estate estate) {
        return new EmulatorOptions(0, estate, Duration.ZERO, REPLICATION, 1, 100, 4000, false);
    }

    public EmulatorOptions withPort(int number) {
        return new EmulatorOptions(
                number,
                estate,
                clusterCreation,
                principalReplication,
                timeScale,
                pageSize,
                roleAssignmentLimit,
                throttling);
    }

    public EmulatorOptions withEstate(Estate other) {
        return new EmulatorOptions(
                port,
                other,
                clusterCreation,
                principalReplication,
                timeScale,
                pageSize,
                roleAssignmentLimit,
                throttling);
    }

    public EmulatorOptions withClusterCreation(Duration lasts) {
        return new EmulatorOptions(
                port, estate, lasts, principalReplication, timeScale, pageSize, roleAssignmentLimit, throttling);
    }

    /** How long a fresh principal stays unknown to role assignments, before division by the time scale. */
    public EmulatorOptions withPrincipalReplication(Duration lasts) {
        return new EmulatorOptions(
                port, estate, clusterCreation, lasts, timeScale, pageSize, roleAssignmentLimit, throttling);
    }

    /** How many times faster than in Azure Event Grid retries and principals replicate. */
    public EmulatorOptions withTimeScale(double factor) {
        return new EmulatorOptions(
                port, estate, clusterCreation, principalReplication, factor, pageSize, roleAssignmentLimit, throttling);
    }

    public EmulatorOptions withPageSize(int items) {
        return new EmulatorOptions(
                port, estate, clusterCreation, principalReplication, timeScale, items, roleAssignmentLimit, throttling);
    }

    public EmulatorOptions withRoleAssignmentLimit(int perSubscription) {
        return new EmulatorOptions(
                port, estate, clusterCreation, principalReplication, timeScale, pageSize, perSubscription, throttling);
    }

    /** ARM refuses with 429 whoever calls faster than Azure allows. */
    public EmulatorOptions withThrottling() {
        return new EmulatorOptions(
                port, estate, clusterCreation, principalReplication, timeScale, pageSize, roleAssignmentLimit, true);
    }

    Duration scaled(Duration azure) {
        return Duration.ofNanos((long) (azure.toNanos() / timeScale));
    }
}
