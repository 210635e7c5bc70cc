package io.github.acrattach.adapter.arm;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.acrattach.domain.Permission;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What a role allows or a deny assignment forbids, as ARM writes it. */
final class PermissionJson {

    private PermissionJson() {}

    static Permission read(JsonNode node) {
        return new Permission(
                texts(node.path("actions")),
                texts(node.path("notActions")),
                texts(node.path("dataActions")),
                texts(node.path("notDataActions")));
    }

    static List<Permission> all(JsonNode array) {
        return stream(array).map(PermissionJson::read).toList();
    }

    static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static List<String> texts(JsonNode array) {
        return stream(array).map(JsonNode::asText).toList();
    }
}
