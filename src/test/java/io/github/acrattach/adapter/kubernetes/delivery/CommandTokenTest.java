package io.github.acrattach.adapter.kubernetes.delivery;

import static io.github.acrattach.adapter.azure.Answered.found;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.Estates;
import io.github.acrattach.domain.ClusterNamespace;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.NamespaceOutcome;
import io.github.acrattach.domain.NamespaceOutcome.State;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.Problem.Kind;
import io.github.acrattach.domain.ReferenceTerms;
import io.github.acrattach.domain.Samples;
import io.github.acrattach.domain.ServiceAccountPatterns;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which command pods get this program's token: whoever administers a cluster can read it there, and all clusters take it. */
class CommandTokenTest {

    /** The AKS server application: a token for it opens the API servers of all clusters. */
    private static final String KUBERNETES = "6dae42f8-4368-4678-94ff-3960e28e3630";

    private final Queue<String> commands = new ConcurrentLinkedQueue<>();
    private final Queue<String> tokens = new ConcurrentLinkedQueue<>();
    private final Queue<String> audiences = new ConcurrentLinkedQueue<>();

    @TempDir
    Path folder;

    private ClusterUnderTest cluster;

    @BeforeEach
    void writeKubectl() throws IOException {
        Path kubectl = Files.writeString(folder.resolve("kubectl"), """
                #!/bin/sh
                case $1$2 in
                getnamespaces) echo 'N shop + @' ;;
                esac
                """);
        assertThat(kubectl.toFile().setExecutable(true)).isTrue();
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void clusterWithoutEntraGetsNone() {
        start(false);
        KubernetesPullSecrets secrets = cluster.secrets(false, true, List.of("*"));
        assertThat(found(look(secrets))).extracting(ClusterNamespace::name).containsExactly("shop");
        assertThat(found(store(secrets))).extracting(NamespaceOutcome::state).containsExactly(State.READY);
        assertThat(commands).hasSizeGreaterThan(1).allSatisfy(command -> {
            assertThat(JsonFields.object(command).has("clusterToken")).isFalse();
            String sent = command + unpacked(command);
            assertThat(tokens).isNotEmpty().noneMatch(sent::contains);
        });
        assertThat(commands).anyMatch(command -> unpacked(command).contains(ClusterUnderTest.NAME));
        assertThat(audiences).noneMatch(audience -> audience.contains(KUBERNETES));
    }

    @Test
    void clusterWithEntraGetsOneIfItIsNamed() {
        start(true);
        assertThat(found(look(cluster.secrets(false, true, List.of("aks-s*"))))).isNotEmpty();
        assertThat(commands).isNotEmpty().allSatisfy(command -> assertThat(tokens)
                .contains(JsonFields.text(JsonFields.object(command), "clusterToken")
                        .orElseThrow()));
    }

    @Test
    void clusterWithEntraThatIsNotNamedGetsNoCommandButIsToldHowAndForWhatPrice() {
        start(true);
        for (List<String> named : List.of(List.<String>of(), List.of("aks-legacy", "/subscriptions/*/aks-other"))) {
            Lookup<?> answer = look(cluster.secrets(false, true, named));
            Problem problem = answer.denied().orElseThrow();
            assertThat(problem.kind()).isEqualTo(Kind.CLUSTER_UNREACHABLE);
            assertThat(problem.fix())
                    .contains(
                            "VNet integration",
                            "ACR_ATTACH_KUBERNETES_RUN_COMMAND_ENTRA_CLUSTERS",
                            "act as this program in every cluster that it reaches");
        }
        assertThat(commands).isEmpty();
    }

    @Test
    void namedClusterGetsNoCommandAsLongAsCommandsAreNotAllowed() {
        start(true);
        assertThat(look(cluster.secrets(false, false, List.of("*")))).isInstanceOf(Lookup.Denied.class);
        assertThat(commands).isEmpty();
    }

    private void start(boolean entra) {
        cluster = ClusterUnderTest.withKubectl(folder, estate -> {
            ObjectNode properties =
                    (ObjectNode) Estates.resource(estate, "aks-shop").path("properties");
            properties.putObject("apiServerAccessProfile").put("enablePrivateCluster", true);
            if (!entra) {
                properties.remove("aadProfile");
            }
        });
        cluster.azure.requests().watch((request, answer) -> {
            String body = new String(request.body(), StandardCharsets.UTF_8);
            if (request.path().endsWith("/runCommand")) {
                commands.add(body);
            }
            if (request.path().endsWith("/token")) {
                audiences.add(body);
                JsonFields.text(JsonFields.object(new String(answer.body(), StandardCharsets.UTF_8)), "access_token")
                        .ifPresent(tokens::add);
            }
        });
    }

    private Lookup<List<ClusterNamespace>> look(KubernetesPullSecrets secrets) {
        return secrets.in(cluster.privateCluster(), Samples.OWNER, ServiceAccountPatterns.NONE, Set.of());
    }

    private Lookup<List<NamespaceOutcome>> store(KubernetesPullSecrets secrets) {
        return secrets.store(
                cluster.privateCluster(), PullSecretsChecks.SECRET, Set.of("shop"), Set.of(), ReferenceTerms.UNCHANGED);
    }

    /** All files that went along. */
    private static String unpacked(String command) {
        StringBuilder text = new StringBuilder();
        byte[] zip = Base64.getDecoder()
                .decode(JsonFields.text(JsonFields.object(command), "context").orElseThrow());
        try (ZipInputStream files = new ZipInputStream(new ByteArrayInputStream(zip))) {
            while (files.getNextEntry() != null) {
                text.append(new String(files.readAllBytes(), StandardCharsets.UTF_8));
            }
            return text.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
