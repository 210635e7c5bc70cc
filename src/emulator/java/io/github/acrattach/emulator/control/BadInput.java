package io.github.acrattach.emulator.control;

/** A control request that cannot be followed: which field, and why. */
final class BadInput extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BadInput(String field, String reason) {
        super(field + ": " + reason);
    }
}
