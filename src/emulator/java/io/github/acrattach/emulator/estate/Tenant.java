package io.github.acrattach.emulator.estate;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.acrattach.emulator.http.Json;

/** The Entra tenant that owns everything in the estate. */
public record Tenant(String id, String displayName, String defaultDomain) {

    static Tenant read(JsonNode node) {
        String id = Required.guid(node, "id", "the tenant");
        String displayName = Json.text(node, "displayName").orElse("Contoso");
        return new Tenant(id, displayName, Json.text(node, "defaultDomain").orElse("contoso.onmicrosoft.com"));
    }
}
