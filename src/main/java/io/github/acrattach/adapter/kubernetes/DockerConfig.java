package io.github.acrattach.adapter.kubernetes;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.github.acrattach.domain.PullSecret;
import io.github.acrattach.domain.Secret;
import java.util.Optional;

/**
 * What a kubelet reads from a pull secret, as {@code kubectl create secret docker-registry} writes it: one registry, one
 * user, one password.
 */
record DockerConfig(String loginServer, String userName, Secret password) {

    static DockerConfig of(PullSecret secret) {
        return new DockerConfig(secret.loginServer(), secret.credential().userName(), secret.value());
    }

    /** The value in the secret's data. */
    String encoded() {
        JsonObject entry = new JsonObject();
        entry.addProperty("username", userName);
        entry.addProperty("password", password.reveal());
        entry.addProperty("auth", auth());
        JsonObject auths = new JsonObject();
        auths.add(loginServer, entry);
        JsonObject config = new JsonObject();
        config.add("auths", auths);
        // kubectl's JSON writer escapes these; then the same secret made by hand is the same to the byte.
        return Base64Text.of(config.toString()
                .replace("<", "\\u003c")
                .replace(">", "\\u003e")
                .replace("&", "\\u0026"));
    }

    private String auth() {
        return Base64Text.of(userName + ':' + password.reveal());
    }

    /** Empty when it is anything but one registry with a user and a password that agree with each other. */
    static Optional<DockerConfig> read(String encoded) {
        return Base64Text.read(encoded).flatMap(DockerConfig::json).flatMap(config -> {
            JsonObject auths = Fields.within(config, "auths");
            if (auths.size() != 1) {
                return Optional.empty();
            }
            String loginServer = auths.keySet().iterator().next();
            Optional<String> user = Fields.text(auths, loginServer, "username");
            Optional<String> password = Fields.text(auths, loginServer, "password");
            if (user.isEmpty() || password.isEmpty()) {
                return Optional.empty();
            }
            DockerConfig read = new DockerConfig(loginServer, user.get(), new Secret(password.get()));
            return Fields.text(auths, loginServer, "auth")
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
    boolean says(DockerConfig other) {
        return loginServer.equals(other.loginServer)
                && userName.equals(other.userName)
                && password.reveal().equals(other.password.reveal());
    }
}
