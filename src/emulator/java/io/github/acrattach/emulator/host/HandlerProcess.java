package io.github.acrattach.emulator.host;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** A custom handler, started as the host starts it: told its port, asked until it answers, ended with SIGKILL alone. */
final class HandlerProcess implements RunningHandler {
    private static final Duration READY_WITHIN = Duration.ofSeconds(35);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);
    private static final long ASK_EVERY_MILLIS = 25;

    private final Process process;
    private final URI uri;
    private volatile boolean killed;

    private HandlerProcess(Process process, URI uri) {
        this.process = process;
        this.uri = uri;
    }

    /** Throws when there is no such executable. */
    static HandlerProcess start(Path root, HandlerCommand command, int port, TelemetryLog log) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command.command()).directory(root.toFile());
        builder.environment().putAll(command.settings());
        builder.environment()
                .putAll(Map.of(
                        "FUNCTIONS_CUSTOMHANDLER_PORT",
                        String.valueOf(port),
                        "FUNCTIONS_CUSTOMHANDLER_WORKER_ID",
                        UUID.randomUUID().toString(),
                        "FUNCTIONS_APP_ROOT_PATH",
                        root.toString()));
        HandlerProcess handler = new HandlerProcess(builder.start(), URI.create("http://127.0.0.1:" + port));
        record(handler.process.getInputStream(), log::stdout);
        record(handler.process.getErrorStream(), log::stderr);
        return handler;
    }

    @Override
    public URI uri() {
        return uri;
    }

    @Override
    public CompletableFuture<Process> end() {
        return process.onExit();
    }

    @Override
    public void timedOut() {
        kill();
    }

    long pid() {
        return process.pid();
    }

    /** SIGKILL; what the process was working on fails in that instant. */
    void kill() {
        killed = true;
        end(process);
    }

    /** By its handle: Java would close the streams of the process at once, before its last lines are read. */
    private static void end(Process process) {
        process.toHandle().destroyForcibly();
    }

    /** Whether it ended because the host wanted it to. */
    boolean wasKilled() {
        return killed;
    }

    int awaitExit() throws InterruptedException {
        return process.waitFor();
    }

    /** Any answer will do, a 404 too; false when it has ended before, or has to be ended because it takes too long. */
    boolean awaitAnswer() throws InterruptedException {
        long limit = System.nanoTime() + READY_WITHIN.toNanos();
        while (process.isAlive() && System.nanoTime() < limit) {
            if (answers()) {
                return true;
            }
            Thread.sleep(ASK_EVERY_MILLIS);
        }
        end(process);
        return false;
    }

    private boolean answers() {
        try (HandlerConnection connection = new HandlerConnection(uri)) {
            connection.giveUpAfter(ANSWER_WITHIN);
            connection.send(HandlerRequest.get("/", uri.getAuthority()));
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static void record(InputStream stream, Consumer<String> log) {
        Thread reader = new Thread(
                () -> {
                    try (BufferedReader lines =
                            new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                        lines.lines().forEach(log);
                    } catch (IOException | UncheckedIOException ended) {
                        // So have the lines.
                    }
                },
                "handler-output");
        reader.setDaemon(true);
        reader.start();
    }
}
