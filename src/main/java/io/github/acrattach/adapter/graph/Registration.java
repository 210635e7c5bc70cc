package io.github.acrattach.adapter.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.CredentialKey;
import io.github.acrattach.domain.CredentialKind;
import io.github.acrattach.domain.Pairing;
import io.github.acrattach.domain.Password;
import io.github.acrattach.domain.PullCredential;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;

/**
 * An application in the directory.
 *
 * @param pairing what it says that it is for; empty when it is none of this program's
 */
record Registration(String objectId, String clientId, Optional<Pairing> pairing, List<Password> passwords) {

    /** What is read of an application. */
    static final String SELECT = "?$select=id,appId,uniqueName,tags,notes,passwordCredentials";

    static final String TAG = "acr-attach";
    private static final String FROM = " Registry: ";

    static Registration read(JsonNode application) {
        boolean tagged = StreamSupport.stream(application.path("tags").spliterator(), false)
                .anyMatch(tag -> tag.asText().equals(TAG));
        return new Registration(
                application.path("id").asText(),
                application.path("appId").asText(),
                pairing(application.path("notes").asText("")).filter(each -> tagged),
                StreamSupport.stream(application.path("passwordCredentials").spliterator(), false)
                        .map(Registration::password)
                        .toList());
    }

    /** Never with its value. */
    static Password password(JsonNode credential) {
        return new Password(
                credential.path("keyId").asText(),
                instant(credential.path("startDateTime")).orElse(Instant.EPOCH),
                instant(credential.path("endDateTime")).orElse(Password.NEVER));
    }

    /** As it is made. The notes are for people, and for finding the pair again; the tag is for finding the notes. */
    static ObjectNode body(CredentialKey key) {
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("displayName", key.name())
                .put("signInAudience", "AzureADMyOrg")
                .put("notes", key.description() + FROM + key.pairing().registry());
        body.putArray("tags").add(TAG);
        return body;
    }

    boolean isFor(CredentialKey key) {
        return pairing.filter(key.pairing()::equals).isPresent();
    }

    Optional<CredentialKey> key() {
        return pairing.map(each -> new CredentialKey(each, CredentialKind.SERVICE_PRINCIPAL));
    }

    PullCredential credential(CredentialKey key, Optional<UUID> principal) {
        return new PullCredential(key, clientId, objectId, principal, principal.isPresent(), passwords);
    }

    private static Optional<Pairing> pairing(String notes) {
        int at = notes.lastIndexOf(FROM);
        if (at < 0) {
            return Optional.empty();
        }
        try {
            ArmId registry = ArmId.parse(notes.substring(at + FROM.length()).strip(), ArmId.REGISTRY);
            return CredentialKey.clusterIn(notes.substring(0, at)).map(cluster -> new Pairing(cluster, registry));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> instant(JsonNode time) {
        try {
            return Optional.ofNullable(time.textValue())
                    .map(text -> OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MILLIS));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
