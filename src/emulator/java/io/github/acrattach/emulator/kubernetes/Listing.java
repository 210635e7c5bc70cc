package io.github.acrattach.emulator.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.http.Json;
import io.github.acrattach.emulator.http.Query;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A list as asked for: chosen by selectors, cut by a limit, continued from where the last piece ended. */
final class Listing {
    private Listing() {}

    static ObjectNode of(Kind kind, NavigableMap<String, ObjectNode> objects, long version, Query query) {
        Predicate<ObjectNode> chosen = LabelSelector.parse(
                        query.get("labelSelector").orElse(""))
                .and(FieldSelector.parse(kind, query.get("fieldSelector").orElse("")));
        int limit = limit(query);
        String from = query.get("continue").map(Listing::decode).orElse("");
        List<Map.Entry<String, ObjectNode>> rest = objects.entrySet().stream()
                .filter(entry -> entry.getKey().compareTo(from) > 0)
                .filter(entry -> chosen.test(entry.getValue()))
                .toList();
        ObjectNode metadata = Json.object().put("resourceVersion", String.valueOf(version));
        if (limit > 0 && rest.size() > limit) {
            metadata.put("continue", encode(rest.get(limit - 1).getKey(), version));
            if (query.get("labelSelector").isEmpty()
                    && query.get("fieldSelector").isEmpty()) {
                metadata.put("remainingItemCount", rest.size() - limit);
            }
        }
        Stream<ObjectNode> items =
                rest.stream().limit(limit > 0 ? limit : rest.size()).map(entry -> item(entry.getValue()));
        ObjectNode list = Json.object().put("kind", kind.title() + "List").put("apiVersion", "v1");
        list.set("metadata", metadata);
        list.set("items", Json.array(items));
        return list;
    }

    /** The items of a typed list do not say their kind. */
    private static ObjectNode item(ObjectNode object) {
        return object.deepCopy().without(List.of("kind", "apiVersion"));
    }

    private static int limit(Query query) {
        String text = query.get("limit").orElse("0");
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException notANumber) {
            throw Refusal.badRequest("strconv.ParseInt: parsing \"" + text + "\": invalid syntax");
        }
    }

    private static String encode(String key, long version) {
        ObjectNode token =
                Json.object().put("v", "meta.k8s.io/v1").put("rv", version).put("start", key);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Json.bytes(token));
    }

    private static String decode(String token) {
        try {
            return Json.parseObject(Base64.getUrlDecoder().decode(token.getBytes(StandardCharsets.US_ASCII)))
                    .flatMap(json -> Json.text(json, "start"))
                    .orElseThrow(Listing::foreign);
        } catch (IllegalArgumentException notBase64) {
            throw foreign();
        }
    }

    private static Refusal foreign() {
        return Refusal.badRequest("invalid continue token: continue key is not valid");
    }
}
