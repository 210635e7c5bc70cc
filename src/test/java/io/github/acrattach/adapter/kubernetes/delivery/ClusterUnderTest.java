package io.github.acrattach.adapter.kubernetes.delivery;

import static io.github.acrattach.adapter.azure.Answered.found;

import com.azure.resourcemanager.containerservice.fluent.models.ManagedClusterInner;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.AdmissionWebhook;
import io.github.acrattach.Estates;
import io.github.acrattach.RealCluster;
import io.github.acrattach.adapter.azure.Azure;
import io.github.acrattach.adapter.azure.AzureAt;
import io.github.acrattach.adapter.azure.ManagedClusters;
import io.github.acrattach.adapter.kubernetes.access.ApiRequest;
import io.github.acrattach.adapter.kubernetes.access.ApiServer;
import io.github.acrattach.adapter.kubernetes.access.ApiServers;
import io.github.acrattach.adapter.kubernetes.access.ClusterCredentials;
import io.github.acrattach.adapter.kubernetes.access.Connections;
import io.github.acrattach.adapter.kubernetes.access.Kubeconfig;
import io.github.acrattach.adapter.kubernetes.access.KubernetesDiagnosis;
import io.github.acrattach.adapter.kubernetes.access.KubernetesFailure;
import io.github.acrattach.adapter.kubernetes.access.KubernetesRights;
import io.github.acrattach.adapter.kubernetes.access.KubernetesSettings;
import io.github.acrattach.adapter.kubernetes.access.RunCommand;
import io.github.acrattach.concurrent.Deadline;
import io.github.acrattach.concurrent.SideBySide;
import io.github.acrattach.domain.ApiServerProfile;
import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.Cluster;
import io.github.acrattach.domain.CredentialKey;
import io.github.acrattach.domain.CredentialKind;
import io.github.acrattach.domain.Pairing;
import io.github.acrattach.domain.Password;
import io.github.acrattach.domain.PullCredential;
import io.github.acrattach.domain.PullSecret;
import io.github.acrattach.domain.Samples;
import io.github.acrattach.domain.Secret;
import io.github.acrattach.emulator.Emulator;
import io.github.acrattach.emulator.EmulatorOptions;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The cluster aks-shop of the emulated Azure, and the adapter in front of it. Its API server is a real one when
 * KUBEBUILDER_ASSETS names one, and otherwise the emulator's.
 */
final class ClusterUnderTest implements AutoCloseable {

    static final String VALUE = "p4ss<w>rd&\"+/=\u00fc";
    static final String NAME = "acr-attach-acrshop";

    private static final Vertx VERTX = Vertx.vertx();

    final Emulator azure;
    final Optional<RealCluster> real;
    final ApiServer admin;
    private final ApiServerProfile apiServer;
    private Optional<AdmissionWebhook> webhook = Optional.empty();

    private ClusterUnderTest(Emulator azure, Optional<RealCluster> real) {
        this.azure = azure;
        this.real = real;
        apiServer = apiServer(azure);
        Kubeconfig config = found(credentials().admin(cluster()));
        try {
            admin = new ApiServer(
                    new Connections(VERTX).to(config),
                    config.user() instanceof Kubeconfig.User.Token user ? Optional.of(user.secret()) : Optional.empty(),
                    new KubernetesDiagnosis(
                            cluster(),
                            config.identity(),
                            new KubernetesRights(KubernetesRights.Way.API_SERVER, Samples.OWNER),
                            Optional::empty));
        } catch (Kubeconfig.Unreadable e) {
            throw new IllegalStateException(e);
        }
    }

    /** With what the estate is to have more or less. */
    static ClusterUnderTest start(Consumer<ObjectNode> change) {
        EmulatorOptions options = options(change);
        if (RealCluster.assets().isEmpty()) {
            return new ClusterUnderTest(Emulator.start(options), Optional.empty());
        }
        Emulator azure = Emulator.start(options.withKubectl(RealCluster.assets().get()));
        RealCluster real = RealCluster.start(azure);
        real.standFor(azure, Estates.cluster("aks-shop"));
        return new ClusterUnderTest(azure, Optional.of(real));
    }

    /** With nothing real in it. */
    static ClusterUnderTest emulated(Consumer<ObjectNode> change) {
        return new ClusterUnderTest(Emulator.start(options(change)), Optional.empty());
    }

    /** With a kubectl of the test's in the command pod. */
    static ClusterUnderTest withKubectl(Path folder) {
        return withKubectl(folder, estate -> {});
    }

    static ClusterUnderTest withKubectl(Path folder, Consumer<ObjectNode> change) {
        return new ClusterUnderTest(Emulator.start(options(change).withKubectl(folder)), Optional.empty());
    }

    private static EmulatorOptions options(Consumer<ObjectNode> change) {
        return EmulatorOptions.of(Estates.changed(estate -> {
            for (String role : List.of("Azure Kubernetes Service Cluster Admin Role", "Contributor")) {
                Estates.assign(estate, Estates.PROGRAM, role, "/subscriptions/" + Estates.PRODUCTION);
            }
            change.accept(estate);
        }));
    }

    ClusterCredentials credentials() {
        Azure signedIn = AzureAt.emulator(azure);
        return new ClusterCredentials(signedIn, new ManagedClusters(signedIn));
    }

    RunCommand runCommand() {
        Azure signedIn = AzureAt.emulator(azure);
        return new RunCommand(signedIn, new ManagedClusters(signedIn));
    }

    KubernetesPullSecrets secrets() {
        return secrets(false, true);
    }

    KubernetesPullSecrets secrets(boolean adminAllowed, boolean commandsAllowed) {
        return secrets(adminAllowed, commandsAllowed, List.of("*"));
    }

    KubernetesPullSecrets secrets(boolean adminAllowed, boolean commandsAllowed, List<String> entraClusters) {
        Azure signedIn = AzureAt.emulator(azure);
        ManagedClusters clusters = new ManagedClusters(signedIn);
        ClusterCredentials credentials = new ClusterCredentials(signedIn, clusters);
        KubernetesSettings settings = settings(adminAllowed, commandsAllowed, entraClusters);
        return new KubernetesPullSecrets(
                signedIn,
                new ApiServers(signedIn, credentials, settings, VERTX),
                new RunCommand(signedIn, clusters),
                settings,
                Samples.VERSION);
    }

    private static KubernetesSettings settings(
            boolean adminAllowed, boolean commandsAllowed, List<String> entraClusters) {
        return new KubernetesSettings() {
            @Override
            public boolean adminCredential() {
                return adminAllowed;
            }

            @Override
            public boolean runCommand() {
                return commandsAllowed;
            }

            @Override
            public Optional<List<String>> runCommandEntraClusters() {
                return Optional.of(entraClusters);
            }
        };
    }

    Cluster cluster() {
        return with(apiServer);
    }

    /** The same, as if it had no public address. */
    Cluster privateCluster() {
        return with(new ApiServerProfile(apiServer.hosts(), true, apiServer.asksEntra()));
    }

    /** The same, of which ARM tells something else. */
    static Cluster with(ApiServerProfile apiServer) {
        return Samples.cluster(
                Samples.CLUSTER,
                Samples.cluster().tags(),
                Samples.cluster().state(),
                Samples.cluster().identity(),
                apiServer);
    }

    private static ApiServerProfile apiServer(Emulator azure) {
        ManagedClusterInner shown = new ManagedClusters(AzureAt.emulator(azure))
                .in(Samples.SUBSCRIPTION)
                .getByResourceGroup(Samples.CLUSTER.resourceGroup(), Samples.CLUSTER.name());
        return new ApiServerProfile(
                Stream.of(shown.fqdn(), shown.privateFqdn())
                        .filter(Objects::nonNull)
                        .collect(Collectors.toSet()),
                false,
                shown.aadProfile() != null);
    }

    /** The part of a fix that runs in a cluster, word for word, by the administrator. */
    void runByHand(String commands) {
        real.orElseThrow().shell(commands);
    }

    static PullSecret secret(String password, String value) {
        return secret(Samples.REGISTRY, password, value);
    }

    static PullSecret secret(ArmId registry, String password, String value) {
        CredentialKey key = new CredentialKey(new Pairing(Samples.CLUSTER, registry), CredentialKind.ACR_TOKEN);
        Password listed =
                new Password(password, Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2026-04-01T00:00:00Z"));
        return new PullSecret(
                new PullCredential(key, key.name(), "token", Optional.empty(), Optional.empty(), List.of(listed)),
                listed,
                new Secret(value),
                "acrshop.azurecr.io");
    }

    /** A registry of another name. */
    static ArmId registry(String name) {
        return ArmId.parse(Samples.REGISTRY.toString().replace("acrshop", name));
    }

    /** A namespace of a name that begins so, which has its default service account. */
    String namespace(String prefix) {
        String name = emptyNamespace(prefix);
        awaitAccounts(Set.of(name));
        return name;
    }

    /** One that something keeps when it is deleted. */
    String lastingNamespace(String prefix) {
        return makeNamespace(prefix, "\"finalizers\":[\"example.com/stays\"]");
    }

    /** One in which the webhook is asked. */
    String judgedNamespace(String prefix) {
        String name = makeNamespace(prefix, "\"labels\":{\"" + AdmissionWebhook.JUDGED + "\":\"yes\"}");
        awaitAccounts(Set.of(name));
        return name;
    }

    String emptyNamespace(String prefix) {
        return makeNamespace(prefix, "\"labels\":{\"team\":\"shop\"}");
    }

    /** Many at once, each with its default service account: Kubernetes' controller makes but twenty of them a second. */
    Set<String> namespaces(String prefix, int count) {
        List<String> names = SideBySide.each(Collections.nCopies(count, prefix), this::emptyNamespace);
        SideBySide.each(names, name -> {
            try {
                return admin.change(ApiRequest.create(
                        ApiRequest.SERVICE_ACCOUNTS, name, JsonFields.object("{'metadata':{'name':'default'}}")));
            } catch (KubernetesFailure failure) {
                if (!failure.conflict()) {
                    throw new IllegalStateException(failure.getMessage(), failure);
                }
                return JsonFields.object("{}");
            }
        });
        return new TreeSet<>(names);
    }

    /** Only a real API server asks one. */
    AdmissionWebhook webhook() {
        if (webhook.isEmpty()) {
            webhook = Optional.of(new AdmissionWebhook(real.orElseThrow()));
            String namespace = judgedNamespace("probe");
            for (int i = 0; !webhook.get().isAsked(); i++) {
                create(namespace, ApiRequest.SERVICE_ACCOUNTS, "{\"metadata\":{\"name\":\"probe-" + i + "\"}}");
            }
        }
        return webhook.get();
    }

    /**
     * Has somebody else do something once this program has looked, and before what it then asks for is done: a real API
     * server asks the webhook in the middle of a write, the emulator holds back what the look is answered with.
     */
    void inBetween(String judgedNamespace, String resource, Runnable deed) {
        AtomicBoolean done = new AtomicBoolean();
        Runnable once = () -> {
            if (done.compareAndSet(false, true)) {
                deed.run();
            }
        };
        if (real.isPresent()) {
            webhook().judge(judgedNamespace, resource, object -> {
                once.run();
                return Optional.of(AdmissionWebhook.allowed());
            });
        } else {
            azure.requests().watch((request, answer) -> {
                if (request.method().equals("GET")
                        && request.path().contains("/namespaces/" + judgedNamespace + '/' + resource)) {
                    once.run();
                }
            });
        }
    }

    private String makeNamespace(String prefix, String metadata) {
        String name = prefix + '-' + UUID.randomUUID().toString().substring(0, 8);
        create(
                "",
                ApiRequest.NAMESPACES,
                "{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"name\":\"" + name + "\"," + metadata
                        + "}}");
        return name;
    }

    void awaitAccounts(Set<String> namespaces) {
        namespaces.forEach(name -> {
            while (find(name, ApiRequest.SERVICE_ACCOUNTS, "default").isEmpty()) {
                Deadline.pause(Duration.ofMillis(20));
            }
        });
    }

    ObjectNode create(String namespace, String resource, String json) {
        ObjectNode manifest = JsonFields.object(json);
        return (ObjectNode) done(() -> admin.change(
                namespace.isEmpty()
                        ? new ApiRequest(
                                ApiRequest.Verb.CREATE,
                                resource,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(manifest))
                        : ApiRequest.create(resource, namespace, manifest)));
    }

    Optional<ObjectNode> find(String namespace, String resource, String name) {
        return done(() -> admin.find(ApiRequest.get(resource, namespace, name))).map(ObjectNode.class::cast);
    }

    void delete(String namespace, String resource, String name) {
        ObjectNode there = get(namespace, resource, name);
        done(() -> admin.change(ApiRequest.delete(
                resource,
                namespace,
                name,
                JsonFields.text(there, "metadata", "uid").orElseThrow(),
                JsonFields.text(there, "metadata", "resourceVersion").orElseThrow())));
    }

    ObjectNode get(String namespace, String resource, String name) {
        return find(namespace, resource, name).orElseThrow();
    }

    /** Makes it what the JSON says, by a patch of all that differs. */
    ObjectNode replace(String namespace, String resource, ObjectNode json) {
        String name = JsonFields.text(json, "metadata", "name").orElseThrow();
        ObjectNode patch = difference(get(namespace, resource, name), json);
        return (ObjectNode) done(() -> admin.change(ApiRequest.patch(resource, namespace, name, patch)));
    }

    private static ObjectNode difference(ObjectNode before, ObjectNode after) {
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        before.fieldNames().forEachRemaining(key -> {
            if (!after.has(key)) {
                patch.putNull(key);
            }
        });
        after.properties().forEach(field -> {
            if (field.getValue() instanceof ObjectNode inner
                    && before.get(field.getKey()) instanceof ObjectNode innerBefore) {
                ObjectNode innerPatch = difference(innerBefore, inner);
                if (!innerPatch.isEmpty()) {
                    patch.set(field.getKey(), innerPatch);
                }
            } else if (!field.getValue().equals(before.get(field.getKey()))) {
                patch.set(field.getKey(), field.getValue());
            }
        });
        return patch;
    }

    void deleteNamespace(String name) {
        done(() -> admin.change(new ApiRequest(
                ApiRequest.Verb.DELETE, ApiRequest.NAMESPACES, Optional.empty(), Optional.of(name), Optional.empty())));
    }

    /** Something that the administrator does. */
    private interface Deed<T> {
        T done() throws KubernetesFailure;
    }

    private static <T> T done(Deed<T> deed) {
        try {
            return deed.done();
        } catch (KubernetesFailure e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        webhook.ifPresent(AdmissionWebhook::close);
        real.ifPresent(RealCluster::close);
        azure.close();
    }
}
