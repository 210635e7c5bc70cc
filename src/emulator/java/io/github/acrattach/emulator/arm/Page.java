package io.github.acrattach.emulator.arm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.http.Answer;
import io.github.acrattach.emulator.http.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Cuts a list into pages; the skip token carries the last id, so what comes and goes meanwhile shifts nothing. */
public final class Page {
    private static final String SKIP_TOKEN = "$skiptoken";

    private final int size;

    public Page(int size) {
        this.size = size;
    }

    public Answer answer(Call call, Stream<ObjectNode> items) {
        String after = call.request().query().get(SKIP_TOKEN).map(Page::decode).orElse("");
        List<ObjectNode> rest = items.filter(item -> id(item).compareTo(after) > 0)
                .sorted(Comparator.comparing(Page::id))
                .limit(size + 1L)
                .toList();
        ObjectNode body = Json.object();
        body.set("value", Json.array(rest.stream().limit(size)));
        if (rest.size() > size) {
            body.put("nextLink", next(call, id(rest.get(size - 1))));
        }
        return Answer.json(200, body);
    }

    /** Of items without an id, which come in their order; the skip token counts them. */
    public Answer answerInOrder(Call call, List<ObjectNode> items) {
        int from = call.request().query().get(SKIP_TOKEN).map(Page::number).orElse(0);
        ObjectNode body = Json.object();
        body.set("value", Json.array(items.stream().skip(from).limit(size)));
        if (items.size() > from + size) {
            body.put("nextLink", next(call, String.valueOf(from + size)));
        }
        return Answer.json(200, body);
    }

    private static int number(String token) {
        try {
            return Integer.parseInt(decode(token));
        } catch (NumberFormatException foreign) {
            throw ArmError.badRequest("InvalidSkipToken", "The provided skip token '" + token + "' is invalid.");
        }
    }

    private static String next(Call call, String last) {
        String token = Base64.getUrlEncoder().encodeToString(last.getBytes(StandardCharsets.UTF_8));
        String kept = call.request().query().parameters().entrySet().stream()
                .filter(parameter -> !parameter.getKey().equalsIgnoreCase(SKIP_TOKEN))
                .map(parameter -> encode(parameter.getKey()) + "=" + encode(parameter.getValue()))
                .collect(Collectors.joining("&"));
        return call.arm() + call.request().path() + "?" + kept + "&" + encode(SKIP_TOKEN) + "=" + encode(token);
    }

    private static String decode(String token) {
        try {
            return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException foreign) {
            throw ArmError.badRequest("InvalidSkipToken", "The provided skip token '" + token + "' is invalid.");
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String id(JsonNode item) {
        return item.path("id").asText().toLowerCase(Locale.ROOT);
    }
}
