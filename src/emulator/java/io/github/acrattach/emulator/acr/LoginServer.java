package io.github.acrattach.emulator.acr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A registry under the name that clients call it by, with the settings that decide about its data plane. */
record LoginServer(String name, ObjectNode registry) {
    String id() {
        return registry.path("id").asText();
    }

    String registryName() {
        return registry.path("name").asText();
    }

    /** Then permissions are data actions, and roles of the other kind are not honoured. */
    boolean isAbac() {
        return properties().path("roleAssignmentMode").asText().equals("AbacRepositoryPermissions");
    }

    boolean acceptsArmTokens() {
        return !properties()
                .path("policies")
                .path("azureADAuthenticationAsArmPolicy")
                .path("status")
                .asText()
                .equals("disabled");
    }

    boolean isOpenToAll() {
        return properties().path("anonymousPullEnabled").asBoolean();
    }

    /**
     * A private endpoint lets in even where there is no public access; elsewhere the firewall decides, whose address ranges and
     * subnets are exceptions: learn.microsoft.com/azure/container-registry/container-registry-access-selected-networks.
     */
    boolean admits(Origin origin) {
        if (origin.isPrivate() && hasPrivateEndpoint()) {
            return true;
        }
        if (properties().path("publicNetworkAccess").asText().equals("Disabled")) {
            return false;
        }
        JsonNode rules = properties().path("networkRuleSet");
        return !rules.path("defaultAction").asText().equals("Deny")
                || allowed(rules.path("ipRules"))
                        .anyMatch(rule -> origin.isIn(rule.path("value").asText()))
                || allowed(rules.path("virtualNetworkRules")).anyMatch(rule -> origin.subnet()
                        .filter(rule.path("id").asText()::equalsIgnoreCase)
                        .isPresent());
    }

    private static Stream<JsonNode> allowed(JsonNode rules) {
        return StreamSupport.stream(rules.spliterator(), false)
                .filter(rule -> rule.path("action").asText("Allow").equals("Allow"));
    }

    /** One that waits to be approved is none yet. */
    private boolean hasPrivateEndpoint() {
        return StreamSupport.stream(
                        properties().path("privateEndpointConnections").spliterator(), false)
                .anyMatch(each -> each.at("/properties/privateLinkServiceConnectionState/status")
                        .asText()
                        .equals("Approved"));
    }

    private JsonNode properties() {
        return registry.path("properties");
    }
}
