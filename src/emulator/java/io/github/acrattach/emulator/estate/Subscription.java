package io.github.acrattach.emulator.estate;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.acrattach.emulator.http.Json;
import java.util.Optional;

/**
 * An Azure subscription: of the tenant, or of another one that lets this one in.
 *
 * @param tenantId of another tenant
 */
public record Subscription(String id, String displayName, Optional<String> tenantId) {

    static Subscription read(JsonNode node) {
        return new Subscription(
                Required.guid(node, "id", "a subscription"),
                Required.text(node, "displayName", "a subscription"),
                Json.text(node, "tenantId"));
    }
}
