package io.github.acrattach.adapter.kubernetes;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.Held;
import io.github.acrattach.domain.PullSecret;
import io.github.acrattach.domain.Secret;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How a pull secret looks in Kubernetes, and how this program's are told from everybody else's. */
final class SecretManifest {

    static final String TYPE = "kubernetes.io/dockerconfigjson";
    static final String DATA = ".dockerconfigjson";
    static final String MANAGED_BY = "app.kubernetes.io/managed-by";
    static final String MANAGER = "acr-attach";

    /** What of an old one's metadata others can have put there; the rest is the API server's. */
    private static final Set<String> KEPT = Set.of("labels", "annotations", "ownerReferences");

    private static final String REGISTRY = "acr-attach/registry";
    private static final String CLUSTER = "acr-attach/cluster";
    private static final String CREDENTIAL = "acr-attach/credential";
    private static final String KIND = "acr-attach/credential-kind";
    private static final String PASSWORD = "acr-attach/password";
    private static final String EXPIRES = "acr-attach/expires";
    private static final String INPUTS = "acr-attach/inputs";

    private SecretManifest() {}

    /** A new one. */
    static JsonObject of(PullSecret secret, String namespace) {
        JsonObject manifest = new JsonObject();
        manifest.addProperty("apiVersion", "v1");
        manifest.addProperty("kind", "Secret");
        JsonObject metadata = Fields.within(manifest, "metadata");
        metadata.addProperty("name", name(secret));
        metadata.addProperty("namespace", namespace);
        manifest.addProperty("type", TYPE);
        return over(manifest, secret);
    }

    /** The one that is there, with what it is to say; all that others put on it stays. */
    static JsonObject over(JsonObject there, PullSecret secret) {
        JsonObject manifest = there.deepCopy();
        JsonObject metadata = Fields.within(manifest, "metadata");
        Fields.within(metadata, "labels").addProperty(MANAGED_BY, MANAGER);
        JsonObject annotations = Fields.within(metadata, "annotations");
        annotations(secret).forEach(annotations::addProperty);
        JsonObject data = Fields.within(manifest, "data");
        DockerConfig wanted = DockerConfig.of(secret);
        // The same can be written in several ways: Go escapes some characters.
        if (Fields.text(data, DATA)
                .flatMap(DockerConfig::read)
                .filter(wanted::says)
                .isEmpty()) {
            data.addProperty(DATA, wanted.encoded());
        }
        return manifest;
    }

    /** The same for the place of one that has to be made anew: it can be changed again. */
    static JsonObject insteadOf(JsonObject there, PullSecret secret, String namespace) {
        JsonObject manifest = over(there, secret);
        manifest.addProperty("apiVersion", "v1");
        manifest.addProperty("kind", "Secret");
        manifest.remove("immutable");
        JsonObject metadata = Fields.within(manifest, "metadata");
        metadata.keySet().retainAll(KEPT);
        metadata.addProperty("name", name(secret));
        metadata.addProperty("namespace", namespace);
        return manifest;
    }

    /** Whether finalizers keep it when it is deleted. */
    static boolean isHeld(JsonObject there) {
        return there.get("metadata") instanceof JsonObject metadata
                && metadata.get("finalizers") instanceof JsonArray finalizers
                && !finalizers.isEmpty();
    }

    static String name(PullSecret secret) {
        return PullSecret.nameFor(secret.credential().key().pairing().registry());
    }

    private static Map<String, String> annotations(PullSecret secret) {
        var key = secret.credential().key();
        Map<String, String> annotations = new LinkedHashMap<>();
        annotations.put(REGISTRY, key.pairing().registry().toString());
        annotations.put(CLUSTER, key.pairing().cluster().toString());
        annotations.put(CREDENTIAL, key.name());
        annotations.put(KIND, key.kind().name());
        annotations.put(PASSWORD, secret.password().id());
        annotations.put(EXPIRES, secret.password().expires().toString());
        annotations.put(INPUTS, secret.inputs());
        return annotations;
    }

    /** What stands there, seen from a registry. */
    static Held held(JsonObject there, ArmId registry) {
        String type = Fields.text(there, "type").orElse("");
        if (!type.equals(TYPE)) {
            return new Held.Foreign("It is a secret of the type " + shown(type) + ", not " + TYPE + ".");
        }
        Optional<String> manager = Fields.text(there, "metadata", "labels", MANAGED_BY);
        if (manager.isEmpty()) {
            return new Held.Foreign("It does not carry the label " + MANAGED_BY + '=' + MANAGER + '.');
        }
        if (!manager.get().equals(MANAGER)) {
            return new Held.Foreign("It is managed by " + shown(manager.get()) + ", as its label says.");
        }
        String of = Fields.annotation(there, REGISTRY).orElse("");
        if (!of.equalsIgnoreCase(registry.toString())) {
            return new Held.Foreign("Its annotation " + REGISTRY + " names "
                    + (of.isEmpty() ? "no registry" : "another registry: " + shown(of)) + '.');
        }
        return ours(there, registry);
    }

    private static Held ours(JsonObject there, ArmId registry) {
        String credential = Fields.annotation(there, CREDENTIAL).orElse("");
        String password = Fields.annotation(there, PASSWORD).orElse("");
        String inputs = Fields.annotation(there, INPUTS).orElse("");
        // The annotations can only vouch for the value while both belong together.
        Optional<Secret> value = Fields.text(there, "data", DATA)
                .flatMap(DockerConfig::read)
                .filter(config -> PullSecret.inputs(
                                registry, credential, config.userName(), config.loginServer(), password)
                        .equals(inputs))
                .map(DockerConfig::password);
        // Without any data it was only asked what the secret says of itself.
        boolean tampered = there.has("data") && value.isEmpty();
        return new Held.Ours(
                credential,
                password,
                expires(Fields.annotation(there, EXPIRES).orElse("")),
                tampered ? "" : inputs,
                value);
    }

    /** A time that cannot be read is one that is over: the secret is made anew. */
    private static Instant expires(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            return Instant.EPOCH;
        }
    }

    private static String shown(String text) {
        String readable = text.replaceAll("[^\\p{L}\\p{N}_./()-]", "?");
        return readable.length() <= 200 ? readable : readable.substring(0, 200) + "...";
    }
}
