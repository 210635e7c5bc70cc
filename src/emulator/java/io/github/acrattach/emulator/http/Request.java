package io.github.acrattach.emulator.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** One request as received, its path decoded and free of doubled or trailing slashes. */
public record Request(String method, String path, Query query, Headers headers, byte[] body) {

    static Request read(HttpExchange exchange) throws IOException {
        // By hand: java.net.URI takes a path that starts with two slashes, as some clients build it, for a host.
        String target = exchange.getRequestURI().toString();
        int mark = target.indexOf('?');
        String path = mark < 0 ? target : target.substring(0, mark);
        String query = mark < 0 ? "" : target.substring(mark + 1);
        return new Request(
                exchange.getRequestMethod(),
                clean(path),
                Query.parse(query),
                exchange.getRequestHeaders(),
                exchange.getRequestBody().readAllBytes());
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.getFirst(name)).filter(value -> !value.isBlank());
    }

    public Query form() {
        return Query.parse(new String(body, StandardCharsets.UTF_8));
    }

    private static String clean(String path) {
        String decoded = URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
        String single = decoded.replaceAll("/{2,}", "/");
        return single.length() > 1 && single.endsWith("/") ? single.substring(0, single.length() - 1) : single;
    }
}
