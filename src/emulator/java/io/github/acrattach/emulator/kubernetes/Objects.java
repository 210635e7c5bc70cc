package io.github.acrattach.emulator.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.http.Json;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** The objects of one cluster in the order of their keys, and the one counter behind all resource versions. */
final class Objects {
    private final NavigableMap<String, ObjectNode> byKey = new TreeMap<>();
    private long version = 1;

    long version() {
        return version;
    }

    Optional<ObjectNode> get(Kind kind, String namespace, String name) {
        return Optional.ofNullable(byKey.get(key(kind, namespace, name))).map(ObjectNode::deepCopy);
    }

    /** Of one namespace, or of all when the name is empty; the keys are those from which a list continues. */
    NavigableMap<String, ObjectNode> list(Kind kind, String namespace) {
        String prefix = kind.isNamespaced() && !namespace.isEmpty() ? key(kind, namespace, "") : kind.plural() + "/";
        return byKey.subMap(prefix, true, prefix + Character.MAX_VALUE, false);
    }

    /** Gives the object its new version; what says the same as before keeps the old one. */
    ObjectNode put(Kind kind, ObjectNode object) {
        String key = key(kind, text(object, "namespace"), text(object, "name"));
        ObjectNode before = byKey.get(key);
        if (before != null) {
            object.withObject("/metadata")
                    .set("resourceVersion", before.path("metadata").get("resourceVersion"));
            if (object.equals(before)) {
                return before.deepCopy();
            }
        }
        version++;
        object.withObject("/metadata").put("resourceVersion", String.valueOf(version));
        byKey.put(key, object.deepCopy());
        return object;
    }

    void remove(Kind kind, String namespace, String name) {
        if (byKey.remove(key(kind, namespace, name)) != null) {
            version++;
        }
    }

    void removeNamespace(String name) {
        for (Kind kind : Kind.values()) {
            if (kind.isNamespaced()) {
                list(kind, name).clear();
            }
        }
        remove(Kind.NAMESPACE, "", name);
    }

    static String text(ObjectNode object, String field) {
        return Json.text(object, "metadata", field).orElse("");
    }

    private static String key(Kind kind, String namespace, String name) {
        return kind.isNamespaced() ? kind.plural() + "/" + namespace + "/" + name : kind.plural() + "/" + name;
    }
}
