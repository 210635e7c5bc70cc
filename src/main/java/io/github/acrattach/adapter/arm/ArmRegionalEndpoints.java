package io.github.acrattach.adapter.arm;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.acrattach.adapter.azure.Answers;
import io.github.acrattach.adapter.azure.ArmRequests;
import io.github.acrattach.adapter.azure.Azure;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.Registry;
import io.github.acrattach.domain.installation.Right;
import io.github.acrattach.port.RegionalEndpoints;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * Reads what a registry shows of its regional endpoints. They are a preview: no stable version of the interface, and so no
 * SDK, has them (specification 2026-01-01-preview, properties.regionalEndpoints and regionalEndpointHostNames). A cloud that
 * does not know that version refuses, which is an answer like any other.
 */
@ApplicationScoped
class ArmRegionalEndpoints implements RegionalEndpoints {

    private static final String VERSION = "?api-version=2026-01-01-preview";

    private final Azure azure;

    ArmRegionalEndpoints(Azure azure) {
        this.azure = azure;
    }

    @Override
    public Lookup<List<String>> of(Registry registry) {
        String id = registry.id().toString();
        return Answers.unlessRefused(
                () -> new Lookup.Found<>(hosts(new ArmRequests(azure).get(id + VERSION))),
                azure.operation(Right.READ_REGISTRIES.action(), id));
    }

    private static List<String> hosts(JsonNode registry) {
        JsonNode properties = registry.path("properties");
        if (!properties.path("regionalEndpoints").asText("").equalsIgnoreCase("Enabled")) {
            return List.of();
        }
        return StreamSupport.stream(properties.path("regionalEndpointHostNames").spliterator(), false)
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .toList();
    }
}
