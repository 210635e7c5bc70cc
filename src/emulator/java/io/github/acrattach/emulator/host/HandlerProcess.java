package io.github.acrattach.emulator.host;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A custom handler started as the host starts it: told its port, asked until it answers, ended with SIGTERM. */
final class HandlerProcess implements AutoCloseable {
    private static final Duration READY_WITHIN = Duration.ofSeconds(35);
    private static final long ASK_EVERY_MILLIS = 25;
    private static final long END_WITHIN_SECONDS = 30;
    private static final int LOWEST_PORT = 20_000;
    private static final int PORTS = 10_000;

    /** Begins anywhere, since there may be another process like this one. */
    private static final AtomicInteger NEXT_PORT = new AtomicInteger(ThreadLocalRandom.current().nextInt(PORTS));

    private final Process process;
    private final URI uri;

    private HandlerProcess(Process process, URI uri) {
        this.process = process;
        this.uri = uri;
    }

    static HandlerProcess start(
            Path root,
            List<String> command,
            Map<String, String> environment,
            Consumer<String> output,
            HttpClient http) {
        int port = freePort();
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(root.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        builder.environment().put("FUNCTIONS_CUSTOMHANDLER_PORT", String.valueOf(port));
        builder.environment()
                .put("FUNCTIONS_CUSTOMHANDLER_WORKER_ID", UUID.randomUUID().toString());
        builder.environment().put("FUNCTIONS_APP_ROOT_PATH", root.toString());
        try {
            HandlerProcess handler = new HandlerProcess(builder.start(), URI.create("http://127.0.0.1:" + port));
            handler.passOn(output);
            handler.awaitAnswer(http);
            return handler;
        } catch (IOException failed) {
            throw new UncheckedIOException("The handler " + command + " could not be started", failed);
        }
    }

    URI uri() {
        return uri;
    }

    OptionalInt exitCode() {
        return process.isAlive() ? OptionalInt.empty() : OptionalInt.of(process.exitValue());
    }

    long pid() {
        return process.pid();
    }

    /** As when the machine is taken away: SIGKILL. */
    void kill() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(END_WITHIN_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException impatient) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void passOn(Consumer<String> output) {
        Thread reader = new Thread(
                () -> {
                    try (BufferedReader lines = process.inputReader()) {
                        lines.lines().forEach(output);
                    } catch (IOException | UncheckedIOException ended) {
                        output.accept("(the handler's output ended: " + ended.getMessage() + ")");
                    }
                },
                "handler-output");
        reader.setDaemon(true);
        reader.start();
    }

    private void awaitAnswer(HttpClient http) {
        Instant limit = Instant.now().plus(READY_WITHIN);
        while (!answers(http)) {
            if (!process.isAlive()) {
                throw new IllegalStateException(
                        "The handler ended with exit code " + process.exitValue() + " before it answered on " + uri);
            }
            if (Instant.now().isAfter(limit)) {
                close();
                throw new IllegalStateException("The handler did not answer on " + uri + " within 35 seconds");
            }
            pause();
        }
    }

    /** Any answer will do, a 404 too. */
    private boolean answers(HttpClient http) {
        try {
            http.send(
                    HttpRequest.newBuilder(uri.resolve("/"))
                            .timeout(Duration.ofSeconds(5))
                            .build(),
                    HttpResponse.BodyHandlers.discarding());
            return true;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException stopped) {
            close();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the handler was starting", stopped);
        }
    }

    private void pause() {
        try {
            Thread.sleep(ASK_EVERY_MILLIS);
        } catch (InterruptedException stopped) {
            close();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the handler was starting", stopped);
        }
    }

    /**
     * One that nobody takes before the handler listens, which is seconds later: not of those that systems give to whoever
     * names none (32768 and above on Linux, 49152 elsewhere), and another one for each handler of this process.
     */
    private static int freePort() {
        for (int tries = 0; tries < PORTS; tries++) {
            int port = LOWEST_PORT + Math.floorMod(NEXT_PORT.getAndIncrement(), PORTS);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException taken) {
                // The next one may be free.
            }
        }
        throw new IllegalStateException("There is no free port for the handler");
    }
}
