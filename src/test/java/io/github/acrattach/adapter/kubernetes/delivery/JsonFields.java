package io.github.acrattach.adapter.kubernetes.delivery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** Takes objects of Kubernetes apart. */
final class JsonFields {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonReadFeature.ALLOW_SINGLE_QUOTES).build();

    private JsonFields() {}

    /** Strings may be in single quotes. */
    static ObjectNode object(String json) {
        return (ObjectNode) any(json);
    }

    static JsonNode any(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** The text at the path; empty when it is not there or not text. */
    static Optional<String> text(JsonNode json, String... path) {
        return Optional.ofNullable(at(json, path).textValue());
    }

    static Map<String, String> texts(JsonNode json, String... path) {
        Map<String, String> texts = new HashMap<>();
        at(json, path)
                .properties()
                .forEach(each -> texts.put(each.getKey(), each.getValue().textValue()));
        return texts;
    }

    static List<JsonNode> objects(JsonNode json, String name) {
        return StreamSupport.stream(json.path(name).spliterator(), false).toList();
    }

    private static JsonNode at(JsonNode json, String... path) {
        JsonNode at = json;
        for (String name : path) {
            at = at.path(name);
        }
        return at;
    }
}
