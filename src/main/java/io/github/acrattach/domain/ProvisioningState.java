package io.github.acrattach.domain;

import java.util.Locale;

/** How far Azure has come with making, changing or deleting a resource. */
public enum ProvisioningState {
    /** Made and at rest. */
    SUCCEEDED,
    /** Something goes on: waiting helps. */
    IN_PROGRESS,
    /** On its way out. */
    DELETING,
    /** At rest, but the last operation went wrong: only a new operation helps, and that is a new event. */
    FAILED;

    /** Reads ARM's word; every word that is not a final one means that work goes on. Left out, it means at rest. */
    public static ProvisioningState of(String word) {
        if (word == null || word.isBlank()) {
            return SUCCEEDED;
        }
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "succeeded" -> SUCCEEDED;
            case "deleting" -> DELETING;
            case "failed", "canceled" -> FAILED;
            default -> IN_PROGRESS;
        };
    }
}
