package io.github.acrattach.emulator.acr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.stream.StreamSupport;

/** A registry under the name that clients call it by, with the settings that decide about its data plane. */
record LoginServer(String name, ObjectNode registry) {
    private static final String CLIENT = "127.0.0.1";

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

    /** The emulator listens on this machine only, so every client comes from one address. */
    boolean admits() {
        if (properties().path("publicNetworkAccess").asText().equals("Disabled")) {
            return false;
        }
        JsonNode rules = properties().path("networkRuleSet");
        return !rules.path("defaultAction").asText().equals("Deny")
                || StreamSupport.stream(rules.path("ipRules").spliterator(), false)
                        .anyMatch(rule -> rule.path("value").asText().equals(CLIENT));
    }

    private JsonNode properties() {
        return registry.path("properties");
    }
}
