package io.github.acrattach.adapter.azure;

import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpPipelinePolicy;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import reactor.core.publisher.Mono;

/** Keeps requests, and the token in them, from following a link in an answer to another host. */
final class OneHost implements HttpPipelinePolicy {

    private static final int HTTPS = 443;

    private final URI host;

    OneHost(String endpoint) {
        host = URI.create(endpoint);
    }

    @Override
    public Mono<HttpResponse> process(HttpPipelineCallContext call, HttpPipelineNextPolicy next) {
        URL url = call.getHttpRequest().getUrl();
        boolean same = url.getHost().equalsIgnoreCase(host.getHost())
                && port(url.getPort()) == port(host.getPort())
                && url.getProtocol().equalsIgnoreCase(host.getScheme());
        return same
                ? next.process()
                : Mono.error(() -> new IOException("an answer of " + host.getHost() + " leads to another host"));
    }

    private static int port(int given) {
        return given == -1 ? HTTPS : given;
    }
}
