package io.github.acrattach.adapter.kubernetes.manifest;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads JSON of which only a few fields are known. The typed models would refuse what a newer API server has added. */
public final class JsonFields {

    private JsonFields() {}

    /** The text at the path; empty when it is not there or not text. */
    public static Optional<String> text(JsonObject json, String... path) {
        JsonElement at = json;
        for (String name : path) {
            at = at instanceof JsonObject object ? object.get(name) : null;
        }
        return at != null && at.isJsonPrimitive() && at.getAsJsonPrimitive().isString()
                ? Optional.of(at.getAsString())
                : Optional.empty();
    }

    /** The texts of the map at the path. */
    public static Map<String, String> texts(JsonObject json, String... path) {
        JsonElement at = json;
        for (String name : path) {
            at = at instanceof JsonObject object ? object.get(name) : null;
        }
        Map<String, String> texts = new LinkedHashMap<>();
        if (at instanceof JsonObject map) {
            map.keySet().forEach(name -> text(map, name).ifPresent(value -> texts.put(name, value)));
        }
        return texts;
    }

    /** The objects of the list of that name. */
    public static List<JsonObject> objects(JsonObject json, String name) {
        return json.get(name) instanceof JsonArray list
                ? list.asList().stream()
                        .filter(JsonObject.class::isInstance)
                        .map(JsonObject.class::cast)
                        .toList()
                : List.of();
    }

    /** The object of that name, made where it is missing. */
    public static JsonObject within(JsonObject json, String name) {
        if (json.get(name) instanceof JsonObject there) {
            return there;
        }
        JsonObject made = new JsonObject();
        json.add(name, made);
        return made;
    }

    public static Optional<String> name(JsonObject json) {
        return text(json, "metadata", "name");
    }

    /** Whether it is on its way out. */
    public static boolean leaving(JsonObject json) {
        return text(json, "metadata", "deletionTimestamp").isPresent();
    }
}
