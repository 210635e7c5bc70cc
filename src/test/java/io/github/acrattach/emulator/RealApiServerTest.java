package io.github.acrattach.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.acrattach.AdmissionWebhook;
import io.github.acrattach.RealCluster;
import io.github.acrattach.emulator.estate.Estate;
import io.github.acrattach.emulator.http.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The same checks at a real API server, which judges the tokens of the emulator's Entra by itself. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Order(2)
class RealApiServerTest implements ApiServerChecks {
    @TempDir
    Path folder;

    private Emulator emulator;
    private RealCluster cluster;
    private Kube kube;
    private AdmissionWebhook webhook;

    @BeforeAll
    void start() throws Exception {
        assumeTrue(
                RealCluster.assets().isPresent(),
                "NOT CHECKED AGAINST A REAL API SERVER: set KUBEBUILDER_ASSETS to a folder with kube-apiserver, etcd,"
                        + " kube-controller-manager and kubectl");
        emulator = Emulator.start(EmulatorOptions.of(Estate.sample())
                .withKubectl(RealCluster.assets().orElseThrow()));
        cluster = RealCluster.start(emulator);
        cluster.bind(Sample.ATTACH_OBJECT, "cluster-admin");
        cluster.standFor(emulator, Sample.AKS_SHOP);
        kube = new Kube(
                HttpClient.newBuilder().sslContext(trust(cluster.caPem())).build(),
                cluster.server(),
                Kube.attach(emulator, Sample.AKS_SHOP).token());
    }

    @AfterAll
    void stop() {
        if (webhook != null) {
            webhook.close();
        }
        if (cluster != null) {
            cluster.close();
        }
        if (emulator != null) {
            emulator.close();
        }
    }

    @Override
    public Kube kube() {
        return kube;
    }

    @Override
    public String judged(String status) {
        if (webhook == null) {
            webhook = new AdmissionWebhook(cluster);
            String probe = labelled();
            for (int i = 0; !webhook.isAsked(); i++) {
                kube.secret(probe, "probe-" + i, "");
            }
        }
        String namespace = labelled();
        webhook.judge(
                namespace,
                "secrets",
                object -> Optional.of(AdmissionWebhook.refused(
                        Json.parseObject(status.replace('\'', '"').getBytes(StandardCharsets.UTF_8))
                                .orElseThrow())));
        return namespace;
    }

    private String labelled() {
        String name = "judged-" + Long.toString(System.nanoTime(), 36);
        kube.post(
                "/api/v1/namespaces",
                "{'apiVersion':'v1','kind':'Namespace','metadata':{'name':'" + name + "','labels':{'"
                        + AdmissionWebhook.JUDGED + "':'yes'}}}");
        return name;
    }

    /** Both kubeconfigs name the real server; the administrator's opens it, with Run Command inside as well. */
    @Test
    void theKubeconfigsNameTheRealServer() throws IOException {
        Client you = Client.you(emulator);
        String admin = Aks.kubeconfig(you.post(Sample.AKS_SHOP + "/listClusterAdminCredential", ""));
        assertThat(Kube.server(emulator, Sample.AKS_SHOP))
                .isEqualTo(cluster.server().toString());
        Path file = Files.writeString(folder.resolve("kubeconfig"), admin);

        assertThat(cluster.kubectl("--kubeconfig", file.toString(), "get", "ns"))
                .contains("kube-system");
        assertThat(Aks.result(you, you.post(Sample.AKS_SHOP + "/runCommand", "{'command':'kubectl get ns'}"))
                        .text())
                .contains("kube-system");
    }

    @Override
    public Emulator emulator() {
        return emulator;
    }

    private static SSLContext trust(String pem) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry(
                "ca",
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII))));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(null, trust.getTrustManagers(), null);
        return tls;
    }
}
