package io.github.acrattach.domain;

import java.util.Objects;

/** A value that cannot be printed by accident. */
public final class Secret {

    private final String value;

    public Secret(String value) {
        this.value = Objects.requireNonNull(value, "A secret has a value.");
    }

    /** The value itself, for the one place that hands it on. */
    public String reveal() {
        return value;
    }

    @Override
    public String toString() {
        return "********";
    }
}
