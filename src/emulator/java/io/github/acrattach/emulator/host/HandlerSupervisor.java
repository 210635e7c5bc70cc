package io.github.acrattach.emulator.host;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Keeps a handler running by the rules of host 4.1037, always at the same port. */
final class HandlerSupervisor implements HandlerSource {
    /** By which a handler asks to be started again. */
    private static final int START_AGAIN = 200;

    private final Path root;
    private final HandlerCommand command;
    private final HostTimes times;
    private final TelemetryLog log;
    private final int port = HandlerPorts.free();
    private final Crashes crashes = new Crashes();
    private final List<Integer> exitCodes = new ArrayList<>();
    private final Thread thread = new Thread(this::supervise, "handler-supervisor");
    private State state = State.STARTING;
    private HandlerProcess process;

    HandlerSupervisor(Path root, HandlerCommand command, HostTimes times, TelemetryLog log) {
        this.root = root;
        this.command = command;
        this.times = times;
        this.log = log;
        thread.setDaemon(true);
        thread.start();
    }

    /** What there is of the handler, and what a call does then. */
    private enum State {
        /** Calls wait. */
        STARTING,
        RUNNING,
        /** There is no executable: calls wait for ever. */
        MISSING,
        /** It ended well, and is not started again: calls fail. */
        LEFT,
        /** It crashed once too often: calls wait before they fail. */
        ENDING,
        ENDED,
        CLOSED
    }

    @Override
    public synchronized HandlerProcess await() throws HandlerUnavailable, InterruptedException {
        while (isHopeLeft()) {
            wait();
        }
        return switch (state) {
            case LEFT ->
                throw new HandlerUnavailable("The handler has ended with exit code 0, and is not started again");
            case ENDED -> throw new HandlerUnavailable("The host has ended: its handler ended with " + exitCodes);
            case CLOSED -> throw new HandlerUnavailable("The host was stopped");
            default -> process;
        };
    }

    @Override
    public RunningHandler awaitOtherThan(RunningHandler ended) throws HandlerUnavailable, InterruptedException {
        synchronized (this) {
            while (state == State.RUNNING && process == ended) {
                wait();
            }
        }
        return await();
    }

    private boolean isHopeLeft() {
        return state == State.STARTING
                || state == State.MISSING
                || state == State.ENDING
                || state == State.RUNNING && process.wasKilled();
    }

    private synchronized boolean isClosed() {
        return state == State.CLOSED;
    }

    @Override
    public synchronized boolean hasEnded() {
        return state == State.ENDED;
    }

    @Override
    public synchronized List<Integer> exitCodes() {
        return List.copyOf(exitCodes);
    }

    @Override
    public void close() {
        synchronized (this) {
            enter(State.CLOSED);
            if (process != null) {
                process.kill();
            }
        }
        try {
            thread.join();
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
    }

    private void supervise() {
        try {
            State next = State.STARTING;
            while (next == State.STARTING && !isClosed()) {
                next = runOnce();
                enter(next);
            }
            if (next == State.ENDING) {
                pause(times.hang());
                enter(State.ENDED);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private State runOnce() throws InterruptedException {
        try {
            start();
        } catch (IOException missing) {
            log.error("The handler could not be started: " + missing.getMessage());
            return State.MISSING;
        }
        boolean answered = process.awaitAnswer();
        if (answered) {
            enter(State.RUNNING);
        }
        int code = process.awaitExit();
        enter(State.STARTING);
        return process.wasKilled() ? State.STARTING : afterExit(code, answered);
    }

    private synchronized void start() throws IOException {
        process = HandlerProcess.start(root, command, port, log);
        if (state == State.CLOSED) {
            process.kill();
        }
    }

    private State afterExit(int code, boolean answered) throws InterruptedException {
        synchronized (this) {
            exitCodes.add(code);
        }
        if (code == 0 && answered) {
            return State.LEFT;
        }
        if (code != START_AGAIN) {
            log.error("The handler ended with exit code " + code + (answered ? "" : " before it answered"));
            if (crashes.count(Instant.now())) {
                return State.ENDING;
            }
            pause(times.startAgain());
        }
        return State.STARTING;
    }

    private synchronized void enter(State next) {
        if (state != State.CLOSED) {
            state = next;
        }
        notifyAll();
    }

    private synchronized void pause(Duration time) throws InterruptedException {
        long limit = System.nanoTime() + time.toNanos();
        for (long left = time.toMillis(); state != State.CLOSED && left > 0; ) {
            wait(left);
            left = (limit - System.nanoTime()) / 1_000_000;
        }
    }
}
