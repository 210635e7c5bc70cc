package io.github.acrattach.adapter.kubernetes.manifest;

import com.google.gson.JsonObject;
import io.github.acrattach.domain.PullSecret;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** How a pull secret is written: a new one, or a merge patch (RFC 7386) of one that stands there. */
public final class PullSecretManifest {

    public static final String TYPE = "kubernetes.io/dockerconfigjson";
    public static final String DATA = ".dockerconfigjson";
    public static final String MANAGED_BY = "app.kubernetes.io/managed-by";
    public static final String MANAGER = "acr-attach";

    /** What the annotations of this program begin with. */
    public static final String PREFIX = "acr-attach/";

    static final String REGISTRY = PREFIX + "registry";
    static final String CLUSTER = PREFIX + "cluster";
    static final String CREDENTIAL = PREFIX + "credential";
    static final String KIND = PREFIX + "credential-kind";
    static final String PASSWORD = PREFIX + "password";
    static final String EXPIRES = PREFIX + "expires";
    static final String INPUTS = PREFIX + "inputs";

    /** All that it writes. */
    public static final Set<String> ANNOTATIONS =
            Set.of(REGISTRY, CLUSTER, CREDENTIAL, KIND, PASSWORD, EXPIRES, INPUTS);

    private PullSecretManifest() {}

    public static String name(PullSecret secret) {
        return PullSecret.nameFor(secret.credential().key().pairing().registry());
    }

    public static JsonObject create(PullSecret secret) {
        JsonObject manifest = new JsonObject();
        manifest.addProperty("apiVersion", "v1");
        manifest.addProperty("kind", "Secret");
        JsonFields.within(manifest, "metadata").addProperty("name", name(secret));
        manifest.addProperty("type", TYPE);
        write(secret, manifest);
        return manifest;
    }

    /** Changes what is this program's and nothing else, as long as the secret is the one that was observed. */
    public static JsonObject change(ObservedSecret observed, PullSecret secret) {
        JsonObject patch = new JsonObject();
        patch.add("metadata", version(observed.uid(), observed.resourceVersion()));
        write(secret, patch);
        return patch;
    }

    /** What makes a request fail with 409 Conflict once the object is another one, or was changed. */
    public static JsonObject version(String uid, String resourceVersion) {
        JsonObject version = new JsonObject();
        version.addProperty("uid", uid);
        version.addProperty("resourceVersion", resourceVersion);
        return version;
    }

    private static void write(PullSecret secret, JsonObject manifest) {
        JsonObject metadata = JsonFields.within(manifest, "metadata");
        JsonFields.within(metadata, "labels").addProperty(MANAGED_BY, MANAGER);
        JsonObject annotations = JsonFields.within(metadata, "annotations");
        annotations(secret).forEach(annotations::addProperty);
        JsonFields.within(manifest, "data")
                .addProperty(DATA, DockerConfig.of(secret).encoded());
    }

    static Map<String, String> annotations(PullSecret secret) {
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
}
