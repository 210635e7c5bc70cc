package io.github.acrattach.emulator.host;

/** There is no handler, and there will be none. */
final class HandlerUnavailable extends Exception {
    private static final long serialVersionUID = 1L;

    HandlerUnavailable(String reason) {
        super(reason);
    }
}
