package io.github.acrattach.adapter.kubernetes;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.acrattach.adapter.azure.Azure;
import io.github.acrattach.adapter.azure.AzureAt;
import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.Cluster;
import io.github.acrattach.domain.CredentialKey;
import io.github.acrattach.domain.CredentialKind;
import io.github.acrattach.domain.Pairing;
import io.github.acrattach.domain.Password;
import io.github.acrattach.domain.ProvisioningState;
import io.github.acrattach.domain.PullCredential;
import io.github.acrattach.domain.PullIdentity;
import io.github.acrattach.domain.PullSecret;
import io.github.acrattach.domain.Samples;
import io.github.acrattach.domain.Secret;
import io.github.acrattach.emulator.Emulator;
import io.github.acrattach.emulator.EmulatorOptions;
import io.github.acrattach.emulator.estate.Estate;
import io.github.acrattach.emulator.frontdoor.Fault;
import io.github.acrattach.emulator.http.Answer;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A cluster whose kubeconfig the emulated Azure gives out, and the adapter in front of it. */
final class ClusterUnderTest implements AutoCloseable {

    static final String USER_CREDENTIAL = "listClusterUserCredential";
    static final String ADMIN_CREDENTIAL = "listClusterAdminCredential";
    static final String VALUE = "p4ss<w>rd&\"+/=\u00fc";
    static final String NAME = "acr-attach-acrshop";

    private static final Duration LONG = Duration.ofSeconds(60);

    final Emulator azure = Emulator.start(EmulatorOptions.of(Estate.sample()));
    final ApiServer admin;
    private final String kubeconfig;
    private Map<String, Boolean> settings = Map.of();

    ClusterUnderTest(String kubeconfig) {
        this.kubeconfig = kubeconfig;
        try {
            Kubeconfig config = Kubeconfig.read(kubeconfig.getBytes(StandardCharsets.UTF_8));
            admin = new ApiServer(
                    new Connections().to(config),
                    Optional.empty(),
                    new KubernetesDiagnosis(cluster(), config.identity(), Optional::empty));
        } catch (Kubeconfig.Unreadable e) {
            throw new IllegalStateException(e);
        }
        gives(USER_CREDENTIAL, kubeconfig);
    }

    static String file(String name) {
        try {
            return Files.readString(Path.of(System.getenv("TEST_CLUSTER"), name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void gives(String which, String yaml) {
        String value = Base64.getEncoder().encodeToString(yaml.getBytes(StandardCharsets.UTF_8));
        azure.faults()
                .add(Fault.reply(
                        which,
                        Answer.text(
                                200,
                                Answer.JSON,
                                "{\"kubeconfigs\":[{\"name\":\"clusterUser\",\"value\":\"" + value + "\"}]}")));
    }

    /** Azure as it was at the beginning, except for who one is in the cluster. */
    void asUser(String yaml) {
        azure.reset();
        gives(USER_CREDENTIAL, yaml);
        settings = Map.of();
    }

    void asAdmin() {
        asUser(kubeconfig);
    }

    void allow(String setting) {
        settings = Map.of(setting, true);
    }

    KubernetesPullSecrets secrets() {
        Azure signedIn = AzureAt.emulator(azure);
        ManagedClusters clusters = new ManagedClusters(signedIn);
        KubernetesSettings allowed = new KubernetesSettings() {
            @Override
            public boolean adminCredential() {
                return settings.getOrDefault("adminCredential", false);
            }

            @Override
            public boolean runCommand() {
                return settings.getOrDefault("runCommand", false);
            }
        };
        return new KubernetesPullSecrets(
                new ThroughApiServer(new ApiServers(signedIn, new ClusterCredentials(signedIn, clusters), allowed)));
    }

    static <T> T await(Uni<T> answer) {
        return answer.await().atMost(LONG);
    }

    static Cluster cluster() {
        return Samples.cluster();
    }

    static Cluster privateCluster() {
        return new Cluster(
                Samples.CLUSTER,
                Map.of(),
                ProvisioningState.SUCCEEDED,
                new PullIdentity.Kubelet(Samples.KUBELET),
                true);
    }

    static PullSecret secret(String password, String value) {
        return secret(Samples.REGISTRY, password, value);
    }

    static PullSecret secret(ArmId registry, String password, String value) {
        CredentialKey key = new CredentialKey(new Pairing(Samples.CLUSTER, registry), CredentialKind.ACR_TOKEN);
        Password listed =
                new Password(password, Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2026-04-01T00:00:00Z"));
        return new PullSecret(
                new PullCredential(key, key.name(), "token", Optional.empty(), true, List.of(listed)),
                listed,
                new Secret(value),
                "acrshop.azurecr.io");
    }

    /** A namespace of that name, made anew each time, with the default service account where a controller makes it. */
    String namespace(String prefix) {
        String name = prefix + '-' + UUID.randomUUID().toString().substring(0, 8);
        create("", Ask.NAMESPACES, "{\"metadata\":{\"name\":\"" + name + "\",\"labels\":{\"team\":\"shop\"}}}");
        return name;
    }

    JsonObject create(String namespace, String resource, String json) {
        Ask ask = namespace.isEmpty()
                ? new Ask(Ask.Verb.CREATE, resource, Optional.empty(), Optional.empty())
                : Ask.create(resource, namespace);
        try {
            return admin.write(ask, JsonParser.parseString(json).getAsJsonObject());
        } catch (KubernetesFailure e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    Optional<JsonObject> find(String namespace, String resource, String name) {
        try {
            return admin.find(Ask.of(Ask.Verb.GET, resource, namespace, name));
        } catch (KubernetesFailure e) {
            throw new IllegalStateException(e);
        }
    }

    JsonObject get(String namespace, String resource, String name) {
        return find(namespace, resource, name).orElseThrow();
    }

    void replace(String namespace, String resource, JsonObject json) {
        try {
            admin.write(
                    Ask.of(
                            Ask.Verb.UPDATE,
                            resource,
                            namespace,
                            Fields.name(json).orElseThrow()),
                    json);
        } catch (KubernetesFailure e) {
            throw new IllegalStateException(e);
        }
    }

    void delete(String namespace, String resource, String name) {
        try {
            admin.delete(Ask.of(Ask.Verb.DELETE, resource, namespace, name), new JsonObject());
        } catch (KubernetesFailure e) {
            throw new IllegalStateException(e);
        }
    }

    void deleteNamespace(String name) {
        try {
            admin.delete(
                    new Ask(Ask.Verb.DELETE, Ask.NAMESPACES, Optional.empty(), Optional.of(name)), new JsonObject());
        } catch (KubernetesFailure e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        azure.close();
    }
}
