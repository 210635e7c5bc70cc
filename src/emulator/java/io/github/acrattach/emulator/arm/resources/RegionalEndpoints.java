package io.github.acrattach.emulator.arm.resources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.arm.ArmError;
import io.github.acrattach.emulator.http.Json;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The login servers of a Premium registry's regions, while they are enabled: one in its home region, and those that a test
 * plants as if they were replicas'. A preview: aka.ms/acr/docs, regional endpoints; specification 2026-01-01-preview.
 */
final class RegionalEndpoints {
    private static final String SETTING = "regionalEndpoints";
    private static final String HOSTS = "regionalEndpointHostNames";
    private static final String FIRST_VERSION = "2026-01-01-preview";

    private RegionalEndpoints() {}

    /** Refuses them of a registry that is not Premium, and words that the setting does not have. */
    static void check(JsonNode body) {
        String asked = body.path("properties").path(SETTING).asText("Disabled");
        if (!asked.equals("Enabled") && !asked.equals("Disabled")) {
            throw ArmError.badRequest(
                    "InvalidRequestContent", "The property '" + SETTING + "' must be Enabled or Disabled.");
        }
        if (asked.equals("Enabled") && !isPremium(body)) {
            throw ArmError.badRequest("InvalidSku", "Regional endpoints are available for the Premium SKU only.");
        }
    }

    private static boolean isPremium(JsonNode body) {
        return body.path("sku").path("name").asText().equals("Premium");
    }

    /** None while they are disabled. */
    static Stream<String> of(JsonNode registry) {
        JsonNode properties = registry.path("properties");
        if (!isPremium(registry) || !properties.path(SETTING).asText().equals("Enabled")) {
            return Stream.empty();
        }
        if (!properties.path(HOSTS).isEmpty()) {
            return StreamSupport.stream(properties.path(HOSTS).spliterator(), false)
                    .map(JsonNode::asText);
        }
        String[] server = properties.path("loginServer").asText().split("[.]", 2);
        return Stream.of(server[0] + "." + registry.path("location").asText() + ".geo." + server[1]);
    }

    /** A registry as this version of the interface shows it: stable ones do not know them. */
    static ObjectNode shown(ObjectNode registry, String apiVersion) {
        ObjectNode shown = registry.deepCopy();
        ObjectNode properties = shown.withObject("/properties");
        if (!apiVersion.endsWith("-preview") || apiVersion.compareTo(FIRST_VERSION) < 0) {
            properties.remove(SETTING);
            properties.remove(HOSTS);
            return shown;
        }
        properties.put(SETTING, Json.text(properties, SETTING).orElse("Disabled"));
        properties.set(HOSTS, Json.texts(of(registry)));
        return shown;
    }
}
