package io.github.acrattach.emulator.host;

import com.sun.net.httpserver.HttpExchange;
import io.github.acrattach.emulator.http.Query;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A request from outside, path and query as they came. */
record IncomingRequest(String method, String path, String query, HttpHeaders headers, byte[] body) {
    /** What belongs to one connection alone, and what HTTP clients write themselves. */
    private static final Set<String> HOP_BY_HOP = Set.of(
            "connection", "content-length", "expect", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade");

    /** What UrlEncoder of .NET leaves as it is, beside letters and digits. */
    private static final String LEFT_AS_IT_IS = "-._~!$()*,;@";

    static IncomingRequest read(HttpExchange exchange) throws IOException {
        String target = exchange.getRequestURI().toString();
        int mark = target.indexOf('?');
        return new IncomingRequest(
                exchange.getRequestMethod(),
                mark < 0 ? target : target.substring(0, mark),
                mark < 0 ? "" : target.substring(mark + 1),
                HandlerRequest.headers(exchange.getRequestHeaders()),
                exchange.getRequestBody().readAllBytes());
    }

    boolean isChunked() {
        return headers.firstValue("Transfer-Encoding").isPresent();
    }

    /** The header is asked first. */
    Optional<String> key() {
        return headers.firstValue("x-functions-key").or(() -> Query.parse(query).get("code"));
    }

    /** As host 4.1037 hands it on: values under one name are joined, and no body has no type. */
    HandlerRequest forwarded() {
        Map<String, List<String>> forwarded = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.map().forEach((name, values) -> {
            if (!HOP_BY_HOP.contains(name.toLowerCase(Locale.ROOT))) {
                forwarded.put(name, List.of(String.join(", ", values)));
            }
        });
        if (body.length == 0) {
            forwarded.remove("Content-Type");
        }
        String target = query.isEmpty() ? path : path + "?" + joined();
        return new HandlerRequest(method, target, HandlerRequest.headers(forwarded), body, false);
    }

    /** Written anew, each name once. */
    private String joined() {
        Query parsed = Query.parse(query);
        return parsed.parameters().keySet().stream()
                .map(name -> encoded(name) + "=" + encoded(String.join(",", parsed.all(name))))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = each > 0 && (Character.isLetterOrDigit(each) || LEFT_AS_IT_IS.indexOf(each) >= 0);
            encoded.append(plain ? String.valueOf((char) each) : String.format("%%%02X", each));
        }
        return encoded.toString();
    }
}
