package io.github.acrattach.infra;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/**
 * The Bicep compiler: one process for all tests of a run, since the first compile takes seconds and each later one a
 * fraction of that. It speaks JSON-RPC 2.0 behind {@code Content-Length} headers ({@code bicep jsonrpc --stdio}).
 *
 * <p>It is found by the environment variable BICEP, or unpacked by {@code ../shared/bicep/home.sh}.
 */
public final class Bicep {

    /** Where all templates are. */
    static final Path INFRA = Path.of("infra");

    /** The subscription that parameter files are evaluated in; those of {@code infra/parameters} name it, too. */
    static final String SUBSCRIPTION = "11111111-2222-4333-8444-555555555555";

    private static final Path UNPACK = Path.of("../shared/bicep/home.sh");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Optional<Bicep> COMPILER = found().map(Bicep::new);

    /** What the compiler says of a template. */
    public record Diagnostic(String source, int line, String level, String code, String message) {}

    /** A template that was compiled. */
    record Compiled(List<Diagnostic> diagnostics, String contents) {

        JsonNode json() {
            return parsed(contents);
        }
    }

    private final Process process;
    private final InputStream answers;
    private final OutputStream requests;
    private final Map<Path, Snapshot> snapshots = new TreeMap<>();
    private final Map<Path, Compiled> compiled = new TreeMap<>();
    private int id;

    private Bicep(Path program) {
        try {
            process = new ProcessBuilder(program.toString(), "jsonrpc", "--stdio")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        answers = new BufferedInputStream(process.getInputStream());
        requests = process.getOutputStream();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    }

    /** The compiler; where there is none, the test is skipped, and says so. */
    public static Bicep compiler() {
        assumeTrue(COMPILER.isPresent(), "TEMPLATES NOT COMPILED: set BICEP to the path of the Bicep CLI");
        return COMPILER.orElseThrow();
    }

    /** Says so once where there is none: a test that is skipped is not seen in the summary of a run. */
    private static Optional<Path> found() {
        Optional<Path> program = named();
        if (program.isEmpty()) {
            System.err.println("!! TEMPLATES NOT COMPILED: BICEP names no Bicep CLI, and " + UNPACK + " unpacks none.");
        }
        return program;
    }

    private static Optional<Path> named() {
        return Optional.ofNullable(System.getenv("BICEP"))
                .or(() -> Files.exists(UNPACK) ? Optional.of(unpacked()) : Optional.empty())
                .map(Path::of)
                .filter(Files::isExecutable);
    }

    private static String unpacked() {
        try {
            Process unpacking = new ProcessBuilder("bash", UNPACK.toString())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return new String(unpacking.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A template of {@code infra/} with all that it refers to. */
    synchronized Compiled compile(Path template) {
        return compiled.computeIfAbsent(template, this::compiled);
    }

    private Compiled compiled(Path template) {
        JsonNode result = call("bicep/compile", at(template)).path("result");
        return new Compiled(diagnostics(result), result.path("contents").asText());
    }

    /** The template itself, and all that it refers to. */
    synchronized List<Path> references(Path template) {
        Path here = Path.of("").toAbsolutePath();
        return StreamSupport.stream(
                        call("bicep/getFileReferences", at(template))
                                .at("/result/filePaths")
                                .spliterator(),
                        false)
                .map(each -> here.relativize(Path.of(each.asText())))
                .toList();
    }

    /** What the compiler says of a parameter file and its template. */
    synchronized List<Diagnostic> diagnosticsOfParameters(Path parameters) {
        ObjectNode request = at(parameters);
        request.putObject("parameterOverrides");
        return diagnostics(call("bicep/compileParams", request).path("result"));
    }

    /** The text as the formatter writes it. */
    synchronized String formatted(Path file) {
        return call("bicep/format", at(file)).path("result").path("contents").asText();
    }

    /** What a parameter file of {@code infra/parameters} would make. */
    public synchronized Snapshot snapshot(String name) {
        return snapshots.computeIfAbsent(INFRA.resolve("parameters").resolve(name + ".bicepparam"), this::snapshot);
    }

    /** What a parameter file would make; an AssertionError with the compiler's words where it cannot be evaluated. */
    public synchronized Snapshot snapshot(Path parameters) {
        JsonNode answer = evaluated(parameters);
        if (!answer.at("/result/snapshot").isTextual()) {
            throw new AssertionError(parameters + ": " + answer);
        }
        return new Snapshot(parsed(answer.at("/result/snapshot").asText()));
    }

    /** The answer to the evaluation of a parameter file: a result with a snapshot, or an error. */
    synchronized JsonNode evaluated(Path parameters) {
        ObjectNode request = at(parameters);
        ObjectNode metadata = request.putObject("metadata")
                .put("tenantId", "99999999-8888-4777-8666-555555555555")
                .put("subscriptionId", SUBSCRIPTION)
                .put("location", "westeurope")
                .put("deploymentName", "install");
        if (parameters.getFileName().toString().matches("(workload|checks)[.].*")) {
            metadata.put("resourceGroup", "rg-acr-attach");
        }
        request.putArray("externalInputs");
        return call("bicep/getSnapshot", request);
    }

    private static ObjectNode at(Path file) {
        return JSON.createObjectNode()
                .put("path", file.toAbsolutePath().normalize().toString());
    }

    private static List<Diagnostic> diagnostics(JsonNode result) {
        return StreamSupport.stream(result.path("diagnostics").spliterator(), false)
                .map(each -> new Diagnostic(
                        each.path("source").asText(),
                        each.at("/range/start/line").asInt(),
                        each.path("level").asText(),
                        each.path("code").asText(),
                        each.path("message").asText()))
                .toList();
    }

    private JsonNode call(String method, ObjectNode params) {
        try {
            ObjectNode request = JSON.createObjectNode()
                    .put("jsonrpc", "2.0")
                    .put("id", ++id)
                    .put("method", method);
            request.set("params", params);
            byte[] body = JSON.writeValueAsBytes(request);
            requests.write(("Content-Length: " + body.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            requests.write(body);
            requests.flush();
            return JSON.readTree(answers.readNBytes(length()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int length() throws IOException {
        int length = 0;
        for (String header = line(); !header.isEmpty(); header = line()) {
            if (header.startsWith("Content-Length:")) {
                length = Integer.parseInt(
                        header.substring("Content-Length:".length()).strip());
            }
        }
        return length;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = answers.read(); next != '\n'; next = answers.read()) {
            if (next < 0) {
                throw new IOException("The Bicep compiler has ended.");
            }
            line.append((char) next);
        }
        return line.toString().strip();
    }

    private static JsonNode parsed(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
