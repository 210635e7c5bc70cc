package io.github.acrattach.emulator.estate;

import com.fasterxml.jackson.databind.JsonNode;

/** An Azure subscription of the tenant. */
public record Subscription(String id, String displayName) {

    static Subscription read(JsonNode node) {
        return new Subscription(
                Required.guid(node, "id", "a subscription"), Required.text(node, "displayName", "a subscription"));
    }
}
