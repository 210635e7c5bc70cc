package io.github.acrattach.trigger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Comparator;
import java.util.List;
import java.util.stream.StreamSupport;

/** An answer with hundreds of namespaces, told as shortly as a line of a log has to be. */
final class ShortJson {

    private static final int MOST_ITEMS = 20;
    private static final int MOST_CHARACTERS = 500;

    private final int items;
    private final int characters;

    private ShortJson(int items, int characters) {
        this.items = items;
        this.characters = characters;
    }

    /** The same with shorter texts, and of each list the first items, those with a problem before others. */
    static String text(ObjectNode json, int longest) {
        String text = json.toString();
        for (int half = 1; text.length() > longest; half *= 2) {
            text = new ShortJson(MOST_ITEMS / half, MOST_CHARACTERS / half)
                    .of(json)
                    .toString();
        }
        return text;
    }

    private ObjectNode of(ObjectNode json) {
        ObjectNode shorter = JsonNodeFactory.instance.objectNode();
        json.properties().forEach(field -> {
            shorter.set(field.getKey(), of(field.getValue()));
            int left = field.getValue().isArray() ? field.getValue().size() - items : 0;
            if (left > 0) {
                shorter.put(field.getKey() + "NotListed", left);
            }
        });
        return shorter;
    }

    private JsonNode of(JsonNode node) {
        if (node instanceof ObjectNode object) {
            return of(object);
        }
        if (node instanceof ArrayNode array) {
            ArrayNode shorter = JsonNodeFactory.instance.arrayNode();
            troublesFirst(array).stream().limit(items).forEach(item -> shorter.add(of(item)));
            return shorter;
        }
        return node.isTextual() && node.textValue().length() > characters
                ? TextNode.valueOf(node.textValue().substring(0, characters) + "...")
                : node;
    }

    private static List<JsonNode> troublesFirst(ArrayNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .sorted(Comparator.comparing((JsonNode item) -> !item.has("problem"))
                        .thenComparing(item -> item.path("referenced").asBoolean(true)))
                .toList();
    }
}
