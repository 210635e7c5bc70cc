package io.github.acrattach.adapter.acr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.acrattach.adapter.azure.Reply;
import java.io.IOException;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * What a registry gives for a password.
 *
 * @param access what it allows, if it tells: a token may be opaque
 */
record AccessToken(String value, Optional<JsonNode> access) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Empty when the answer holds none. */
    static Optional<AccessToken> in(Reply reply) {
        JsonNode body = reply.json();
        return Optional.ofNullable(body.path("access_token").textValue())
                .or(() -> Optional.ofNullable(body.path("token").textValue()))
                .filter(value -> value.matches("[\\x21-\\x7e]+"))
                .map(value -> new AccessToken(value, access(value)));
    }

    /** Whether it says that it does not allow this. */
    boolean lacks(String repository) {
        return access.filter(granted -> StreamSupport.stream(granted.spliterator(), false)
                        .noneMatch(each -> each.path("type").asText().equals("repository")
                                && each.path("name").asText().equals(repository)
                                && StreamSupport.stream(each.path("actions").spliterator(), false)
                                        .anyMatch(action -> action.asText().equals("pull"))))
                .isPresent();
    }

    @Override
    public String toString() {
        return "AccessToken[access=" + access + ']';
    }

    private static Optional<JsonNode> access(String value) {
        String[] parts = value.split("\\.");
        try {
            return parts.length == 3
                    ? Optional.of(JSON.readTree(Base64.getUrlDecoder().decode(parts[1])))
                            .map(claims -> claims.path("access"))
                            .filter(JsonNode::isArray)
                    : Optional.empty();
        } catch (IOException | IllegalArgumentException opaque) {
            return Optional.empty();
        }
    }
}
