package io.github.acrattach.adapter.kubernetes.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A service account, and the pull secrets that it refers to. Kubernetes knows their list as a whole: it is written with
 * everything that others put there.
 *
 * @param pullSecrets the names, in their order; a reference without a name is an empty one
 * @param added those of them that this program added, as it says in an annotation, so that it takes away no others
 * @param tooLong whether there is more of them than anybody needs, or longer than a name can be: a stranger could fill with
 *     them what commands may print of the whole cluster, so that such a list is not seen as a whole, and not written
 */
public record ObservedServiceAccount(
        String name,
        String uid,
        String resourceVersion,
        List<String> pullSecrets,
        List<String> added,
        boolean tooLong) {

    /** Of one service account. */
    public static final int MOST_PULL_SECRETS = 200;

    /** Of a secret. */
    public static final int LONGEST_NAME = 253;

    /** The annotation as a whole. */
    public static final int LONGEST_ADDED = 4000;

    /** The annotation. */
    public static final String ADDED = PullSecretManifest.PREFIX + "added";

    private static final String LIST = "imagePullSecrets";

    public ObservedServiceAccount {
        pullSecrets = List.copyOf(pullSecrets);
        added = List.copyOf(added);
    }

    public ObservedServiceAccount(
            String name, String uid, String resourceVersion, List<String> pullSecrets, List<String> added) {
        this(name, uid, resourceVersion, pullSecrets, added, false);
    }

    /** As an API server shows it. */
    public static ObservedServiceAccount of(JsonNode json) {
        JsonNode metadata = json.path("metadata");
        List<String> references = new ArrayList<>();
        json.path(LIST).forEach(each -> references.add(each.path("name").asText("")));
        String name = metadata.path("name").asText("");
        String uid = metadata.path("uid").asText("");
        String version = metadata.path("resourceVersion").asText("");
        String added = metadata.path("annotations").path(ADDED).asText("");
        boolean addedTooLong = isLonger(added, LONGEST_ADDED);
        boolean tooMany = references.size() > MOST_PULL_SECRETS;
        List<String> names = references.stream()
                .map(each -> isLonger(each, LONGEST_NAME) ? "" : each)
                .toList();
        return new ObservedServiceAccount(
                name,
                uid,
                version,
                tooMany ? List.of() : names,
                addedTooLong ? List.of() : split(added),
                addedTooLong || tooMany || !names.equals(references));
    }

    /** In bytes, as the template for commands counts. */
    private static boolean isLonger(String text, int length) {
        return text.getBytes(StandardCharsets.UTF_8).length > length;
    }

    /** The names in an annotation. */
    public static List<String> split(String annotation) {
        return Stream.of(annotation.split(","))
                .map(String::strip)
                .filter(each -> !each.isEmpty())
                .toList();
    }

    /** Of its lists, in characters. */
    public int length() {
        return Stream.concat(pullSecrets.stream(), added.stream())
                .mapToInt(String::length)
                .sum();
    }

    /** The same where all lists together are too long: of them, only what is about this secret. */
    public ObservedServiceAccount withoutLists(String secret) {
        return new ObservedServiceAccount(
                name, uid, resourceVersion, only(secret, pullSecrets), only(secret, added), true);
    }

    private static List<String> only(String secret, List<String> names) {
        return names.stream().filter(secret::equals).toList();
    }

    public boolean refersTo(String secret) {
        return pullSecrets.contains(secret);
    }

    /** A merge patch that adds the reference at the end. */
    public ObjectNode with(String secret) {
        return patch(
                Stream.concat(pullSecrets.stream(), Stream.of(secret)),
                Stream.concat(added.stream(), Stream.of(secret)).distinct());
    }

    /** A merge patch that takes the reference away, and what says that this program added it. */
    public ObjectNode without(String secret) {
        return patch(
                pullSecrets.stream().filter(each -> !each.equals(secret)),
                added.stream().filter(each -> !each.equals(secret)));
    }

    /** In a merge patch null takes away. */
    private ObjectNode patch(Stream<String> references, Stream<String> ours) {
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        String names = String.join(",", ours.toList());
        patch.set("metadata", PullSecretManifest.version(uid, resourceVersion));
        patch.withObjectProperty("metadata").putObject("annotations").put(ADDED, names.isEmpty() ? null : names);
        ArrayNode list = patch.putArray(LIST);
        references.forEach(each -> {
            ObjectNode reference = list.addObject();
            if (!each.isEmpty()) {
                reference.put("name", each);
            }
        });
        return list.isEmpty() ? patch.putNull(LIST) : patch;
    }
}
