package io.github.acrattach.bench;

import io.github.acrattach.Estates;
import io.github.acrattach.emulator.Emulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** One process of the program, started as the Functions host starts it but watched more closely than every 25 ms. */
final class Handler implements AutoCloseable {

    static final String EVENT =
            "{\"Data\":{\"event\":{\"id\":\"e\",\"eventType\":\"Microsoft.Resources.ResourceWriteSuccess\","
                    + "\"subject\":\"" + Estates.cluster("aks-shop") + "\"}},\"Metadata\":{}}";

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final long LIMIT_NANOS = Duration.ofSeconds(60).toNanos();

    private final Process process;
    private final int port;
    private final long start;

    private Handler(Process process, int port, long start) {
        this.process = process;
        this.port = port;
        this.start = start;
    }

    static Handler start(List<String> command, Emulator emulator, Path certificate) throws IOException {
        int port = freePort();
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectErrorStream(true);
        builder.environment()
                .putAll(Map.of(
                        "FUNCTIONS_CUSTOMHANDLER_PORT", String.valueOf(port),
                        "IDENTITY_ENDPOINT", emulator.identityEndpoint().toString(),
                        "IDENTITY_HEADER", emulator.identityHeader(),
                        "ACR_ATTACH_AZURE_TRUSTED_CERTIFICATES", certificate.toString(),
                        "ACR_ATTACH_AZURE_ENDPOINTS_RESOURCE_MANAGER",
                                emulator.uri().toString(),
                        "ACR_ATTACH_AZURE_ENDPOINTS_GRAPH", emulator.uri().toString(),
                        "ACR_ATTACH_RULES_BENCH_CLUSTERS_NAMES", "aks-shop",
                        "ACR_ATTACH_RULES_BENCH_REGISTRIES_NAMES", "acrshop"));
        long start = System.nanoTime();
        return new Handler(builder.start(), port, start);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Milliseconds from the start of the process to its first HTTP answer. */
    double firstAnswer() {
        byte[] request =
                "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        while (System.nanoTime() - start < LIMIT_NANOS) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.getOutputStream().write(request);
                if (socket.getInputStream().read() >= 0) {
                    return sinceStart();
                }
            } catch (IOException notYet) {
                LockSupport.parkNanos(500_000);
            }
        }
        throw new IllegalStateException("The handler did not answer.");
    }

    double sinceStart() {
        return (System.nanoTime() - start) / 1e6;
    }

    /** Sends one event and waits until it is handled. */
    void event() throws IOException, InterruptedException {
        int status = HTTP.send(request(), BodyHandlers.discarding()).statusCode();
        if (status != 200) {
            throw new IllegalStateException("The event was answered with " + status + ".");
        }
    }

    HttpRequest request() {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/ResourceChanged"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(EVENT))
                .build();
    }

    /** Resident memory in MB. */
    double resident() {
        return proc("status")
                        .lines()
                        .filter(line -> line.startsWith("VmRSS:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                        .sum()
                / 1024.0;
    }

    /** Processor time so far in milliseconds; the kernel counts in hundredths of a second. */
    double processorTime() {
        String[] fields = proc("stat").replaceAll(".*\\) ", "").split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * 10.0;
    }

    private String proc(String file) {
        try {
            return Files.readString(Path.of("/proc", String.valueOf(process.pid()), file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Tells it to stop, and waits until it has. */
    void endWell() {
        process.destroy();
        process.onExit().join();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
