package io.github.acrattach.emulator.kubernetes;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** RFC 6902 without move and copy. */
final class JsonPatch {
    private JsonPatch() {}

    static JsonNode applied(JsonNode operations, ObjectNode object) {
        if (!operations.isArray()) {
            throw Refusal.badRequest("json: cannot unmarshal object into Go value of type jsonpatch.Patch");
        }
        ObjectNode patched = object.deepCopy();
        for (JsonNode operation : operations) {
            try {
                apply(operation, patched);
            } catch (IllegalArgumentException notAPointer) {
                throw Refusal.unappliablePatch();
            }
        }
        return patched;
    }

    private static void apply(JsonNode operation, ObjectNode object) {
        JsonPointer path = JsonPointer.compile(operation.path("path").asText());
        String kind = operation.path("op").asText();
        if (kind.equals("test")) {
            check(object.at(path).equals(operation.path("value")));
            return;
        }
        check(path.last() != null);
        String last = path.last().getMatchingProperty();
        JsonNode holder = object.at(path.head());
        if (holder instanceof ObjectNode fields) {
            check(kind.equals("add") || fields.has(last));
            change(kind, () -> fields.set(last, operation.path("value")), () -> fields.remove(last));
        } else if (holder instanceof ArrayNode list) {
            int at = last.equals("-") && kind.equals("add")
                    ? list.size()
                    : path.last().getMatchingIndex();
            check(at >= 0 && at <= list.size() && (kind.equals("add") || at < list.size()));
            change(
                    kind.equals("add") ? "insert" : kind,
                    () -> {
                        if (kind.equals("add")) {
                            list.insert(at, operation.path("value"));
                        } else {
                            list.set(at, operation.path("value"));
                        }
                    },
                    () -> list.remove(at));
        } else {
            throw Refusal.unappliablePatch();
        }
    }

    private static void change(String kind, Runnable write, Runnable remove) {
        switch (kind) {
            case "add", "insert", "replace" -> write.run();
            case "remove" -> remove.run();
            default -> throw Refusal.unappliablePatch();
        }
    }

    private static void check(boolean applies) {
        if (!applies) {
            throw Refusal.unappliablePatch();
        }
    }
}
