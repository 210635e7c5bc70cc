package io.github.acrattach.adapter.kubernetes.manifest;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.stream.Stream;

/**
 * A service account, and the pull secrets that it refers to. Kubernetes knows their list as a whole: it is written with
 * everything that others put there.
 *
 * @param pullSecrets the names, in their order; a reference without a name is an empty one
 * @param added those of them that this program added, as it says in an annotation, so that it takes away no others
 */
public record ObservedServiceAccount(
        String name, String uid, String resourceVersion, List<String> pullSecrets, List<String> added) {

    /** The annotation. */
    public static final String ADDED = PullSecretManifest.PREFIX + "added";

    private static final String LIST = "imagePullSecrets";

    public ObservedServiceAccount {
        pullSecrets = List.copyOf(pullSecrets);
        added = List.copyOf(added);
    }

    /** As an API server shows it. */
    public static ObservedServiceAccount of(JsonObject json) {
        return new ObservedServiceAccount(
                JsonFields.name(json).orElse(""),
                JsonFields.text(json, "metadata", "uid").orElse(""),
                JsonFields.text(json, "metadata", "resourceVersion").orElse(""),
                JsonFields.objects(json, LIST).stream()
                        .map(each -> JsonFields.text(each, "name").orElse(""))
                        .toList(),
                split(JsonFields.text(json, "metadata", "annotations", ADDED).orElse("")));
    }

    /** The names in an annotation. */
    public static List<String> split(String annotation) {
        return Stream.of(annotation.split(","))
                .map(String::strip)
                .filter(each -> !each.isEmpty())
                .toList();
    }

    public boolean refersTo(String secret) {
        return pullSecrets.contains(secret);
    }

    /** A merge patch that adds the reference at the end. */
    public JsonObject with(String secret) {
        return patch(
                Stream.concat(pullSecrets.stream(), Stream.of(secret)),
                Stream.concat(added.stream(), Stream.of(secret)).distinct());
    }

    /** A merge patch that takes the reference away, and what says that this program added it. */
    public JsonObject without(String secret) {
        return patch(
                pullSecrets.stream().filter(each -> !each.equals(secret)),
                added.stream().filter(each -> !each.equals(secret)));
    }

    private JsonObject patch(Stream<String> references, Stream<String> ours) {
        JsonArray list = new JsonArray();
        references.forEach(each -> {
            JsonObject reference = new JsonObject();
            if (!each.isEmpty()) {
                reference.addProperty("name", each);
            }
            list.add(reference);
        });
        JsonObject patch = new JsonObject();
        JsonObject metadata = PullSecretManifest.version(uid, resourceVersion);
        patch.add("metadata", metadata);
        String names = String.join(",", ours.toList());
        JsonObject annotations = JsonFields.within(metadata, "annotations");
        // In a merge patch null takes away.
        if (names.isEmpty()) {
            annotations.add(ADDED, JsonNull.INSTANCE);
        } else {
            annotations.addProperty(ADDED, names);
        }
        patch.add(LIST, list.isEmpty() ? JsonNull.INSTANCE : list);
        return patch;
    }
}
