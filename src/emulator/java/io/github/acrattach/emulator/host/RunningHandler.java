package io.github.acrattach.emulator.host;

import java.net.URI;
import java.util.concurrent.CompletableFuture;

/** A handler that has answered once. */
interface RunningHandler {
    URI uri();

    /** Completed when its process has ended. */
    CompletableFuture<?> end();

    /** An invocation has outlasted its time: the process ends, if it is the host's to end. */
    void timedOut();
}
