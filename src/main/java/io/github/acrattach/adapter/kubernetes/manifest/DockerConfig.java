package io.github.acrattach.adapter.kubernetes.manifest;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.domain.PullSecret;
import io.github.acrattach.domain.RegionalHost;
import io.github.acrattach.domain.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a kubelet reads from a pull secret, as {@code kubectl create secret docker-registry} writes it: one registry, one
 * user, one password. A registry can have several login servers, and a kubelet goes by the one that the image names.
 *
 * @param loginServers at least one, the one of the whole registry first
 */
public record DockerConfig(List<String> loginServers, String username, Secret password) {

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    public DockerConfig {
        loginServers = List.copyOf(loginServers);
    }

    public static DockerConfig of(PullSecret secret) {
        return new DockerConfig(secret.loginServers(), secret.credential().username(), secret.value());
    }

    /** The value in the secret's data. */
    public String encoded() {
        ObjectNode config = JsonNodeFactory.instance.objectNode();
        ObjectNode auths = config.putObject("auths");
        loginServers.forEach(server -> auths.putObject(server)
                .put("username", username)
                .put("password", password.reveal())
                .put("auth", auth()));
        // kubectl's JSON writer escapes these; then the same secret made by hand is the same to the byte.
        return base64(config.toString()
                .replace("<", "\\u003c")
                .replace(">", "\\u003e")
                .replace("&", "\\u0026"));
    }

    private String auth() {
        return base64(username + ':' + password.reveal());
    }

    /** Empty when it is anything but servers with one user and one password, which agree with each other. */
    public static Optional<DockerConfig> read(String encoded) {
        return decoded(encoded)
                .filter(auths -> auths.isObject() && !auths.isEmpty())
                .flatMap(auths -> {
                    JsonNode entry = auths.elements().next();
                    String user = entry.path("username").textValue();
                    String password = entry.path("password").textValue();
                    if (user == null || password == null) {
                        return Optional.empty();
                    }
                    // Whoever writes it again, as Go does, may sort its keys.
                    List<String> servers = auths.properties().stream()
                            .map(Map.Entry::getKey)
                            .sorted(RegionalHost.ORDER)
                            .toList();
                    DockerConfig read = new DockerConfig(servers, user, new Secret(password));
                    return auths.properties().stream().allMatch(each -> read.isSaidBy(each.getValue()))
                            ? Optional.of(read)
                            : Optional.empty();
                });
    }

    private boolean isSaidBy(JsonNode entry) {
        return username.equals(entry.path("username").textValue())
                && password.reveal().equals(entry.path("password").textValue())
                && auth().equals(entry.path("auth").textValue());
    }

    /** Whether the other opens the same with the same. */
    public boolean says(DockerConfig other) {
        return loginServers.equals(other.loginServers)
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
