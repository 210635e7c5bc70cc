package io.github.acrattach.emulator.estate;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.acrattach.emulator.http.Json;
import java.util.List;
import java.util.Optional;

/** A management group: what is given at it holds in its subscriptions, and in those of the groups below it. */
public record ManagementGroup(String name, Optional<String> parent, List<String> subscriptions) {

    static ManagementGroup read(JsonNode node) {
        return new ManagementGroup(
                Required.text(node, "name", "a management group"),
                Json.text(node, "parent"),
                Json.textsIn(node.path("subscriptions")));
    }
}
