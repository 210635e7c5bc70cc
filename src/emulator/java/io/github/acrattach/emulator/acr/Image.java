package io.github.acrattach.emulator.acr;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.http.Json;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Stream;

/** The smallest image there is: a manifest, a configuration, no layers; github.com/opencontainers/image-spec. */
record Image(String tag, byte[] manifest, byte[] configuration) {
    static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    private static final String CONFIGURATION = "application/vnd.oci.image.config.v1+json";

    static Image of(String repository, String tag) {
        ObjectNode configuration = Json.object().put("architecture", "amd64").put("os", "linux");
        configuration.set(
                "config",
                Json.object()
                        .set("Labels", Json.object().put("org.opencontainers.image.ref.name", repository + ":" + tag)));
        configuration.set("rootfs", Json.object().put("type", "layers").set("diff_ids", Json.array(Stream.empty())));
        byte[] blob = Json.bytes(configuration);
        ObjectNode manifest = Json.object().put("schemaVersion", 2).put("mediaType", MANIFEST);
        manifest.set(
                "config",
                Json.object()
                        .put("mediaType", CONFIGURATION)
                        .put("digest", digest(blob))
                        .put("size", blob.length));
        manifest.set("layers", Json.array(Stream.empty()));
        return new Image(tag, Json.bytes(manifest), blob);
    }

    boolean isNamed(String reference) {
        return tag.equals(reference) || digest(manifest).equals(reference);
    }

    static String digest(byte[] content) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("This JDK has no SHA-256", missing);
        }
    }
}
