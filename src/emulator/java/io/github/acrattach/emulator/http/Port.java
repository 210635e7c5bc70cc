package io.github.acrattach.emulator.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;

/** A port on the loopback interface, open to several hundred requests at a time. */
public final class Port implements AutoCloseable {
    private static final int CONCURRENT_REQUESTS = 800;
    private static final int BACKLOG = 1024;

    static {
        // The JDK's server reads these once. Without the first, Nagle's algorithm costs 40 ms an answer on kept-alive
        // connections; without the others, it closes idle connections (beyond 200, or after 30 seconds) at the moment
        // at
        // which a client may be writing to them.
        defaultTo("sun.net.httpserver.nodelay", "true");
        defaultTo("sun.net.httpserver.maxIdleConnections", "10000");
        defaultTo("sun.net.httpserver.idleInterval", "3600");
    }

    private final HttpServer server;
    private final ExecutorService threads;

    private Port(HttpServer server, HttpHandler handler) {
        this.server = server;
        this.threads = threads("emulator-" + server.getAddress().getPort());
        server.setExecutor(threads);
        server.createContext("/", exchange -> handle(exchange, handler));
        server.start();
    }

    public static Port https(int port, SSLContext tls, Responder responder) {
        try {
            HttpsServer server = HttpsServer.create(loopback(port), BACKLOG);
            server.setHttpsConfigurator(new HttpsConfigurator(tls));
            return new Port(server, responding(responder));
        } catch (IOException taken) {
            throw new UncheckedIOException("Port " + port + " could not be opened", taken);
        }
    }

    public static Port http(Responder responder) {
        return exchanges(responding(responder));
    }

    /** For one who has to see requests byte by byte. */
    public static Port exchanges(HttpHandler handler) {
        try {
            return new Port(HttpServer.create(loopback(0), BACKLOG), handler);
        } catch (IOException failed) {
            throw new UncheckedIOException("No free port could be opened", failed);
        }
    }

    public int number() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static HttpHandler responding(Responder responder) {
        return exchange -> {
            Optional<Answer> answer = responder.answer(Request.read(exchange));
            if (answer.isPresent()) {
                send(exchange, answer.get());
            }
        };
    }

    private static void handle(HttpExchange exchange, HttpHandler handler) throws IOException {
        try (exchange) {
            handler.handle(exchange);
        } catch (RuntimeException bug) {
            // The JDK's server would swallow it and leave only a reset connection to explain it.
            System.getLogger(Port.class.getName())
                    .log(
                            System.Logger.Level.ERROR,
                            "The emulator failed on " + exchange.getRequestURI().getPath(),
                            bug);
            throw bug;
        }
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        boolean bodiless =
                answer.body().length == 0 || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(answer.status(), bodiless ? -1 : answer.body().length);
        if (!bodiless) {
            exchange.getResponseBody().write(answer.body());
        }
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    private static ExecutorService threads(String name) {
        AtomicInteger number = new AtomicInteger();
        return new ThreadPoolExecutor(
                0,
                CONCURRENT_REQUESTS,
                30,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                work -> {
                    Thread thread = new Thread(work, name + "-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                },
                new ThreadPoolExecutor.CallerRunsPolicy());
    }

    private static void defaultTo(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
