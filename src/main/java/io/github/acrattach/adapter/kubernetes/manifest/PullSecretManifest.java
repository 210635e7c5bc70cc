package io.github.acrattach.adapter.kubernetes.manifest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.domain.PullSecret;
import io.github.acrattach.domain.RegionalHost;
import io.github.acrattach.domain.Version;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** How a pull secret is written: a new one, or a merge patch (RFC 7386) of one that stands there. */
public final class PullSecretManifest {

    public static final String TYPE = "kubernetes.io/dockerconfigjson";
    public static final String DATA = ".dockerconfigjson";
    public static final String MANAGED_BY = "app.kubernetes.io/managed-by";
    public static final String MANAGER = "acr-attach";

    /** What the annotations of this program begin with. */
    public static final String PREFIX = "acr-attach/";

    static final String REGISTRY = PREFIX + "registry";
    static final String CREDENTIAL = PREFIX + "credential";
    static final String PASSWORD = PREFIX + "password";
    static final String EXPIRES = PREFIX + "expires";
    static final String INPUTS = PREFIX + "inputs";

    /** Whose hosts it opens beside that of the whole registry; absent where there are none. */
    static final String REGIONS = PREFIX + "regions";

    /** Which version wrote it, for people; never read, so that a later one has nothing to mend. */
    static final String VERSION = PREFIX + "version";

    /** All that is read. */
    public static final Set<String> ANNOTATIONS = Set.of(REGISTRY, CREDENTIAL, PASSWORD, EXPIRES, INPUTS, REGIONS);

    private PullSecretManifest() {}

    public static ObjectNode create(PullSecret secret, Version version) {
        ObjectNode manifest = JsonNodeFactory.instance.objectNode();
        manifest.put("apiVersion", "v1").put("kind", "Secret").put("type", TYPE);
        manifest.putObject("metadata").put("name", secret.name());
        return write(secret, version, manifest);
    }

    /** Changes what is this program's and nothing else, as long as the secret is the one that was observed. */
    public static ObjectNode change(ObservedSecret observed, PullSecret secret, Version version) {
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        patch.set("metadata", version(observed.uid(), observed.resourceVersion()));
        ObjectNode written = write(secret, version, patch);
        if (observed.annotations().containsKey(REGIONS) && regions(secret).isEmpty()) {
            written.withObject("/metadata/annotations").putNull(REGIONS);
        }
        return written;
    }

    /** What makes a request fail with 409 Conflict once the object is another one, or was changed. */
    public static ObjectNode version(String uid, String resourceVersion) {
        return JsonNodeFactory.instance.objectNode().put("uid", uid).put("resourceVersion", resourceVersion);
    }

    private static ObjectNode write(PullSecret secret, Version version, ObjectNode manifest) {
        ObjectNode metadata = manifest.withObjectProperty("metadata");
        metadata.putObject("labels").put(MANAGED_BY, MANAGER);
        ObjectNode annotations = metadata.putObject("annotations");
        annotations(secret).forEach(annotations::put);
        annotations.put(VERSION, version.text());
        manifest.putObject("data").put(DATA, DockerConfig.of(secret).encoded());
        return manifest;
    }

    /** Those that tell whether it is as it should be. */
    static Map<String, String> annotations(PullSecret secret) {
        var key = secret.credential().key();
        Map<String, String> annotations = new LinkedHashMap<>();
        annotations.put(REGISTRY, key.pairing().registry().toString());
        annotations.put(CREDENTIAL, key.name());
        annotations.put(PASSWORD, secret.password().id());
        annotations.put(EXPIRES, secret.password().expires().toString());
        annotations.put(INPUTS, secret.inputs());
        String regions = regions(secret);
        if (!regions.isEmpty()) {
            annotations.put(REGIONS, regions);
        }
        return annotations;
    }

    private static String regions(PullSecret secret) {
        return secret.loginServers().stream()
                .flatMap(host -> RegionalHost.region(secret.loginServer(), host).stream())
                .collect(Collectors.joining(","));
    }
}
