package io.github.acrattach.adapter.kubernetes.delivery;

import static io.github.acrattach.adapter.azure.Answered.found;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.Estates;
import io.github.acrattach.adapter.kubernetes.access.ApiRequest;
import io.github.acrattach.adapter.kubernetes.manifest.DockerConfig;
import io.github.acrattach.adapter.kubernetes.manifest.PullSecretManifest;
import io.github.acrattach.domain.Cluster;
import io.github.acrattach.domain.ClusterNamespace;
import io.github.acrattach.domain.Held;
import io.github.acrattach.domain.NamespaceOutcome;
import io.github.acrattach.domain.NamespaceOutcome.State;
import io.github.acrattach.domain.PullSecret;
import io.github.acrattach.domain.ReferenceTerms;
import io.github.acrattach.domain.Samples;
import io.github.acrattach.domain.ServiceAccountPatterns;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** A cluster, a way that leads into it, and what the tests do there. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class RouteChecks {

    static final ReferenceTerms DEFAULT = accounts("default");
    static final PullSecret SECRET = ClusterUnderTest.secret("password1@1", ClusterUnderTest.VALUE);

    static final PullSecret NEWER = ClusterUnderTest.secret("password2@2", "newer");

    /** For what takes longest. */
    static final int LAST = Integer.MAX_VALUE;

    /** Quotes, line breaks, the separator of YAML documents, a shell's and a template's marks, JSON, and our own output. */
    static final String HOSTILE = "\"}]},\"x\":[{\"a\":\"'\n---\n"
            + "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: planted, namespace: default}\n---\n"
            + "$(kubectl create serviceaccount planted); `kubectl create serviceaccount planted` '"
            + "{{range .}}planted{{end}} %s %d \\\nN planted + @\nF 0 Forbidden\nT 1 1\nEND\n"
            + "Error from server (NotFound): planted\nError from server (AlreadyExists): planted\n";

    private final List<String> printed = new CopyOnWriteArrayList<>();
    private ClusterUnderTest cluster;

    @BeforeAll
    void start() {
        cluster = ClusterUnderTest.start(estate -> {});
        cluster.real.ifPresent(real -> real.bind(Estates.PROGRAM, "cluster-admin"));
        if (byCommand()) {
            assumeTrue(cluster.real.isPresent(), "the emulator has no kubectl of its own: set KUBEBUILDER_ASSETS");
            cluster.azure.requests().watch((request, answer) -> {
                if (request.path().contains("/commandResults/") && answer.status() == 200) {
                    printed.add(JsonFields.text(
                                    JsonFields.object(new String(answer.body(), StandardCharsets.UTF_8)),
                                    "properties",
                                    "logs")
                            .orElseThrow());
                }
            });
        }
    }

    /** Whether kubectl does it in a command pod, which takes a tenth of a second of a processor for each write. */
    boolean byCommand() {
        return way().apiServer().isPrivate();
    }

    @AfterAll
    void stop() {
        cluster.close();
    }

    /** The cluster, with a door for the test itself. */
    ClusterUnderTest cluster() {
        return cluster;
    }

    /** The cluster as the use cases know it: how it is known decides on the way. */
    abstract Cluster way();

    /** What commands have printed so far; Azure keeps it. */
    List<String> printed() {
        return printed;
    }

    KubernetesPullSecrets secrets() {
        return cluster().secrets();
    }

    /** Those alone are to refer to the secret. */
    static ReferenceTerms accounts(String... patterns) {
        return new ReferenceTerms(ServiceAccountPatterns.of(List.of(patterns)), true);
    }

    NamespaceOutcome store(String namespace) {
        return store(SECRET, namespace);
    }

    NamespaceOutcome store(PullSecret secret, String namespace) {
        return store(secret, DEFAULT, namespace);
    }

    NamespaceOutcome store(PullSecret secret, ReferenceTerms references, String namespace) {
        return store(secret, references, Set.of(namespace)).get(0);
    }

    List<NamespaceOutcome> store(PullSecret secret, ReferenceTerms references, Set<String> namespaces) {
        return found(secrets().store(way(), secret, namespaces, Set.of(), references));
    }

    List<NamespaceOutcome> clear() {
        return found(secrets().clear(way(), Samples.OWNER, List.of()));
    }

    ClusterNamespace look(String namespace) {
        return look(Set.of(namespace)).get(0);
    }

    /** In the order of the names. */
    List<ClusterNamespace> look(Set<String> namespaces) {
        return found(secrets().in(way(), Samples.OWNER, DEFAULT.accounts(), Set.of("team"))).stream()
                .filter(each -> namespaces.contains(each.name()))
                .toList();
    }

    Held.Ours ours(String namespace) {
        return (Held.Ours) look(namespace).held();
    }

    List<String> names(ObjectNode account) {
        return JsonFields.objects(account, "imagePullSecrets").stream()
                .map(each -> each.get("name").asText())
                .toList();
    }

    String version(String namespace, String resource, String name) {
        return JsonFields.text(cluster().get(namespace, resource, name), "metadata", "resourceVersion")
                .orElseThrow();
    }

    /** What stands in the namespace, seen by its administrator. */
    String value(String namespace) {
        return config(namespace).password().reveal();
    }

    DockerConfig config(String namespace) {
        return DockerConfig.read(JsonFields.text(
                                cluster().get(namespace, ApiRequest.SECRETS, ClusterUnderTest.NAME),
                                "data",
                                PullSecretManifest.DATA)
                        .orElseThrow())
                .orElseThrow();
    }

    static Map<String, State> states(List<NamespaceOutcome> ends) {
        Map<String, State> states = new TreeMap<>();
        ends.forEach(end -> states.put(end.namespace(), end.state()));
        return states;
    }

    void assertNothingPlanted(Set<String> namespaces) {
        Stream.concat(Stream.of("default"), namespaces.stream())
                .forEach(namespace -> assertThat(cluster().find(namespace, ApiRequest.SERVICE_ACCOUNTS, "planted"))
                        .isEmpty());
    }
}
