package io.github.acrattach;

import io.github.acrattach.emulator.Emulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The packaged program as a process of its own, in front of an emulator: started and asked as the Functions host does. */
final class PackagedProgram implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final Path log;
    private final URI uri;

    private PackagedProgram(Process process, Path log, URI uri) {
        this.process = process;
        this.log = log;
        this.uri = uri;
    }

    /** Starts it with the managed identity of the emulator's estate. */
    static PackagedProgram start(Emulator emulator, Map<String, String> settings) {
        try {
            int port = freePort();
            Path folder = Files.createTempDirectory(Path.of("target"), "program-");
            Path certificate = Files.writeString(folder.resolve("emulator.pem"), emulator.certificate());
            Path log = folder.resolve("log.txt");
            ProcessBuilder builder = new ProcessBuilder(command())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("AZURE_"));
            builder.environment()
                    .putAll(Map.of(
                            "FUNCTIONS_CUSTOMHANDLER_PORT", String.valueOf(port),
                            "IDENTITY_ENDPOINT", emulator.identityEndpoint().toString(),
                            "IDENTITY_HEADER", emulator.identityHeader(),
                            "ACR_ATTACH_AZURE_TRUSTED_CERTIFICATES", certificate.toString(),
                            "ACR_ATTACH_AZURE_ENDPOINTS_AUTHORITY", emulator.uri().toString(),
                            "ACR_ATTACH_AZURE_ENDPOINTS_RESOURCE_MANAGER", emulator.uri().toString(),
                            "ACR_ATTACH_AZURE_ENDPOINTS_GRAPH", emulator.uri().toString()));
            builder.environment().putAll(settings);
            PackagedProgram program =
                    new PackagedProgram(builder.start(), log, URI.create("http://127.0.0.1:" + port));
            program.awaitAnswer();
            return program;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> command() {
        String executable = System.getProperty("acr-attach.executable", "");
        return executable.isEmpty()
                ? List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        "target/quarkus-app/quarkus-run.jar")
                : List.of(executable);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private void awaitAnswer() {
        Instant limit = Instant.now().plus(START_LIMIT);
        while (true) {
            try {
                http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding());
                return;
            } catch (IOException notYet) {
                if (!process.isAlive() || Instant.now().isAfter(limit)) {
                    throw new IllegalStateException("The program did not start:\n" + log());
                }
                pause();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(25);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    URI uri() {
        return uri;
    }

    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Stream<String> logLines() {
        return log().lines();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }
}
