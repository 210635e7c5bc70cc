package io.github.acrattach.emulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.acrattach.emulator.host.HandlerCommand;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A custom handler that does what an event tells it to; a program of its own, which needs nothing but the JDK. */
final class OddHandler {
    private static final Pattern WISH = Pattern.compile("\"do\":\"(\\w+) ?([^\"]*)\"");

    private OddHandler() {}

    static HandlerCommand command(Map<String, String> settings) {
        return new HandlerCommand(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        Path.of("target", "test-classes").toAbsolutePath().toString(),
                        OddHandler.class.getName()),
                settings);
    }

    public static void main(String[] args) throws IOException {
        if (System.getenv("EXIT_AT_START") != null) {
            System.exit(Integer.parseInt(System.getenv("EXIT_AT_START")));
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("told to stop")));
        int port = Integer.parseInt(System.getenv("FUNCTIONS_CUSTOMHANDLER_PORT"));
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", OddHandler::handle);
        server.start();
        System.out.println("root " + System.getenv("FUNCTIONS_APP_ROOT_PATH"));
    }

    private static void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Matcher wish = WISH.matcher(request);
            String body = wish.find() ? fulfil(wish.group(1), wish.group(2)) : "{}";
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private static String fulfil(String verb, String object) {
        switch (verb) {
            case "exit" -> Runtime.getRuntime().halt(Integer.parseInt(object));
            case "sleep" -> sleep(Long.parseLong(object));
            case "out" -> System.out.println(object);
            case "err" -> System.err.println(object);
            default -> {
                return object;
            }
        }
        return "{\"Logs\":[\"" + verb + "\"],\"ReturnValue\":\"" + System.getenv("GREETING") + "\"}";
    }

    private static void sleep(long millis) {
        System.out.println("sleeps");
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
