package io.github.acrattach.domain;

import java.util.Locale;

/**
 * How the last operation of Azure Resource Manager on a resource has gone. It says nothing of whether the resource works: one
 * whose last operation failed may run on for weeks, and one that is upgraded for hours runs as well.
 */
public enum ProvisioningState {
    /** It went well. */
    SUCCEEDED,
    /** The resource is being made: it need not show everything yet. */
    CREATING,
    /** It is being changed. */
    IN_PROGRESS,
    /** It is on its way out. */
    DELETING,
    /** It failed, or was canceled; a deletion that failed leaves the resource where it was. */
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
            case "creating" -> CREATING;
            default -> IN_PROGRESS;
        };
    }

    /** How it has gone, in a word or two. */
    public String told() {
        return switch (this) {
            case SUCCEEDED -> "succeeded";
            case CREATING -> "creating";
            case IN_PROGRESS -> "in progress";
            case DELETING -> "deleting";
            case FAILED -> "failed or canceled";
        };
    }

    /** Whether an operation goes on that may bring about what is not shown yet. */
    public boolean goesOn() {
        return this == CREATING || this == IN_PROGRESS;
    }
}
