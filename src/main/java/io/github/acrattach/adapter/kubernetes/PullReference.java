package io.github.acrattach.adapter.kubernetes;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.stream.Stream;

/**
 * A service account's reference to a pull secret. The list is an atomic one: patches replace all of it, so it is read,
 * changed and written as a whole, and everything that others put there stays.
 */
record PullReference(String secret) {

    /** Says which references this program added, so that it takes away no others. */
    static final String ADDED = "acr-attach/added";

    static final String LIST = "imagePullSecrets";

    boolean in(JsonObject account) {
        return Fields.objects(account, LIST).stream().anyMatch(this::isThis);
    }

    /** Whether this program added it. */
    boolean addedTo(JsonObject account) {
        return added(account).contains(secret);
    }

    /** Adds it at the end. */
    void addTo(JsonObject account) {
        JsonArray list = account.get(LIST) instanceof JsonArray there ? there : new JsonArray();
        JsonObject reference = new JsonObject();
        reference.addProperty("name", secret);
        list.add(reference);
        account.add(LIST, list);
        annotate(
                account,
                Stream.concat(added(account).stream(), Stream.of(secret))
                        .distinct()
                        .toList());
    }

    /** Takes it away, and what says that this program added it. */
    void removeFrom(JsonObject account) {
        if (account.get(LIST) instanceof JsonArray list) {
            JsonArray kept = new JsonArray();
            list.forEach(each -> {
                if (!(each instanceof JsonObject object && isThis(object))) {
                    kept.add(each);
                }
            });
            account.add(LIST, kept);
            if (kept.isEmpty()) {
                account.remove(LIST);
            }
        }
        annotate(
                account,
                added(account).stream().filter(each -> !each.equals(secret)).toList());
    }

    private boolean isThis(JsonObject reference) {
        return Fields.text(reference, "name").filter(secret::equals).isPresent();
    }

    static List<String> added(JsonObject account) {
        return added(Fields.annotation(account, ADDED).orElse(""));
    }

    static List<String> added(String annotation) {
        return Stream.of(annotation.split(","))
                .map(String::strip)
                .filter(each -> !each.isEmpty())
                .toList();
    }

    private static void annotate(JsonObject account, List<String> added) {
        JsonObject metadata = Fields.within(account, "metadata");
        JsonObject annotations = Fields.within(metadata, "annotations");
        if (added.isEmpty()) {
            annotations.remove(ADDED);
        } else {
            annotations.addProperty(ADDED, String.join(",", added));
        }
        if (annotations.isEmpty()) {
            metadata.remove("annotations");
        }
    }
}
