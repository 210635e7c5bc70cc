package io.github.acrattach;

import io.github.acrattach.emulator.Emulator;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real Kubernetes API server with its etcd and its controllers, from the programs in KUBEBUILDER_ASSETS, which takes
 * the tokens of the emulator's Entra as AKS takes those of the real one.
 */
public final class RealCluster implements AutoCloseable {
    /** The Entra application that stands for all AKS clusters. */
    private static final String AUDIENCE = "6dae42f8-4368-4678-94ff-3960e28e3630";

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Path assets;
    private final Path folder;
    private final URI server;
    private final List<Process> processes = new ArrayList<>();

    private RealCluster(Path assets, Path folder, URI server) {
        this.assets = assets;
        this.folder = folder;
        this.server = server;
    }

    /** Where the programs are, if anybody has said so. */
    public static Optional<Path> assets() {
        return Optional.ofNullable(System.getenv("KUBEBUILDER_ASSETS"))
                .map(Path::of)
                .filter(dir -> Files.isExecutable(dir.resolve("kube-apiserver")));
    }

    /** Once more if it does not come up: a port that was free may be somebody else's by then. */
    public static RealCluster start(Emulator emulator) {
        try {
            return startOnce(emulator);
        } catch (IllegalStateException failed) {
            return startOnce(emulator);
        }
    }

    private static RealCluster startOnce(Emulator emulator) {
        Path assets =
                assets().orElseThrow(() -> new IllegalStateException("KUBEBUILDER_ASSETS names no kube-apiserver"));
        try {
            List<Integer> ports = freePorts(4);
            RealCluster cluster = new RealCluster(
                    assets, Files.createTempDirectory("real-cluster"), URI.create("https://127.0.0.1:" + ports.get(0)));
            try {
                cluster.begin(emulator, ports);
            } catch (RuntimeException | IOException failed) {
                cluster.close();
                throw failed;
            }
            return cluster;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    public URI server() {
        return server;
    }

    public String caPem() {
        return read("ca.crt");
    }

    public String adminCertificatePem() {
        return read("admin.crt");
    }

    public String adminKeyPem() {
        return read("admin.key");
    }

    /** The administrator's. */
    public Path kubeconfig() {
        return folder.resolve("admin.kubeconfig");
    }

    /** The folder of kubectl and the others. */
    public Path programs() {
        return assets;
    }

    /** Lets it stand for a cluster of the emulator. */
    public void standFor(Emulator emulator, String clusterId) {
        emulator.useApiServer(clusterId, server, caPem(), adminCertificatePem(), adminKeyPem());
    }

    /** Gives a principal a cluster role, by its object id. */
    public void bind(String objectId, String clusterRole) {
        kubectl(
                "create",
                "clusterrolebinding",
                clusterRole + "-" + objectId,
                "--clusterrole=" + clusterRole,
                "--user=" + objectId);
    }

    public void unbind(String objectId, String clusterRole) {
        kubectl("delete", "clusterrolebinding", clusterRole + "-" + objectId);
    }

    public void apply(String manifest) {
        try {
            kubectl(
                    "apply",
                    "-f",
                    Files.writeString(folder.resolve("manifest.yaml"), manifest).toString());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Runs what an administrator would copy into a shell. */
    public void shell(String commands) {
        run(List.of(
                "sh", "-ec", "export KUBECONFIG='" + kubeconfig() + "' PATH='" + assets + "':\"$PATH\"\n" + commands));
    }

    /** What kubectl prints for the administrator; its failure is an exception with the same text. */
    public String kubectl(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                assets.resolve("kubectl").toString(),
                "--kubeconfig",
                kubeconfig().toString()));
        Collections.addAll(command, arguments);
        return run(command);
    }

    @Override
    public void close() {
        Collections.reverse(processes);
        for (Process process : processes) {
            process.destroy();
            try {
                if (!process.waitFor(10, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException stopped) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
        try (Stream<Path> paths = Files.walk(folder)) {
            paths.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void begin(Emulator emulator, List<Integer> ports) throws IOException {
        certificates();
        Path trust = Files.writeString(folder.resolve("emulator.crt"), emulator.certificate());
        String etcd = "http://127.0.0.1:" + ports.get(1);
        String peer = "http://127.0.0.1:" + ports.get(2);
        launch(
                "etcd",
                "--name=t",
                "--data-dir=" + folder.resolve("etcd"),
                "--listen-client-urls=" + etcd,
                "--advertise-client-urls=" + etcd,
                "--listen-peer-urls=" + peer,
                "--initial-advertise-peer-urls=" + peer,
                "--initial-cluster=t=" + peer,
                "--logger=zap",
                "--log-level=warn");
        launch(
                "kube-apiserver",
                "--etcd-servers=" + etcd,
                "--bind-address=127.0.0.1",
                "--advertise-address=127.0.0.1",
                "--endpoint-reconciler-type=none",
                "--secure-port=" + server.getPort(),
                "--cert-dir=" + folder,
                "--tls-cert-file=" + folder.resolve("apiserver.crt"),
                "--tls-private-key-file=" + folder.resolve("apiserver.key"),
                "--client-ca-file=" + folder.resolve("ca.crt"),
                // As in AKS.
                "--anonymous-auth=false",
                "--authorization-mode=RBAC",
                "--service-cluster-ip-range=10.0.0.0/24",
                "--service-account-issuer=" + server,
                "--service-account-signing-key-file=" + folder.resolve("sa.key"),
                "--service-account-key-file=" + folder.resolve("sa.key"),
                "--api-audiences=" + server,
                // Exactly as in the tokens, the slash at the end included.
                "--oidc-issuer-url=" + issuer(emulator),
                "--oidc-client-id=" + AUDIENCE,
                "--oidc-username-claim=oid",
                "--oidc-username-prefix=-",
                "--oidc-groups-claim=groups",
                "--oidc-ca-file=" + trust);
        await("get", "--raw", "/readyz");
        launch(
                "kube-controller-manager",
                "--kubeconfig=" + kubeconfig(),
                "--bind-address=127.0.0.1",
                "--secure-port=" + ports.get(3),
                // Else it takes 10252 as well, on which only one of a machine's can listen.
                "--port=0",
                "--cert-dir=" + folder,
                "--leader-elect=false",
                "--use-service-account-credentials=true",
                "--service-account-private-key-file=" + folder.resolve("sa.key"),
                "--root-ca-file=" + folder.resolve("ca.crt"),
                "--authentication-skip-lookup=true",
                "--resource-quota-sync-period=5s",
                "--controllers=namespace,serviceaccount,serviceaccount-token,resourcequota,clusterrole-aggregation");
        await("-n", "default", "get", "sa", "default");
        awaitDiscovery(emulator);
    }

    /** The API server first asks the issuer some ten seconds after its start; until then it refuses every token. */
    private static void awaitDiscovery(Emulator emulator) {
        Instant limit = Instant.now().plus(PATIENCE);
        while (emulator.requests()
                .matching(request -> request.path().endsWith("/.well-known/openid-configuration"))
                .isEmpty()) {
            if (Instant.now().isAfter(limit)) {
                throw new IllegalStateException("The API server did not ask the emulator for its OpenID configuration");
            }
            pause(100);
        }
        // The request is on record before its answer has arrived.
        pause(500);
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    /** The sample tenant's. */
    private static String issuer(Emulator emulator) {
        return emulator.uri() + "/" + Estates.TENANT + "/";
    }

    private void certificates() throws IOException {
        key("ca");
        openssl("req -x509 -new -key ca.key -sha256 -days 30 -subj /CN=test-ca -out ca.crt"
                + " -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign,digitalSignature");
        leaf(
                "apiserver",
                "/CN=kube-apiserver",
                "subjectAltName=IP:127.0.0.1,IP:10.0.0.1,DNS:localhost\nextendedKeyUsage=serverAuth");
        leaf("admin", "/O=system:masters/CN=admin", "extendedKeyUsage=clientAuth");
        key("sa");
        Files.writeString(
                kubeconfig(), """
                apiVersion: v1
                kind: Config
                current-context: test
                clusters: [{name: test, cluster: {server: "%s", certificate-authority-data: %s}}]
                contexts: [{name: test, context: {cluster: test, user: admin}}]
                users: [{name: admin, user: {client-certificate-data: %s, client-key-data: %s}}]
                """.formatted(server, base64("ca.crt"), base64("admin.crt"), base64("admin.key")));
    }

    private void leaf(String name, String subject, String extensions) throws IOException {
        key(name);
        openssl("req -new -key " + name + ".key -subj " + subject + " -out " + name + ".csr");
        Files.writeString(folder.resolve(name + ".ext"), extensions);
        openssl("x509 -req -in " + name + ".csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 30 -sha256 -out " + name
                + ".crt -extfile " + name + ".ext");
    }

    private void key(String name) {
        openssl("ecparam -name prime256v1 -genkey -noout -out " + name + ".key");
    }

    private void openssl(String arguments) {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(Arrays.asList(arguments.split(" ")));
        run(command);
    }

    private void launch(String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(assets.resolve(program).toString()));
        Collections.addAll(command, arguments);
        processes.add(new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log(program).toFile())
                .start());
    }

    private void await(String... arguments) throws IOException {
        Instant limit = Instant.now().plus(PATIENCE);
        while (true) {
            try {
                kubectl(arguments);
                return;
            } catch (IllegalStateException notYet) {
                if (Instant.now().isAfter(limit) || !processes.stream().allMatch(Process::isAlive)) {
                    throw new IllegalStateException(
                            "The API server did not come up: " + tail(log("kube-apiserver")), notYet);
                }
            }
        }
    }

    private String run(List<String> command) {
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
            // kubectl keeps what it discovers under the home directory.
            builder.environment().put("HOME", folder.toString());
            Process process = builder.start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(command.get(0) + " failed: " + output.strip());
            }
            return output;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    private Path log(String program) {
        return folder.resolve(program + ".log");
    }

    private static String tail(Path log) throws IOException {
        String text = Files.exists(log) ? Files.readString(log) : "";
        return text.substring(Math.max(0, text.length() - 2000));
    }

    private String read(String file) {
        try {
            return Files.readString(folder.resolve(file));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private String base64(String file) {
        return Base64.getEncoder().encodeToString(read(file).getBytes(StandardCharsets.UTF_8));
    }

    /** Free now; taken by somebody else only with bad luck. */
    private static List<Integer> freePorts(int count) throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            return sockets.stream().map(ServerSocket::getLocalPort).toList();
        } finally {
            for (ServerSocket socket : sockets) {
                socket.close();
            }
        }
    }
}
