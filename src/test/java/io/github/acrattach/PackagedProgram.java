package io.github.acrattach;

import io.github.acrattach.emulator.Emulator;
import io.github.acrattach.emulator.host.FunctionApp;
import io.github.acrattach.emulator.host.FunctionsHost;
import io.github.acrattach.emulator.host.HandlerCommand;
import io.github.acrattach.emulator.host.HostTimes;
import io.github.acrattach.emulator.host.HttpTriggerFront;
import io.github.acrattach.emulator.host.Telemetry;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The packaged program as a process of its own, started by the Functions host stand-in and signed in to an emulator by
 * managed identity: nothing of the test reaches into it.
 */
final class PackagedProgram implements AutoCloseable {

    /** Pairs everything in the sample estate that carries the same tag {@code team}. */
    static final Map<String, String> BY_TEAM = Map.of(
            "ACR_ATTACH_RULES_TEAM_CLUSTERS_SUBSCRIPTIONS",
            Estates.PRODUCTION,
            "ACR_ATTACH_RULES_TEAM_REGISTRIES_SUBSCRIPTIONS",
            Estates.PRODUCTION + "," + Estates.SHARED,
            "ACR_ATTACH_RULES_TEAM_JOIN_ON_TAGS",
            "team");

    private static final int WARMING = 3;
    private static final Duration LINE_WITHIN = Duration.ofSeconds(30);

    private final FunctionsHost host;
    private final HttpTriggerFront front;

    private PackagedProgram(FunctionsHost host) {
        this.host = host;
        front = HttpTriggerFront.open(host);
    }

    /**
     * Warm on a busy machine: there a jar that has done nothing yet takes longer for its first work than the program gives
     * itself, and says so.
     */
    static PackagedProgram start(Emulator emulator, Map<String, String> settings) {
        PackagedProgram program = startCold(emulator, settings);
        if (SideBySide.isMachineBusy() && !isExecutable()) {
            int tries = WARMING;
            while (program.isTooSlow() && --tries > 0) {}
            emulator.requests().clear();
        }
        return program;
    }

    private boolean isTooSlow() {
        return http().queryParam("cluster", Estates.cluster("aks-shop"))
                        .queryParam("registry", Estates.registry("acrshop"))
                        .get("/api/access")
                        .statusCode()
                == 503;
    }

    /** As it is when nobody has called it yet. */
    static PackagedProgram startCold(Emulator emulator, Map<String, String> settings) {
        return startCold(app(), emulator, settings, HostTimes.measured());
    }

    static PackagedProgram startCold(
            FunctionApp app, Emulator emulator, Map<String, String> settings, HostTimes times) {
        HandlerCommand command = new HandlerCommand(command(), environment(emulator, settings));
        PackagedProgram program = new PackagedProgram(FunctionsHost.start(app, command, times));
        try {
            program.host.awaitRunning();
            return program;
        } catch (IllegalStateException e) {
            program.close();
            throw new IllegalStateException("The program did not start:\n" + String.join("\n", program.output()), e);
        }
    }

    /** As it is packaged. */
    static FunctionApp app() {
        return FunctionApp.read(Path.of("host.json"), Path.of("src", "main", "functions"));
    }

    /** What the program finds in its environment where it is signed in to an emulator. */
    static Map<String, String> environment(Emulator emulator, Map<String, String> settings) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "IDENTITY_ENDPOINT", emulator.identityEndpoint().toString(),
                "IDENTITY_HEADER", emulator.identityHeader(),
                "ACR_ATTACH_AZURE_TRUSTED_CERTIFICATES", certificate(emulator).toString(),
                "ACR_ATTACH_AZURE_ENDPOINTS_AUTHORITY", emulator.uri().toString(),
                "ACR_ATTACH_AZURE_ENDPOINTS_RESOURCE_MANAGER", emulator.uri().toString(),
                "ACR_ATTACH_AZURE_ENDPOINTS_GRAPH", emulator.uri().toString(),
                "ACR_ATTACH_AZURE_ENDPOINTS_REGISTRY", emulator.uri() + "/_registries/{login-server}"));
        environment.putAll(settings);
        return environment;
    }

    /** The executable, when the build made one; else the jar. */
    static List<String> command() {
        return isExecutable()
                ? List.of(Path.of(System.getProperty("program.executable"))
                        .toAbsolutePath()
                        .toString())
                : PackagedJar.command();
    }

    /** Whether the executable is tested: its start costs a fiftieth of the jar's. */
    static boolean isExecutable() {
        return !System.getProperty("program.executable", "").isEmpty();
    }

    private static Path certificate(Emulator emulator) {
        try {
            Path file = Files.createTempFile("emulator", ".pem").toAbsolutePath();
            file.toFile().deleteOnExit();
            return Files.writeString(file, emulator.certificate());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Calls its functions as Azure does. */
    FunctionsHost host() {
        return host;
    }

    /** Calls its HTTP API as people do: through the host, with the function key. */
    RequestSpecification http() {
        return withoutKey().header("x-functions-key", key());
    }

    /** Calls its HTTP API as anybody can. */
    RequestSpecification withoutKey() {
        return RestAssured.given().baseUri(front.uri().toString());
    }

    /** The function key that the host asks for. */
    String key() {
        return front.key();
    }

    /** Calls the port that the host alone is to call. */
    RequestSpecification handler() {
        return RestAssured.given().baseUri(host.handler().toString());
    }

    /** Sends a body of JSON to it as people do, to a path such as {@code /api/attach}. */
    Response post(String path, Object body) {
        return http().contentType(ContentType.JSON).body(body).post(path);
    }

    /** What it wrote to its console so far. */
    List<String> output() {
        return host.telemetry(Telemetry.ConsoleLine.class).stream()
                .map(Telemetry.ConsoleLine::message)
                .toList();
    }

    /** The first line of its console with a text in it, which may come after the answer that it is about. */
    String awaitLine(String text) {
        Instant limit = Instant.now().plus(LINE_WITHIN);
        while (true) {
            Optional<String> line =
                    output().stream().filter(each -> each.contains(text)).findFirst();
            if (line.isPresent()) {
                return line.get();
            }
            if (Instant.now().isAfter(limit)) {
                throw new AssertionError("No line has \"" + text + "\" in it:\n" + String.join("\n", output()));
            }
            pause();
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(10);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while it waited for a line", e);
        }
    }

    /** Tells it to stop by SIGTERM, which the Functions host never sends; waits until it has, and gives its exit code. */
    int stop() throws InterruptedException {
        ProcessHandle.of(pid()).orElseThrow().destroy();
        while (host.exitCodes().isEmpty()) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        return host.exitCodes().get(0);
    }

    /** Ends it where it stands, and waits until it is gone. */
    void kill() {
        close();
    }

    long pid() {
        return host.pid();
    }

    @Override
    public void close() {
        front.close();
        host.close();
    }
}
