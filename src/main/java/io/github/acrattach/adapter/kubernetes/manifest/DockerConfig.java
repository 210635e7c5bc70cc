package io.github.acrattach.adapter.kubernetes.manifest;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.domain.PullSecret;
import io.github.acrattach.domain.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * What a kubelet reads from a pull secret, as {@code kubectl create secret docker-registry} writes it: one registry, one
 * user, one password.
 */
public record DockerConfig(String loginServer, String username, Secret password) {

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    public static DockerConfig of(PullSecret secret) {
        return new DockerConfig(secret.loginServer(), secret.credential().username(), secret.value());
    }

    /** The value in the secret's data. */
    public String encoded() {
        ObjectNode config = JsonNodeFactory.instance.objectNode();
        config.putObject("auths")
                .putObject(loginServer)
                .put("username", username)
                .put("password", password.reveal())
                .put("auth", auth());
        // kubectl's JSON writer escapes these; then the same secret made by hand is the same to the byte.
        return base64(config.toString()
                .replace("<", "\\u003c")
                .replace(">", "\\u003e")
                .replace("&", "\\u0026"));
    }

    private String auth() {
        return base64(username + ':' + password.reveal());
    }

    /** Empty when it is anything but one registry with a user and a password that agree with each other. */
    public static Optional<DockerConfig> read(String encoded) {
        return decoded(encoded).flatMap(auths -> {
            if (!auths.isObject() || auths.size() != 1) {
                return Optional.empty();
            }
            String loginServer = auths.fieldNames().next();
            JsonNode entry = auths.get(loginServer);
            String user = entry.path("username").textValue();
            String password = entry.path("password").textValue();
            if (user == null || password == null) {
                return Optional.empty();
            }
            DockerConfig read = new DockerConfig(loginServer, user, new Secret(password));
            return read.auth().equals(entry.path("auth").textValue()) ? Optional.of(read) : Optional.empty();
        });
    }

    /** Whether the other opens the same with the same. */
    public boolean says(DockerConfig other) {
        return loginServer.equals(other.loginServer)
                && username.equals(other.username)
                && password.reveal().equals(other.password.reveal());
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<JsonNode> decoded(String base64) {
        try {
            return Optional.of(JSON.readTree(Base64.getDecoder().decode(base64)).path("auths"));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
