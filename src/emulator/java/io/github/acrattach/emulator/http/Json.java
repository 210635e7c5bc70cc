package io.github.acrattach.emulator.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The JSON trees the emulator reads and writes. */
public final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Seven digits of a second, as .NET writes them. */
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSS'Z'").withZone(ZoneOffset.UTC);

    private Json() {}

    public static String timestamp(Instant instant) {
        return TIMESTAMP.format(instant);
    }

    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    public static ArrayNode array(Stream<? extends JsonNode> items) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        items.forEach(array::add);
        return array;
    }

    public static ArrayNode texts(Stream<String> items) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        items.forEach(array::add);
        return array;
    }

    /** Empty when the bytes are no JSON at all; no bytes is no JSON either. */
    public static Optional<JsonNode> parse(byte[] bytes) {
        try {
            return Optional.ofNullable(MAPPER.readTree(bytes)).filter(node -> !node.isMissingNode());
        } catch (IOException notJson) {
            return Optional.empty();
        }
    }

    public static Optional<ObjectNode> parseObject(byte[] bytes) {
        return parse(bytes).filter(JsonNode::isObject).map(ObjectNode.class::cast);
    }

    public static byte[] bytes(JsonNode node) {
        try {
            return MAPPER.writeValueAsBytes(node);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("A JSON tree could not be written", impossible);
        }
    }

    /** The text at a path of field names; empty when absent, null, blank or not a text. */
    public static Optional<String> text(JsonNode node, String... path) {
        JsonNode at = node;
        for (String field : path) {
            at = at.path(field);
        }
        return Optional.ofNullable(at.textValue()).filter(text -> !text.isBlank());
    }

    /** The texts in an array; none when it is not there. */
    public static List<String> textsIn(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    /** Lays a change over a tree: objects field by field, everything else replaced. */
    public static ObjectNode merge(ObjectNode base, JsonNode change) {
        ObjectNode merged = base.deepCopy();
        change.properties().forEach(field -> {
            JsonNode before = merged.get(field.getKey());
            boolean bothObjects =
                    before instanceof ObjectNode && field.getValue().isObject();
            merged.set(field.getKey(), bothObjects ? merge((ObjectNode) before, field.getValue()) : field.getValue());
        });
        return merged;
    }
}
