package io.github.acrattach.emulator.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.http.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Reads an object as a typed server does: what has the wrong type is refused, what is unknown is dropped. */
final class Wellformed {
    private static final List<String> METADATA = List.of(
            "name",
            "generateName",
            "namespace",
            "uid",
            "resourceVersion",
            "creationTimestamp",
            "deletionTimestamp",
            "labels",
            "annotations",
            "ownerReferences",
            "finalizers");
    private static final Pattern QUANTITY = Pattern.compile("-?\\d{1,9}");

    private Wellformed() {}

    static ObjectNode read(Kind kind, byte[] body) {
        return read(
                kind,
                Json.parse(body)
                        .orElseThrow(() -> Refusal.badRequest("the object provided is unrecognized (must be of type "
                                + kind.title() + "): couldn't get version/kind; json parse error")));
    }

    static ObjectNode read(Kind kind, JsonNode sent) {
        check(sent.isObject(), kind, "an object is expected");
        String title = Json.text(sent, "kind").orElse(kind.title());
        String version = Json.text(sent, "apiVersion").orElse("v1");
        if (!title.equals(kind.title())) {
            throw cannot(kind, title, version, "unknown conversion");
        }
        if (!version.equals("v1")) {
            throw cannot(
                    kind, title, version, "no kind \"" + title + "\" is registered for version \"" + version + "\"");
        }
        ObjectNode object = Json.object().put("kind", kind.title()).put("apiVersion", "v1");
        object.set("metadata", metadata(kind, sent.path("metadata")));
        kind.fields().stream()
                .filter(sent::hasNonNull)
                .forEach(field -> object.set(field, sent.get(field).deepCopy()));
        switch (kind) {
            case SECRET -> secret(object, sent.path("stringData"));
            case SERVICE_ACCOUNT -> List.of("secrets", "imagePullSecrets").forEach(field -> references(object, field));
            case RESOURCE_QUOTA -> quota(object);
            case NAMESPACE -> check(is(object.path("spec"), JsonNode::isObject), kind, "spec: an object is expected");
        }
        return object;
    }

    private static ObjectNode metadata(Kind kind, JsonNode sent) {
        check(is(sent, JsonNode::isObject), kind, "metadata: an object is expected");
        ObjectNode metadata = Json.object();
        METADATA.stream()
                .filter(sent::hasNonNull)
                .forEach(field -> metadata.set(field, sent.get(field).deepCopy()));
        METADATA.subList(0, 7)
                .forEach(field -> check(
                        is(metadata.path(field), JsonNode::isTextual),
                        kind,
                        "metadata." + field + ": a text is expected"));
        List.of("labels", "annotations")
                .forEach(field -> check(
                        isMapOf(metadata.path(field), JsonNode::isTextual),
                        kind,
                        "metadata." + field + ": texts are expected"));
        List.of("labels", "annotations").forEach(field -> {
            if (metadata.path(field).isEmpty()) {
                metadata.remove(field);
            }
        });
        return metadata;
    }

    /** stringData wins over data, and never comes back. */
    private static void secret(ObjectNode object, JsonNode stringData) {
        check(is(object.path("type"), JsonNode::isTextual), Kind.SECRET, "type: a text is expected");
        check(is(object.path("immutable"), JsonNode::isBoolean), Kind.SECRET, "immutable: true or false is expected");
        check(
                isMapOf(object.path("data"), value -> value.isNull() || isBase64(value)),
                Kind.SECRET,
                "data: illegal base64 data");
        check(isMapOf(stringData, JsonNode::isTextual), Kind.SECRET, "stringData: texts are expected");
        ObjectNode data = object.withObject("/data");
        data.properties().stream()
                .filter(entry -> entry.getValue().isNull())
                .map(Map.Entry::getKey)
                .toList()
                .forEach(key -> data.put(key, ""));
        stringData
                .properties()
                .forEach(entry -> data.put(
                        entry.getKey(),
                        Base64.getEncoder()
                                .encodeToString(entry.getValue().asText().getBytes(StandardCharsets.UTF_8))));
        if (data.isEmpty()) {
            object.remove("data");
        }
        if (Json.text(object, "type").isEmpty()) {
            object.put("type", "Opaque");
        }
    }

    private static void references(ObjectNode object, String field) {
        JsonNode list = object.path(field);
        check(is(list, JsonNode::isArray), Kind.SERVICE_ACCOUNT, field + ": a list is expected");
        for (JsonNode each : list) {
            check(
                    each.isObject() && is(each.path("name"), JsonNode::isTextual),
                    Kind.SERVICE_ACCOUNT,
                    field + ": references are expected");
        }
        if (list.isEmpty()) {
            object.remove(field);
        }
    }

    /** Whole numbers alone: what is counted here is objects. */
    private static void quota(ObjectNode object) {
        JsonNode hard = object.path("spec").path("hard");
        check(
                isMapOf(hard, value -> QUANTITY.matcher(value.asText()).matches()),
                Kind.RESOURCE_QUOTA,
                "spec.hard: quantities are expected");
        hard.properties().forEach(limit -> object.withObject("/spec/hard")
                .put(limit.getKey(), limit.getValue().asText()));
    }

    private static boolean is(JsonNode value, Predicate<JsonNode> type) {
        return value.isMissingNode() || value.isNull() || type.test(value);
    }

    private static boolean isMapOf(JsonNode value, Predicate<JsonNode> type) {
        return value.isMissingNode()
                || value.isNull()
                || value.isObject()
                        && value.properties().stream().map(Map.Entry::getValue).allMatch(type);
    }

    private static boolean isBase64(JsonNode value) {
        try {
            return value.isTextual() && Base64.getDecoder().decode(value.textValue()) != null;
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }

    private static void check(boolean holds, Kind kind, String otherwise) {
        if (!holds) {
            throw cannot(kind, kind.title(), "v1", otherwise);
        }
    }

    private static Refusal cannot(Kind kind, String title, String version, String why) {
        return Refusal.badRequest(
                title + " in version \"" + version + "\" cannot be handled as a " + kind.title() + ": " + why);
    }
}
