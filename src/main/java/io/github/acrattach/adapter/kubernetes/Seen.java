package io.github.acrattach.adapter.kubernetes;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.Held;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What look.sh printed: namespaces, the secrets of one name, and service accounts; all without their contents. */
final class Seen {

    /** A namespace, with what is of interest in it. */
    record Space(Map<String, String> labels, boolean terminating, Map<String, JsonObject> accounts) {}

    final Map<String, Space> spaces = new TreeMap<>();

    private final Map<String, JsonObject> secrets = new TreeMap<>();
    private final Map<String, String> errors = new LinkedHashMap<>();

    static Seen in(String printed) {
        Seen seen = new Seen();
        printed.lines().forEach(line -> seen.read(line, line.split(" ", -1)));
        return seen;
    }

    private void read(String line, String[] words) {
        switch (words[0]) {
            case "N" -> spaces.put(words[1], new Space(pairs(words[3]), words[2].equals("-"), new TreeMap<>()));
            case "S" -> secrets.put(words[1], secret(words));
            case "A" -> {
                Space space = spaces.get(words[1]);
                if (space != null) {
                    space.accounts().put(words[2], account(words));
                }
            }
            case "E" -> errors.put(words[1], line.substring(words[0].length() + words[1].length() + 2));
            default -> {
                // Nothing of this program's.
            }
        }
    }

    /** Why one of the kinds could not be seen. */
    Map<String, String> errors() {
        return errors;
    }

    Held held(String namespace, ArmId registry) {
        JsonObject secret = secrets.get(namespace);
        return secret == null ? new Held.Nothing() : SecretManifest.held(secret, registry);
    }

    JsonObject secret(String namespace) {
        return secrets.get(namespace);
    }

    private static JsonObject secret(String[] words) {
        JsonObject secret = new JsonObject();
        secret.addProperty("apiVersion", "v1");
        secret.addProperty("kind", "Secret");
        JsonObject metadata = Fields.within(secret, "metadata");
        metadata.addProperty("namespace", words[1]);
        metadata.addProperty("uid", words[2]);
        metadata.addProperty("resourceVersion", words[3]);
        secret.addProperty("type", decoded(words[4]));
        if (words[5].equals("-")) {
            secret.addProperty("immutable", true);
        }
        JsonArray finalizers = new JsonArray();
        names(words[6]).forEach(finalizers::add);
        if (!finalizers.isEmpty()) {
            metadata.add("finalizers", finalizers);
        }
        pairs(words[7]).forEach(Fields.within(metadata, "labels")::addProperty);
        pairs(words[8]).forEach(Fields.within(metadata, "annotations")::addProperty);
        return secret;
    }

    private static JsonObject account(String[] words) {
        JsonObject account = new JsonObject();
        JsonObject metadata = Fields.within(account, "metadata");
        metadata.addProperty("name", words[2]);
        metadata.addProperty("resourceVersion", words[3]);
        if (words[4].equals("+")) {
            Fields.within(metadata, "annotations").addProperty(PullReference.ADDED, decoded(words[5].substring(1)));
        }
        JsonArray list = new JsonArray();
        names(words[6]).forEach(name -> {
            JsonObject reference = new JsonObject();
            reference.addProperty("name", name);
            list.add(reference);
        });
        if (!list.isEmpty()) {
            account.add(PullReference.LIST, list);
        }
        return account;
    }

    private static List<String> names(String word) {
        return Stream.of(word.substring(1).split(","))
                .filter(name -> !name.isEmpty())
                .map(Seen::decoded)
                .toList();
    }

    private static Map<String, String> pairs(String word) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String pair : word.substring(1).split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                pairs.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
        return pairs;
    }

    private static String decoded(String word) {
        return URLDecoder.decode(word, StandardCharsets.UTF_8);
    }
}
