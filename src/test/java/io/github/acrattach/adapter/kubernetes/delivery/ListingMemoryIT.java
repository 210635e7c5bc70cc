package io.github.acrattach.adapter.kubernetes.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.github.acrattach.adapter.kubernetes.access.ApiServer;
import io.github.acrattach.adapter.kubernetes.access.Connections;
import io.github.acrattach.adapter.kubernetes.access.Kubeconfig;
import io.github.acrattach.adapter.kubernetes.access.KubernetesDiagnosis;
import io.github.acrattach.adapter.kubernetes.access.KubernetesRights;
import io.github.acrattach.domain.Samples;
import io.github.acrattach.domain.Secret;
import io.github.acrattach.emulator.http.Certificate;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Strangers' annotations cost no memory, however long: a program with a heap that could not hold them looks at a cluster. */
@Isolated("Its programs collect garbage all the time, and the client has a time limit")
class ListingMemoryIT {

    /** 14 MB are needed to start and to look at small ones; a list of large ones has 15 MB. */
    private static final String HEAP = "-Xmx26m";

    private static final int NAMESPACES = 500;

    /** Takes 5 s of a processor. */
    @Test
    void largeNamespacesNeedNoMoreThanSmallOnes(@TempDir Path folder) throws IOException {
        Path authority = Files.writeString(
                folder.resolve("ca.pem"), Certificate.ofThisProcess().pem());
        String reference = ",{'name':'" + "x".repeat(253) + "'}";
        assertThat(List.of(
                        look("x".repeat(10), "", authority),
                        look("x".repeat(30_000), "", authority),
                        look("", reference.repeat(199), authority)))
                .containsOnly(NAMESPACES + " namespaces, " + NAMESPACES + " service accounts");
    }

    /** What the program printed, which ends at once when its heap is full. */
    private static String look(String annotation, String references, Path authority) throws IOException {
        HttpsServer server = server(annotation, references);
        try {
            Process look = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            HEAP,
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+ExitOnOutOfMemoryError",
                            "-Djava.util.logging.manager=" + System.getProperty("java.util.logging.manager"),
                            "-cp",
                            System.getProperty("java.class.path"),
                            Look.class.getName(),
                            "https://localhost:" + server.getAddress().getPort(),
                            authority.toString())
                    .redirectErrorStream(true)
                    .start();
            return new String(look.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        } finally {
            server.stop(0);
            ((ExecutorService) server.getExecutor()).shutdownNow();
        }
    }

    /** An API server that streams its lists, and knows no secret. */
    private static HttpsServer server(String annotation, String references) throws IOException {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        server.setHttpsConfigurator(
                new HttpsConfigurator(Certificate.ofThisProcess().tls()));
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/api/v1/", exchange -> answer(exchange, 404, "{}"));
        server.createContext("/api/v1/namespaces", exchange -> {
            if (exchange.getRequestURI().getPath().endsWith("/namespaces")) {
                list(exchange, "'name':'n-%d','labels':{'team':'shop'},'annotations':{'note':'" + annotation + "'}}");
            } else {
                answer(exchange, 404, "{}");
            }
        });
        server.createContext(
                "/api/v1/serviceaccounts",
                exchange -> list(
                        exchange,
                        "'name':'default','namespace':'n-%d','annotations':{'acr-attach/added':'"
                                + ClusterUnderTest.NAME + "','note':'" + annotation
                                + "'}},'imagePullSecrets':[{'name':'"
                                + ClusterUnderTest.NAME + "'}" + references + "]"));
        server.start();
        return server;
    }

    private static void list(HttpExchange exchange, String fields) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream body = exchange.getResponseBody()) {
            body.write("{\"kind\":\"List\",\"metadata\":{},\"items\":[".getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < NAMESPACES; i++) {
                String item = (i == 0 ? "" : ",") + "{'metadata':{" + fields.formatted(i) + "}";
                body.write(item.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
            }
            body.write("]}".getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    /** The program. */
    static final class Look {

        private Look() {}

        public static void main(String[] arguments) throws Exception {
            Kubeconfig config = new Kubeconfig(
                    URI.create(arguments[0]),
                    Files.readAllBytes(Path.of(arguments[1])),
                    new Kubeconfig.User.Token(new Secret("any")));
            ApiServer server = new ApiServer(
                    /* Users' certificates are read with Vert.x, and there are none. */ new Connections(null)
                            .to(config),
                    Optional.of(new Secret("any")),
                    new KubernetesDiagnosis(
                            Samples.cluster(),
                            config.identity(),
                            new KubernetesRights(KubernetesRights.Way.API_SERVER, Samples.OWNER),
                            Optional::empty));
            List<ObservedNamespace> observed = new ApiServerRoute(server)
                    .observe(new Observation(
                            ClusterUnderTest.NAME, Optional.empty(), Set.of("team"), Optional.empty(), true));
            long labelled = observed.stream()
                    .filter(each -> each.labels().equals(Map.of("team", "shop")))
                    .count();
            long accounts = observed.stream()
                    .mapToLong(each -> each.serviceAccounts().size())
                    .sum();
            System.out.println(labelled + " namespaces, " + accounts + " service accounts");
            System.exit(0);
        }
    }
}
