package io.github.acrattach.emulator.host;

import com.sun.net.httpserver.HttpExchange;
import io.github.acrattach.emulator.http.Port;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Where people reach the functions with an HTTP trigger: asks for the key, and forwards what belongs to a function to the
 * handler, as host 4.1037 does with {@code enableForwardingHttpRequest}.
 */
public final class HttpTriggerFront implements AutoCloseable {
    private static final HandlerAnswer NOT_FOUND = empty(404);
    private static final HandlerAnswer UNAUTHORIZED = empty(401);
    private static final HandlerAnswer FAILED = empty(500);

    /** Of the platform, when there is no host. */
    private static final HandlerAnswer NO_HOST = empty(503);

    /** Of the platform, when the load balancer waits no longer. */
    private static final HandlerAnswer GATEWAY_TIMEOUT = empty(504);

    private static final Set<String> OF_THE_CONNECTION =
            Set.of("connection", "content-length", "date", "keep-alive", "transfer-encoding");

    private final FunctionsHost host;
    private final String key;
    private final ExecutorService forwarders = Executors.newCachedThreadPool();
    private final Port port;

    private HttpTriggerFront(FunctionsHost host, String key) {
        this.host = host;
        this.key = key;
        port = Port.exchanges(this::handle);
    }

    /** With a key of its own making, which looks like one of Azure's. */
    public static HttpTriggerFront open(FunctionsHost host) {
        byte[] random = new byte[40];
        new SecureRandom().nextBytes(random);
        return open(host, Base64.getUrlEncoder().encodeToString(random));
    }

    public static HttpTriggerFront open(FunctionsHost host, String key) {
        return new HttpTriggerFront(host, key);
    }

    public URI uri() {
        return URI.create("http://localhost:" + port.number());
    }

    /** The function key of all functions. */
    public String key() {
        return key;
    }

    @Override
    public void close() {
        port.close();
        forwarders.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        send(exchange, answer(IncomingRequest.read(exchange)));
    }

    private HandlerAnswer answer(IncomingRequest request) {
        if (host.hasEnded()) {
            return NO_HOST;
        }
        Optional<FunctionDefinition> function = host.app().functionFor(request.method(), request.path());
        if (function.isEmpty()) {
            // A wrong method is no route either.
            return NOT_FOUND;
        }
        boolean needsKey = function.get().route().orElseThrow().needsKey();
        if (needsKey && request.key().filter(key::equals).isEmpty()) {
            return UNAUTHORIZED;
        }
        return request.isChunked() ? FAILED : forwarded(function.get(), request.forwarded());
    }

    /** When the load balancer has given up, the function goes on. */
    private HandlerAnswer forwarded(FunctionDefinition function, HandlerRequest request) {
        return CompletableFuture.supplyAsync(() -> host.forward(function, request), forwarders)
                .thenApply(invocation ->
                        invocation.succeeded() ? invocation.handlerAnswer().orElseThrow() : FAILED)
                .completeOnTimeout(GATEWAY_TIMEOUT, host.times().loadBalancer().toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    private static void send(HttpExchange exchange, HandlerAnswer answer) throws IOException {
        answer.headers().map().forEach((name, values) -> {
            if (!OF_THE_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
                exchange.getResponseHeaders().put(name, values);
            }
        });
        boolean bodiless =
                answer.body().length == 0 || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(answer.status(), bodiless ? -1 : answer.body().length);
        if (!bodiless) {
            exchange.getResponseBody().write(answer.body());
        }
    }

    private static HandlerAnswer empty(int status) {
        HttpHeaders none = HandlerRequest.headers(Map.<String, List<String>>of());
        return new HandlerAnswer(status, none, new byte[0]);
    }
}
