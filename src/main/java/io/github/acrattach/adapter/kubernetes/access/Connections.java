package io.github.acrattach.adapter.kubernetes.access;

import io.kubernetes.client.openapi.ApiClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;

/** Connections to API servers; nothing of it is made before the first cluster is reached. */
public final class Connections {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final char[] NO_PASSWORD = {};

    private final OkHttpClient shared = new OkHttpClient.Builder()
            .connectTimeout(CONNECT)
            .readTimeout(ANSWER)
            .writeTimeout(ANSWER)
            .callTimeout(ANSWER.plus(CONNECT))
            .connectionPool(new ConnectionPool(8, 1, TimeUnit.MINUTES))
            // An API server does not send its callers elsewhere.
            .followRedirects(false)
            .followSslRedirects(false)
            .build();

    /** Trusts the kubeconfig's authority, and nobody else. */
    public ApiClient to(Kubeconfig config) throws Kubeconfig.Unreadable {
        try {
            ApiClient client = new ByteClient(shared);
            client.setUserAgent("acr-attach");
            client.setBasePath(config.server().toString().replaceAll("/+$", ""));
            if (config.user() instanceof Kubeconfig.User.Certificate user) {
                client.setKeyManagers(keyManagers(user));
            }
            // Last: it is read once, and each setting of TLS would read it again.
            client.setSslCaCert(new ByteArrayInputStream(config.authority()));
            return client;
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            // The cause could quote a key.
            throw new Kubeconfig.Unreadable("one of its certificates or keys cannot be read");
        }
    }

    private static KeyManager[] keyManagers(Kubeconfig.User.Certificate user)
            throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (InputStream pem = new ByteArrayInputStream(bytes(user.certificate().reveal()))) {
            store.setKeyEntry(
                    "user",
                    PrivateKeys.read(bytes(user.key().reveal())),
                    NO_PASSWORD,
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(pem)
                            .toArray(Certificate[]::new));
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSWORD);
        return factory.getKeyManagers();
    }

    private static byte[] bytes(String pem) {
        return pem.getBytes(StandardCharsets.US_ASCII);
    }
}
