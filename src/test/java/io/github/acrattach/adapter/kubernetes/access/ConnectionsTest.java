package io.github.acrattach.adapter.kubernetes.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.acrattach.domain.Secret;
import io.github.acrattach.emulator.http.Certificate;
import io.kubernetes.client.openapi.ApiClient;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.net.ssl.X509KeyManager;
import org.junit.jupiter.api.Test;

/** A user's key comes in the forms PKCS#8, PKCS#1 (Azure's) and SEC 1. */
class ConnectionsTest {

    /** What goes before PKCS#1 in the PKCS#8 of a key of 2048 bits. */
    private static final int PKCS8_HEADER = 26;

    private static final Connections CONNECTIONS = new Connections(Vertx.vertx());

    @Test
    void keyOfAzureIsRead() throws Kubeconfig.Unreadable {
        byte[] pkcs8 = Certificate.ofRegistries().keys().getPrivate().getEncoded();
        connect(Certificate.ofRegistries(), pem("PRIVATE KEY", pkcs8));
        connect(
                Certificate.ofRegistries(),
                pem("RSA PRIVATE KEY", Arrays.copyOfRange(pkcs8, PKCS8_HEADER, pkcs8.length)));
    }

    @Test
    void keyOfACurveIsRead() throws Kubeconfig.Unreadable {
        ECPrivateKey key = (ECPrivateKey) Certificate.ofThisProcess().keys().getPrivate();
        String number = String.format("%064x", key.getS());
        byte[] sec1 = HexFormat.of().parseHex("30310201010420" + number + "a00a06082a8648ce3d030107");
        connect(Certificate.ofThisProcess(), pem("EC PRIVATE KEY", sec1));
        connect(Certificate.ofThisProcess(), pem("PRIVATE KEY", key.getEncoded()));
    }

    @Test
    void whatIsNoKeyIsToldWithoutQuotingIt() {
        for (String kind : new String[] {"PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY", "ENCRYPTED PRIVATE KEY"}) {
            String noKey = pem(kind, "s3cret".getBytes(StandardCharsets.US_ASCII));
            assertThatThrownBy(() -> connect(Certificate.ofThisProcess(), noKey))
                    .isInstanceOf(Kubeconfig.Unreadable.class)
                    .hasNoCause()
                    .hasMessageNotContaining("s3cret");
        }
        assertThatThrownBy(() -> connect(Certificate.ofThisProcess(), "")).isInstanceOf(Kubeconfig.Unreadable.class);
    }

    private static void connect(Certificate certificate, String key) throws Kubeconfig.Unreadable {
        ApiClient client = CONNECTIONS.to(new Kubeconfig(
                URI.create("https://localhost"),
                certificate.pem().getBytes(StandardCharsets.US_ASCII),
                new Kubeconfig.User.Certificate(new Secret(certificate.pem()), new Secret(key))));
        X509KeyManager manager = (X509KeyManager) client.getKeyManagers()[0];
        PrivateKey expected = certificate.keys().getPrivate();
        String alias = manager.getClientAliases(expected.getAlgorithm(), null)[0];
        assertThat(manager.getPrivateKey(alias).getEncoded()).isEqualTo(expected.getEncoded());
    }

    private static String pem(String kind, byte[] der) {
        return "-----BEGIN " + kind + "-----\n" + Base64.getMimeEncoder().encodeToString(der) + "\n-----END " + kind
                + "-----\n";
    }
}
