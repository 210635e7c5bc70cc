package io.github.acrattach.emulator.estate;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.acrattach.emulator.http.Json;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Somebody in the tenant's directory who can hold roles; it may sign in when it has a secret or is federated. */
public record Principal(
        String objectId,
        Optional<String> appId,
        String displayName,
        PrincipalType type,
        Optional<String> secret,
        boolean federated,
        boolean directoryReader,
        Instant born) {

    /** The identity that Azure makes by itself for a resource. */
    public static Principal managedIdentity(String displayName, Instant born) {
        return new Principal(
                UUID.randomUUID().toString(),
                Optional.of(UUID.randomUUID().toString()),
                displayName,
                PrincipalType.ServicePrincipal,
                Optional.empty(),
                false,
                true,
                born);
    }

    static Principal read(JsonNode node) {
        String displayName = Required.text(node, "displayName", "a principal");
        String where = "principal " + displayName;
        String type = Json.text(node, "type").orElse(PrincipalType.ServicePrincipal.name());
        return new Principal(
                Required.guid(node, "objectId", where),
                Json.text(node, "appId"),
                displayName,
                PrincipalType.named(type)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "The type of " + where + " must be ServicePrincipal, User or Group, not " + type)),
                Json.text(node, "secret"),
                node.path("federated").asBoolean(false),
                node.path("directoryReader").asBoolean(true),
                Instant.EPOCH);
    }

    @Override
    public String toString() {
        return displayName + " (" + type + " " + objectId + ")";
    }
}
