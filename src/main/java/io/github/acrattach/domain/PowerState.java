package io.github.acrattach.domain;

import java.util.Locale;

/**
 * Whether a cluster's nodes and its API server run. ARM's {@code powerState.code} knows {@code Running} and {@code Stopped};
 * on the way from one to the other the {@code provisioningState} tells which one it is
 * (learn.microsoft.com/azure/aks/start-stop-cluster).
 */
public enum PowerState {
    RUNNING,
    STOPPED,
    STOPPING,
    STARTING,
    /** ARM does not show it. */
    UNKNOWN;

    /** Reads ARM's two words, of which either may be missing. */
    public static PowerState of(String code, String provisioningState) {
        return switch (lower(provisioningState)) {
            case "stopping" -> STOPPING;
            case "starting" -> STARTING;
            default ->
                switch (lower(code)) {
                    case "running" -> RUNNING;
                    case "stopped" -> STOPPED;
                    default -> UNKNOWN;
                };
        };
    }

    /** Whether nothing can be done inside the cluster before somebody starts it. */
    public boolean isStopped() {
        return this == STOPPED || this == STOPPING;
    }

    private static String lower(String word) {
        return word == null ? "" : word.toLowerCase(Locale.ROOT);
    }
}
