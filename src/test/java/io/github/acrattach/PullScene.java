package io.github.acrattach;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.Emulator;
import io.github.acrattach.emulator.EmulatorOptions;
import io.github.acrattach.emulator.arm.authorization.RoleAssignment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * What a pull takes: the cluster aks-shop and the registry acrshop of the emulated Azure. Where KUBEBUILDER_ASSETS names a
 * real API server it stands for the cluster, and where docker-registry and skopeo are installed they stand for registry
 * and node; otherwise the emulator's own do. The program has the rights that the templates give for both methods, and no other.
 */
final class PullScene implements AutoCloseable {

    static final String SECRET = "acr-attach-acrshop";
    static final String IMAGE = "shop/web:1.0";
    private static final String KUBERNETES = "6dae42f8-4368-4678-94ff-3960e28e3630";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Tells what the program may do in a cluster, word for word as docs/permissions.md does. */
    private static final Path CLUSTER_ROLE = Path.of("docs", "kubernetes-role.yaml");

    final Emulator azure;
    private final Optional<RealRegistry> registry;
    private final Optional<RealCluster> cluster;
    private final Map<Map<String, String>, PackagedProgram> programs = new HashMap<>();
    private final HttpClient http =
            HttpClient.newBuilder().sslContext(trusting()).build();

    private PullScene(Emulator azure, Optional<RealRegistry> registry, Optional<RealCluster> cluster) {
        this.azure = azure;
        this.registry = registry;
        this.cluster = cluster;
    }

    static PullScene start() {
        return start(estate -> {}, options -> options);
    }

    /** With what the estate is to have more or less, and how Azure is to behave. */
    static PullScene start(Consumer<ObjectNode> change, UnaryOperator<EmulatorOptions> behaviour) {
        Optional<RealRegistry> registry =
                RealRegistry.isInstalled() ? Optional.of(RealRegistry.start()) : Optional.empty();
        registry.ifPresent(real -> real.seed("shop/web", "1.0"));
        EmulatorOptions options = behaviour.apply(EmulatorOptions.of(Estates.changed(estate -> {
            registry.ifPresent(
                    real -> ((ObjectNode) Estates.resource(estate, "acrshop").path("properties"))
                            .put("loginServer", real.loginServer()));
            rights(estate);
            change.accept(estate);
        })));
        Emulator azure =
                Emulator.start(RealCluster.assets().map(options::withKubectl).orElse(options));
        registry.ifPresent(real -> real.protect(azure));
        if (RealCluster.assets().isEmpty()) {
            return new PullScene(azure, registry, Optional.empty());
        }
        RealCluster real = RealCluster.start(azure);
        real.standFor(azure, Estates.cluster("aks-shop"));
        real.apply(read(CLUSTER_ROLE));
        real.bind(Estates.PROGRAM, "acr-attach");
        real.bind(Estates.OWNER, "cluster-admin");
        return new PullScene(azure, registry, Optional.of(real));
    }

    /** With nothing real in it: quick to start, and free to be deleted. */
    static PullScene emulated(Consumer<ObjectNode> change) {
        return new PullScene(
                Emulator.start(EmulatorOptions.of(
                        Estates.changed(((Consumer<ObjectNode>) PullScene::rights).andThen(change)))),
                Optional.empty(),
                Optional.empty());
    }

    /** Those of the program, and those of the administrator of the clusters. */
    private static void rights(ObjectNode estate) {
        InstalledRights.withApplications("two-subscriptions").accept(estate);
        Estates.assign(
                estate,
                Estates.OWNER,
                "Azure Kubernetes Service RBAC Cluster Admin",
                "/subscriptions/" + Estates.PRODUCTION);
    }

    /** Back to the estate that it began with; the programs run on. */
    void reset() {
        azure.reset();
    }

    /**
     * The program with these settings, by default with a rule that lets aks-shop pull from acrshop by a secret; it is
     * started once, and runs as long as the scene.
     */
    PackagedProgram program(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(PackagedProgram.BY_TEAM);
        all.put("ACR_ATTACH_RULES_TEAM_METHOD", "secret");
        registry.ifPresent(real -> {
            all.put("ACR_ATTACH_AZURE_ENDPOINTS_REGISTRY", "https://" + real.loginServer());
            all.put("ACR_ATTACH_AZURE_TRUSTED_CERTIFICATES", real.trusted().toString());
        });
        all.putAll(settings);
        return programs.computeIfAbsent(all, each -> PackagedProgram.start(azure, each));
    }

    /** Whether a node pulls with the secret as it stands in the namespace. */
    boolean pulls(String namespace) {
        return pulls(dockerConfig(namespace));
    }

    /** Whether a node pulls with the content of a secret. */
    boolean pulls(JsonNode dockerConfig) {
        return registry.map(
                        real -> real.inspect(real.authFile(dockerConfig), IMAGE).exit() == 0)
                .orElseGet(() -> pullsFromEmulator(dockerConfig));
    }

    private boolean pullsFromEmulator(JsonNode dockerConfig) {
        String server = dockerConfig.path("auths").fieldNames().next();
        String auth = dockerConfig.path("auths").path(server).path("auth").asText();
        String[] image = IMAGE.split(":");
        return send(HttpRequest.newBuilder(azure.uri()
                                        .resolve("/_registries/" + server + "/v2/" + image[0] + "/manifests/"
                                                + image[1]))
                                .header("Authorization", "Basic " + auth))
                        .status()
                == 200;
    }

    /** The content of the pull secret in the namespace. */
    JsonNode dockerConfig(String namespace) {
        return dockerConfig(namespace, SECRET);
    }

    /** The content of a pull secret of another name. */
    JsonNode dockerConfig(String namespace, String secret) {
        String data = get("/api/v1/namespaces/" + namespace + "/secrets/" + secret)
                .path("data")
                .path(".dockerconfigjson")
                .asText();
        return json(new String(Base64.getDecoder().decode(data), StandardCharsets.UTF_8));
    }

    /** What the API server answers to its administrator. */
    JsonNode get(String path) {
        return kubernetes("GET", path, "").body();
    }

    /** What the API server answers when its administrator writes. */
    Answer kubernetes(String method, String path, String body) {
        String token = azure.tokenOf(Estates.OWNER, KUBERNETES);
        return send(HttpRequest.newBuilder(URI.create(server() + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body)));
    }

    /** What ARM answers to the owner of the subscription. */
    JsonNode arm(String path) {
        return arm("GET", path, "").body();
    }

    /** What ARM answers to the owner of the subscription, whatever the owner wants. */
    Answer arm(String method, String path, String body) {
        return send(HttpRequest.newBuilder(azure.uri().resolve(path + "?api-version=2025-11-01"))
                .header("Authorization", "Bearer " + azure.tokenOf(Estates.OWNER, "https://management.azure.com"))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body)));
    }

    /** What Graph answers to the program itself, which may look at all applications. */
    JsonNode graph(String path) {
        return graph("GET", path).body();
    }

    /** The same, whatever is done to what it owns: as a person may do it. */
    Answer graph(String method, String path) {
        return send(HttpRequest.newBuilder(azure.uri().resolve(path))
                .header("Authorization", "Bearer " + azure.tokenOf(Estates.PROGRAM, "https://graph.microsoft.com"))
                .method(method, HttpRequest.BodyPublishers.noBody()));
    }

    /** All that the program ever makes in Azure for acrshop. */
    List<String> made() {
        String registry = Estates.registry("acrshop");
        return Stream.of(
                        names(arm(registry + "/tokens"), "name"),
                        names(arm(registry + "/scopeMaps"), "name").filter(name -> !name.startsWith("_repositories")),
                        names(graph("/v1.0/applications?$filter=tags/any(t:t%20eq%20'acr-attach')"), "uniqueName"),
                        azure.roleAssignments().stream()
                                .map(RoleAssignment::id)
                                .filter(id -> id.contains("/registries/acrshop/")))
                .flatMap(each -> each)
                .toList();
    }

    private static Stream<String> names(JsonNode list, String field) {
        return StreamSupport.stream(list.path("value").spliterator(), false)
                .map(each -> each.path(field).asText());
    }

    /** Makes a namespace and waits for its default service account. */
    void namespace(String name) {
        kubernetes(
                "POST",
                "/api/v1/namespaces",
                "{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"name\":\"" + name + "\"}}");
        await(
                "the default service account of " + name,
                () -> kubernetes("GET", "/api/v1/namespaces/" + name + "/serviceaccounts/default", "")
                                .status()
                        == 200);
    }

    /** Waits until it holds. */
    static void await(String what, BooleanSupplier holds) {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("Not within a minute: " + what);
            }
            try {
                Thread.sleep(100);
            } catch (InterruptedException stopped) {
                throw new IllegalStateException(stopped);
            }
        }
    }

    private String server() {
        return cluster.map(real -> real.server().toString())
                .orElseGet(() -> send(HttpRequest.newBuilder(azure.uri().resolve("/_emulator/estate")))
                        .body()
                        .path("kubernetes")
                        .properties()
                        .stream()
                        .filter(each -> each.getKey().equalsIgnoreCase(Estates.cluster("aks-shop")))
                        .map(each -> each.getValue().path("server").asText())
                        .findFirst()
                        .orElseThrow());
    }

    /** A status and the JSON that came with it. */
    record Answer(int status, JsonNode body) {}

    private Answer send(HttpRequest.Builder request) {
        try {
            var answer = http.send(request.build(), BodyHandlers.ofString());
            return new Answer(answer.statusCode(), json(answer.body()));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text.isEmpty() ? "{}" : text);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The certificates are made for the test, and it is not about them. */
    private static SSLContext trusting() {
        TrustManager everybody = new X509TrustManager() {
            @Override
            public void checkClientTrusted(X509Certificate[] chain, String kind) {}

            @Override
            public void checkServerTrusted(X509Certificate[] chain, String kind) {}

            @Override
            public X509Certificate[] getAcceptedIssuers() {
                return new X509Certificate[0];
            }
        };
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {everybody}, null);
            return context;
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }

    @Override
    public void close() {
        programs.values().forEach(PackagedProgram::close);
        cluster.ifPresent(RealCluster::close);
        azure.close();
        registry.ifPresent(RealRegistry::close);
    }
}
