package io.github.acrattach.trigger;

import io.github.acrattach.domain.Outcome;

/** How much somebody should care for a line of the log, in the words of Application Insights. */
public enum Severity {
    /** It went well, there was nothing to do, or it begins when somebody starts the cluster. */
    INFORMATION("Information"),
    /** It was refused or has to come again, as a whole or in a namespace. */
    WARNING("Warning"),
    /** This program has a defect. */
    ERROR("Error");

    private final String level;

    Severity(String level) {
        this.level = level;
    }

    String level() {
        return level;
    }

    static Severity of(Outcome outcome) {
        if (outcome.trouble().isEmpty()) {
            return outcome.namespaces().stream().anyMatch(each -> each.problem().isPresent()) ? WARNING : INFORMATION;
        }
        return switch (outcome.trouble().get().kind()) {
            case DEFECT -> ERROR;
            // A fleet of clusters may be stopped every night, on purpose, and each run of the timer comes to them.
            case CLUSTER_STOPPED -> INFORMATION;
            default -> WARNING;
        };
    }
}
