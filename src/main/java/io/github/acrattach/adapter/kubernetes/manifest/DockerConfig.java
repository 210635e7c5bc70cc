package io.github.acrattach.adapter.kubernetes.manifest;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.github.acrattach.domain.PullSecret;
import io.github.acrattach.domain.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * What a kubelet reads from a pull secret, as {@code kubectl create secret docker-registry} writes it: one registry, one
 * user, one password.
 */
public record DockerConfig(String loginServer, String userName, Secret password) {

    public static DockerConfig of(PullSecret secret) {
        return new DockerConfig(secret.loginServer(), secret.credential().userName(), secret.value());
    }

    /** The value in the secret's data. */
    public String encoded() {
        JsonObject entry = new JsonObject();
        entry.addProperty("username", userName);
        entry.addProperty("password", password.reveal());
        entry.addProperty("auth", auth());
        JsonObject auths = new JsonObject();
        auths.add(loginServer, entry);
        JsonObject config = new JsonObject();
        config.add("auths", auths);
        // kubectl's JSON writer escapes these; then the same secret made by hand is the same to the byte.
        return base64(config.toString()
                .replace("<", "\\u003c")
                .replace(">", "\\u003e")
                .replace("&", "\\u0026"));
    }

    private String auth() {
        return base64(userName + ':' + password.reveal());
    }

    /** Empty when it is anything but one registry with a user and a password that agree with each other. */
    public static Optional<DockerConfig> read(String encoded) {
        return decoded(encoded).flatMap(DockerConfig::json).flatMap(config -> {
            JsonObject auths = JsonFields.within(config, "auths");
            if (auths.size() != 1) {
                return Optional.empty();
            }
            String loginServer = auths.keySet().iterator().next();
            Optional<String> user = JsonFields.text(auths, loginServer, "username");
            Optional<String> password = JsonFields.text(auths, loginServer, "password");
            if (user.isEmpty() || password.isEmpty()) {
                return Optional.empty();
            }
            DockerConfig read = new DockerConfig(loginServer, user.get(), new Secret(password.get()));
            return JsonFields.text(auths, loginServer, "auth")
                    .filter(read.auth()::equals)
                    .map(agrees -> read);
        });
    }

    private static Optional<JsonObject> json(String text) {
        try {
            return JsonParser.parseString(text) instanceof JsonObject json ? Optional.of(json) : Optional.empty();
        } catch (JsonParseException | StackOverflowError e) {
            return Optional.empty();
        }
    }

    /** Whether the other opens the same with the same. */
    public boolean says(DockerConfig other) {
        return loginServer.equals(other.loginServer)
                && userName.equals(other.userName)
                && password.reveal().equals(other.password.reveal());
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<String> decoded(String base64) {
        try {
            return Optional.of(new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
