package io.github.acrattach;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.Emulator;
import io.github.acrattach.emulator.http.Answer;
import io.github.acrattach.emulator.http.Certificate;
import io.github.acrattach.emulator.http.Port;
import io.github.acrattach.emulator.http.Request;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Assumptions;

/**
 * Debian's docker-registry, and Debian's skopeo to pull from it. It starts open, so that images can be put into it; once
 * it is protected it believes the tokens of an emulator. Both answer at one port, as at an ACR registry, and with the
 * emulator's TLS certificate.
 */
public final class RealRegistry implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path REGISTRY = Path.of("/usr/bin/docker-registry");
    private static final Path SKOPEO = Path.of("/usr/bin/skopeo");
    private static final long PATIENCE_SECONDS = 30;
    private static final int EMPTY_TAR = 1024;
    private static final String TOKENS = "/oauth2/token";
    private static final List<String> FORWARDED = List.of("Accept", "Authorization", "Content-Type");
    private static final List<String> ANSWERED =
            List.of("Content-Type", "Docker-Content-Digest", "Docker-Distribution-Api-Version", "Www-Authenticate");

    private final Path folder;
    private final Port port;
    private final URI registry;
    private final HttpClient http = HttpClient.newBuilder()
            .sslContext(Certificate.ofThisProcess().tls())
            .build();
    private volatile Optional<URI> tokenService = Optional.empty();
    private Process process;

    private RealRegistry() throws IOException {
        folder = Files.createTempDirectory("real-registry");
        try (ServerSocket free = new ServerSocket(0)) {
            registry = URI.create("http://127.0.0.1:" + free.getLocalPort());
        }
        Files.writeString(trusted(), Certificate.ofThisProcess().pem());
        run("");
        port = Port.https(0, Certificate.ofThisProcess().tls(), request -> Optional.of(forward(request)));
    }

    private Answer forward(Request request) {
        URI target = request.path().equals(TOKENS)
                ? tokenService.orElseThrow()
                // The port cleans paths, and the registry redirects the one that is cleaned too much.
                : registry.resolve(request.path().equals("/v2") ? "/v2/" : request.path());
        HttpRequest.Builder forwarded = HttpRequest.newBuilder(
                        URI.create(target + "?" + request.query().text()))
                .method(request.method(), HttpRequest.BodyPublishers.ofByteArray(request.body()));
        FORWARDED.forEach(name ->
                request.headers().getOrDefault(name, List.of()).forEach(value -> forwarded.header(name, value)));
        try {
            HttpResponse<byte[]> answer = http.send(forwarded.build(), HttpResponse.BodyHandlers.ofByteArray());
            Map<String, String> headers = new HashMap<>();
            ANSWERED.forEach(name -> answer.headers().firstValue(name).ifPresent(value -> headers.put(name, value)));
            return new Answer(answer.statusCode(), headers, answer.body());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    /** How a program ended, and all that it wrote. */
    public record Result(int exit, String output) {}

    /** Whether the programs are there. */
    public static boolean isInstalled() {
        return Files.isExecutable(REGISTRY) && Files.isExecutable(SKOPEO);
    }

    /** Starts open to everybody; a test is skipped where the programs are not installed. */
    public static RealRegistry start() {
        for (Path program : List.of(REGISTRY, SKOPEO)) {
            if (!Files.isExecutable(program)) {
                System.err.println("SKIPPED: nothing is pulled from a real registry, for there is no " + program
                        + ". apt-get install docker-registry skopeo");
            }
            Assumptions.assumeTrue(Files.isExecutable(program), program + " is not installed");
        }
        try {
            return new RealRegistry();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** As an estate may give it to a registry. */
    public String loginServer() {
        return "localhost:" + port.number();
    }

    /** PEM of whoever has to be trusted to talk to this registry, and to the emulator. */
    public Path trusted() {
        return folder.resolve("trusted.pem");
    }

    /** From now on only the tokens of this emulator open it. */
    public void protect(Emulator emulator) {
        try {
            Path roots = folder.resolve("token-roots.pem");
            Files.writeString(roots, emulator.registryCertificate());
            stop();
            tokenService = Optional.of(emulator.registryTokenService(loginServer()));
            run("""
                    auth:
                      token:
                        realm: https://%s%s
                        service: %s
                        issuer: %s
                        rootcertbundle: %s
                    """.formatted(loginServer(), TOKENS, loginServer(), Emulator.registryTokenIssuer(), roots));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Puts an image with one empty layer into it, as long as it is open. */
    public void seed(String repository, String tag) {
        byte[] tar = new byte[EMPTY_TAR];
        byte[] layer = zipped(tar);
        ObjectNode configuration =
                JSON.createObjectNode().put("architecture", "amd64").put("os", "linux");
        configuration.putObject("config");
        configuration
                .putObject("rootfs")
                .put("type", "layers")
                .putArray("diff_ids")
                .add(digest(tar));
        byte[] config = configuration.toString().getBytes(StandardCharsets.UTF_8);
        ObjectNode manifest = JSON.createObjectNode()
                .put("schemaVersion", 2)
                .put("mediaType", "application/vnd.oci.image.manifest.v1+json");
        manifest.set("config", descriptor("application/vnd.oci.image.config.v1+json", config));
        manifest.putArray("layers").add(descriptor("application/vnd.oci.image.layer.v1.tar+gzip", layer));
        upload(repository, config);
        upload(repository, layer);
        expect(
                201,
                HttpRequest.newBuilder(uri("/v2/" + repository + "/manifests/" + tag))
                        .header("Content-Type", manifest.path("mediaType").asText())
                        .PUT(HttpRequest.BodyPublishers.ofString(manifest.toString())));
    }

    /** What docker login, or a pull secret, leaves on a disk. */
    public Path authFile(String user, String password) {
        String pair = user + ":" + password;
        return authFile(JSON.createObjectNode()
                .put("auth", Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8))));
    }

    /** What az acr login leaves on a disk: a refresh token. */
    public Path identityFile(String refreshToken) {
        String pair = "00000000-0000-0000-0000-000000000000:";
        return authFile(JSON.createObjectNode()
                .put("auth", Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)))
                .put("identitytoken", refreshToken));
    }

    /** A file of pull secrets as it is, such as the .dockerconfigjson of a secret. */
    public Path authFile(JsonNode content) {
        try {
            JsonNode whole = content.has("auths")
                    ? content
                    : JSON.createObjectNode()
                            .set("auths", JSON.createObjectNode().set(loginServer(), content));
            return Files.writeString(Files.createTempFile(folder, "auth", ".json"), whole.toString());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Looks at an image such as shop/web:1.0. */
    public Result inspect(Path authFile, String image) {
        return skopeo("inspect", "--authfile", authFile.toString(), "docker://" + loginServer() + "/" + image);
    }

    /** Pulls all of an image. */
    public Result copy(Path authFile, String image) {
        Path target = folder.resolve("pulled-" + System.nanoTime());
        return skopeo(
                "copy",
                "--src-authfile",
                authFile.toString(),
                "docker://" + loginServer() + "/" + image,
                "dir:" + target);
    }

    @Override
    public void close() {
        port.close();
        stop();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private Result skopeo(String... arguments) {
        try {
            List<String> command = Stream.concat(
                            Stream.of(SKOPEO.toString(), "--insecure-policy"), Stream.of(arguments))
                    .toList();
            Path output = Files.createTempFile(folder, "skopeo", ".log");
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
            builder.environment().put("SSL_CERT_FILE", trusted().toString());
            Process skopeo = builder.start();
            if (!skopeo.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                skopeo.destroyForcibly();
                throw new AssertionError("skopeo does not end: " + Files.readString(output));
            }
            return new Result(skopeo.exitValue(), Files.readString(output));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    private void run(String more) throws IOException {
        Path configuration = folder.resolve("config.yml");
        Files.writeString(configuration, """
                version: 0.1
                log:
                  level: warn
                storage:
                  filesystem:
                    rootdirectory: %s
                http:
                  addr: %s
                %s""".formatted(folder.resolve("images"), registry.getAuthority(), more));
        Path log = folder.resolve("registry.log");
        process = new ProcessBuilder(REGISTRY.toString(), "serve", configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!answers()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                stop();
                throw new IOException("docker-registry does not answer: " + Files.readString(log));
            }
        }
    }

    private boolean answers() {
        try {
            Thread.sleep(50);
            return http.send(HttpRequest.newBuilder(uri("/v2/")).build(), HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    > 0;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    private void stop() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    private void upload(String repository, byte[] blob) {
        HttpResponse<String> begun = expect(
                202,
                HttpRequest.newBuilder(uri("/v2/" + repository + "/blobs/uploads/"))
                        .POST(HttpRequest.BodyPublishers.noBody()));
        String location = begun.headers().firstValue("Location").orElseThrow();
        expect(
                201,
                HttpRequest.newBuilder(
                                URI.create(location + (location.contains("?") ? "&" : "?") + "digest=" + digest(blob)))
                        .header("Content-Type", "application/octet-stream")
                        .PUT(HttpRequest.BodyPublishers.ofByteArray(blob)));
    }

    private HttpResponse<String> expect(int status, HttpRequest.Builder request) {
        try {
            HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != status) {
                throw new AssertionError(answer + " " + answer.body());
            }
            return answer;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    private URI uri(String path) {
        return registry.resolve(path);
    }

    private static ObjectNode descriptor(String type, byte[] content) {
        return JSON.createObjectNode()
                .put("mediaType", type)
                .put("digest", digest(content))
                .put("size", content.length);
    }

    private static byte[] zipped(byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
            zip.write(content);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }

    private static String digest(byte[] content) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }
}
