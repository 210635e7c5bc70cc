package io.github.acrattach.emulator.estate;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.acrattach.emulator.http.Json;

/** A resource group that exists from the start. */
public record ResourceGroup(String subscriptionId, String name, String location) {

    static ResourceGroup read(JsonNode node) {
        return new ResourceGroup(
                Required.guid(node, "subscription", "a resource group"),
                Required.text(node, "name", "a resource group"),
                Json.text(node, "location").orElse("westeurope"));
    }
}
