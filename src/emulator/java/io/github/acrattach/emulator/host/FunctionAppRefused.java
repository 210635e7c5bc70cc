package io.github.acrattach.emulator.host;

/** The host would not load this app, and why. */
public final class FunctionAppRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    FunctionAppRefused(String reason) {
        super(reason);
    }
}
