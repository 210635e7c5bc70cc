package io.github.acrattach.emulator.estate;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.acrattach.emulator.http.Json;

/** The Entra tenant that owns everything in the estate. */
public record Tenant(String id, String displayName, String defaultDomain) {
    /** The object id of a user who administers it: whoever made what nobody is named for. */
    public static final String ADMINISTRATOR = "0f3c5b7a-9d1e-4c2b-8a6f-5e4d3c2b1a09";

    static Tenant read(JsonNode node) {
        String id = Required.guid(node, "id", "the tenant");
        String displayName = Json.text(node, "displayName").orElse("Contoso");
        return new Tenant(id, displayName, Json.text(node, "defaultDomain").orElse("contoso.onmicrosoft.com"));
    }
}
