package io.github.acrattach.trigger.ops;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.domain.OutsideText;

/** An answer as a page of text: each field on a line, with the path that leads to it. */
final class AccessText {

    private AccessText() {}

    static String page(ObjectNode json) {
        StringBuilder page = new StringBuilder();
        put(page, "", json);
        return page.toString();
    }

    private static void put(StringBuilder page, String path, JsonNode node) {
        if (node.isObject()) {
            node.properties()
                    .forEach(field ->
                            put(page, path.isEmpty() ? field.getKey() : path + "." + field.getKey(), field.getValue()));
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                put(page, path + "[" + i + "]", node.get(i));
            }
        } else {
            page.append(path)
                    .append(": ")
                    .append(OutsideText.onOneLine(node.asText()))
                    .append('\n');
        }
    }
}
