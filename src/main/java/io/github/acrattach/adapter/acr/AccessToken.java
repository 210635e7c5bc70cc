package io.github.acrattach.adapter.acr;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.acrattach.adapter.azure.Claims;
import io.github.acrattach.adapter.azure.Reply;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * What a registry gives for a password.
 *
 * @param access what it allows, if it tells: a token may be opaque
 */
record AccessToken(String value, Optional<JsonNode> access) {

    /** Empty when the answer holds none. */
    static Optional<AccessToken> in(Reply reply) {
        JsonNode body = reply.json();
        return Optional.ofNullable(body.path("access_token").textValue())
                .or(() -> Optional.ofNullable(body.path("token").textValue()))
                .filter(value -> value.matches("[\\x21-\\x7e]+"))
                .map(value -> new AccessToken(
                        value, Optional.of(Claims.in(value).path("access")).filter(JsonNode::isArray)));
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
}
