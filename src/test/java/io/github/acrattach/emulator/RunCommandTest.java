package io.github.acrattach.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.Estates;
import io.github.acrattach.RealCluster;
import io.github.acrattach.emulator.estate.Estate;
import io.github.acrattach.emulator.http.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

/** Commands in a private cluster, which nobody reaches from outside. */
class RunCommandTest extends Running {
    private static final String RUN = Sample.AKS_SHOP + "/runCommand";

    @Override
    EmulatorOptions options() {
        EmulatorOptions options = EmulatorOptions.of(Sample.changed(estate -> {
            profile(estate, "aks-shop").put("enablePrivateCluster", true);
            profile(estate, "aks-legacy").put("disableRunCommand", true);
        }));
        return RealCluster.assets().map(options::withKubectl).orElse(options);
    }

    @Test
    void aCommandRunsAmongItsFilesAndReportsItsExitCode() {
        JsonNode done = run("cat dir/hello.txt; echo oops >&2; exit 3", zip("dir/hello.txt", "hello"), "");
        JsonNode properties = done.path("properties");

        assertThat(done.path("id").asText()).isNotEmpty();
        assertThat(properties.path("provisioningState").asText()).isEqualTo("succeeded");
        assertThat(properties.path("exitCode").asInt()).isEqualTo(3);
        assertThat(properties.path("logs").asText()).isEqualTo("hellooops\n");
        assertThat(properties.path("startedAt").asText()).endsWith("Z");
        assertThat(run("none-such", "", "").path("properties").path("exitCode").asInt())
                .isEqualTo(127);
    }

    @Test
    void nothingOfACommandStaysBehind() {
        assertThat(Path.of(logs("pwd", "", "").strip())).doesNotExist();
        assertThat(logs("head -c 600000 /dev/zero", "", "")).hasSize(512 * 1024);
    }

    @Test
    void aFileOutsideOfTheContextFailsTheCommand() {
        JsonNode properties = run("true", zip("../out.txt", "x"), "").path("properties");

        assertThat(properties.path("provisioningState").asText()).isEqualTo("failed");
        assertThat(properties.path("reason").asText()).isNotEmpty();
        assertThat(properties.has("exitCode")).isFalse();
    }

    @Test
    void aCommandMayNotTakeForEver() {
        try (Emulator hasty =
                Emulator.start(EmulatorOptions.of(Estate.sample()).withCommandLimit(Duration.ofMillis(200)))) {
            Client you = Client.you(hasty);

            assertThat(Aks.result(you, you.post(RUN, "{'command':'sleep 30'}"))
                            .json()
                            .path("properties")
                            .path("provisioningState")
                            .asText())
                    .isEqualTo("failed");
        }
    }

    @Test
    void aPodThatNoNodeTakesIsAnErrorOrAResult() {
        for (boolean tainted : new boolean[] {true, false}) {
            try (Emulator full = Emulator.start(EmulatorOptions.of(Sample.changed(estate -> {
                ObjectNode pool =
                        (ObjectNode) Estates.resource(estate, "aks-shop").at("/properties/agentPoolProfiles/0");
                if (tainted) {
                    pool.putArray("nodeTaints").add("CriticalAddonsOnly=true:NoSchedule");
                } else {
                    pool.put("count", 0);
                }
            })))) {
                Client you = Client.you(full);
                Client.Reply begun = you.post(RUN, "{'command':'true'}");
                String told = tainted
                        ? begun.text()
                        : Aks.result(you, begun)
                                .json()
                                .path("properties")
                                .path("reason")
                                .asText();
                assertThat(begun.status()).isEqualTo(tainted ? 400 : 202);
                assertThat(told).contains("did not start within 30s");
            }
        }
    }

    @Test
    void whoMayNotIsRefused() {
        Client you = Client.you(emulator);

        assertThat(Client.attach(emulator).post(RUN, "{'command':'true'}").message())
                .contains("Microsoft.ContainerService/managedClusters/runcommand/action");
        assertThat(you.post(RUN, "{}").status()).isEqualTo(400);
        assertThat(you.post(RUN, "{'command':'true','context':'?'}").status()).isEqualTo(400);
        assertThat(you.post(Sample.AKS_LEGACY + "/runCommand", "{'command':'true'}")
                        .status())
                .isEqualTo(400);
        assertThat(you.get(Sample.AKS_SHOP + "/commandResults/none").status()).isEqualTo(404);
    }

    @Test
    void kubectlReachesAPrivateClusterFromInside() {
        assumeTrue(RealCluster.assets().isPresent(), "NOT CHECKED WITH KUBECTL: set KUBEBUILDER_ASSETS");
        String secret = Kube.secretBody("pull", ",'stringData':{'x':'y'}").replace('\'', '"');

        String namespace = "apiVersion: v1\nkind: Namespace\nmetadata: {name: made}\n";

        assertThat(logs("kubectl get ns", "", "")).contains("shop", "kube-system");
        assertThat(logs(
                        "kubectl create --raw /api/v1/namespaces/shop/secrets -f secret.json",
                        zip("secret.json", secret),
                        ""))
                .contains("\"uid\"");
        assertThat(logs(
                        "kubectl get --raw /api/v1/namespaces/shop/secrets/pull > s.json"
                                + " && kubectl replace --raw /api/v1/namespaces/shop/secrets/pull -f s.json",
                        "",
                        ""))
                .contains("\"uid\"");
        assertThat(logs("kubectl get secrets -A", "", "")).contains("shop", "pull");
        assertThat(logs("kubectl -n shop get secret pull -o jsonpath={.data.x}", "", ""))
                .isEqualTo("eQ==");
        assertThat(logs("kubectl apply -f ns.yaml", zip("ns.yaml", namespace), ""))
                .isEqualTo("namespace/made created\n");
        assertThat(logs("kubectl -n shop get sa default -o name", "", "")).isEqualTo("serviceaccount/default\n");
        assertThat(logs("kubectl -n shop label secret pull a=b", "", "")).contains("labeled");
        assertThat(logs("kubectl -n shop delete secret pull --wait=false", "", ""))
                .contains("deleted");
        assertThat(logs("kubectl version --short", "", "")).contains("Server Version: v1.33.5");
    }

    @Test
    void aClusterTokenActsForItsOwner() {
        assumeTrue(RealCluster.assets().isPresent(), "NOT CHECKED WITH KUBECTL: set KUBEBUILDER_ASSETS");

        assertThat(logs("kubectl get ns", "", token(Sample.LEGACY_APP, Sample.LEGACY_SECRET)))
                .contains("Forbidden");
        assertThat(logs("kubectl get ns", "", token(Sample.ATTACH_APP, Sample.ATTACH_SECRET)))
                .contains("shop");
    }

    private String token(String app, String secret) {
        return Client.of(emulator).signedIn(app, secret, Kube.AUDIENCE).token();
    }

    private String logs(String command, String context, String token) {
        return run(command, context, token).path("properties").path("logs").asText();
    }

    private JsonNode run(String command, String context, String token) {
        ObjectNode body =
                Json.object().put("command", command).put("context", context).put("clusterToken", token);
        Client you = Client.you(emulator);
        return Aks.result(you, you.post(RUN, body.toString())).json();
    }

    private static ObjectNode profile(ObjectNode estate, String cluster) {
        return Estates.resource(estate, cluster).withObject("/properties/apiServerAccessProfile");
    }

    private static String zip(String name, String content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content.getBytes(StandardCharsets.UTF_8));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }
}
