package io.github.acrattach.emulator.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.http.Json;
import io.github.acrattach.emulator.http.Request;

/** The three ways to patch; a service account's imagePullSecrets are one value, which all but JSON patch replace. */
record Patch(String type, JsonNode patch) {

    static Patch read(Request request) {
        String type = request.header("Content-Type").orElse("").split(";")[0].strip();
        JsonNode patch =
                switch (type) {
                    case "application/merge-patch+json" ->
                        Json.parse(request.body()).orElseThrow(() -> Refusal.internal("Invalid JSON Patch"));
                    case "application/strategic-merge-patch+json", "application/json-patch+json" ->
                        Json.parse(request.body())
                                .orElseThrow(() -> Refusal.badRequest("json: cannot unmarshal the patch"));
                    default -> throw Refusal.unsupportedPatch();
                };
        return new Patch(type, patch);
    }

    JsonNode applied(ObjectNode object) {
        if (type.equals("application/json-patch+json")) {
            return JsonPatch.applied(patch, object);
        }
        if (!patch.isObject()) {
            throw Refusal.badRequest("json: cannot unmarshal array into Go value of type map[string]interface {}");
        }
        return merged(object, patch, type.startsWith("application/strategic"));
    }

    /** RFC 7396; strategic merge differs from it in what it does to lists that have a key. */
    private static JsonNode merged(JsonNode before, JsonNode patch, boolean strategic) {
        if (!patch.isObject()) {
            return patch;
        }
        ObjectNode merged = before instanceof ObjectNode object ? object.deepCopy() : Json.object();
        patch.properties().forEach(field -> {
            JsonNode old = merged.path(field.getKey());
            if (field.getValue().isNull()) {
                merged.remove(field.getKey());
            } else if (strategic && field.getKey().equals("secrets") && old instanceof ArrayNode list) {
                merged.set("secrets", byName(list, field.getValue()));
            } else {
                merged.set(field.getKey(), merged(old, field.getValue(), strategic));
            }
        });
        return merged;
    }

    /** patchMergeKey=name on ServiceAccount.secrets: k8s.io/api/core/v1/types.go. */
    private static ArrayNode byName(ArrayNode before, JsonNode more) {
        ArrayNode list = before.deepCopy();
        more.forEach(each -> {
            boolean there = false;
            for (JsonNode old : list) {
                there |= old.path("name").equals(each.path("name"));
            }
            if (!there) {
                list.add(each);
            }
        });
        return list;
    }
}
