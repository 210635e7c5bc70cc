package io.github.acrattach.adapter.kubernetes.access;

import io.kubernetes.client.openapi.ApiClient;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;

/** Connections to API servers; nothing of it is made before the first cluster is reached. */
public final class Connections {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(10);

    private final Vertx vertx;
    private final OkHttpClient shared = new OkHttpClient.Builder()
            .dispatcher(boundless())
            .connectTimeout(CONNECT)
            .readTimeout(ANSWER)
            .writeTimeout(ANSWER)
            .callTimeout(ANSWER.plus(CONNECT))
            .connectionPool(new ConnectionPool(8, 1, TimeUnit.MINUTES))
            // An API server does not send its callers elsewhere.
            .followRedirects(false)
            .followSslRedirects(false)
            .build();

    public Connections(Vertx vertx) {
        this.vertx = vertx;
    }

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
        } catch (Exception e) {
            // The cause could quote a key.
            throw new Kubeconfig.Unreadable("one of its certificates or keys cannot be read");
        }
    }

    /** Java itself reads PKCS#8 alone; Azure gives PKCS#1. */
    private KeyManager[] keyManagers(Kubeconfig.User.Certificate user) throws Exception {
        return new PemKeyCertOptions()
                .addCertValue(Buffer.buffer(user.chain().reveal()))
                .addKeyValue(Buffer.buffer(user.key().reveal()))
                .getKeyManagerFactory(vertx)
                .getKeyManagers();
    }

    /** Who calls bounds how many calls go side by side. */
    private static Dispatcher boundless() {
        Dispatcher dispatcher = new Dispatcher();
        dispatcher.setMaxRequests(Integer.MAX_VALUE);
        dispatcher.setMaxRequestsPerHost(Integer.MAX_VALUE);
        return dispatcher;
    }
}
