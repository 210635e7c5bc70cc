package io.github.acrattach.emulator.host;

import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Where the host finds a handler to call. */
sealed interface HandlerSource extends AutoCloseable permits HandlerSource.Outside, HandlerSupervisor {

    /** Waits for one as long as there is hope. */
    RunningHandler await() throws HandlerUnavailable, InterruptedException;

    /** Waits for another one than that which has just refused a connection. */
    RunningHandler awaitOtherThan(RunningHandler ended) throws HandlerUnavailable, InterruptedException;

    /** With which codes the handlers have ended that the host did not kill. */
    default List<Integer> exitCodes() {
        return List.of();
    }

    /** Whether the handler has crashed once too often. */
    default boolean hasEnded() {
        return false;
    }

    @Override
    void close();

    /** One that somebody else has started, and ends. */
    record Outside(URI uri) implements HandlerSource, RunningHandler {

        @Override
        public RunningHandler await() {
            return this;
        }

        @Override
        public RunningHandler awaitOtherThan(RunningHandler ended) throws HandlerUnavailable {
            throw new HandlerUnavailable("The handler does not listen at " + uri);
        }

        @Override
        public CompletableFuture<?> end() {
            return new CompletableFuture<>();
        }

        @Override
        public void timedOut() {}

        @Override
        public void close() {}
    }
}
