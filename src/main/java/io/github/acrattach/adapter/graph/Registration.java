package io.github.acrattach.adapter.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.CredentialKey;
import io.github.acrattach.domain.CredentialKind;
import io.github.acrattach.domain.Description;
import io.github.acrattach.domain.Pairing;
import io.github.acrattach.domain.Password;
import io.github.acrattach.domain.PullCredential;
import io.github.acrattach.domain.PullCredential.Flaw;
import io.github.acrattach.domain.Version;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * An application in the directory. What it says of itself proves nothing: everybody who may register one can write it.
 *
 * @param uniqueName the name that nobody else can take while it lives, nor for 30 days after
 * @param key the credential that it says to be
 * @param owners the object ids of those who may change it, administrators aside; none where they were not asked for
 */
record Registration(
        String objectId,
        String clientId,
        String uniqueName,
        Optional<CredentialKey> key,
        Instant created,
        Set<String> owners,
        List<Password> passwords) {

    /** What is read of an application that is known to be this program's. */
    static final String SELECT = "?$select=id,appId,uniqueName,notes,createdDateTime,passwordCredentials";

    /** What is read of one that bears this program's marks: of a size that whoever makes such applications cannot choose. */
    static final String MARKS = "?$select=id,appId,uniqueName,notes,createdDateTime&$expand=owners($select=id)";

    static final String TAG = "acr-attach";
    private static final String FROM = " Registry: ";

    /** Asks for those with a tag, in pages that are not larger than an answer may be. */
    static String bearing(String tag) {
        String filter = URLEncoder.encode("tags/any(t:t eq '" + tag + "')", StandardCharsets.UTF_8)
                .replace("+", "%20");
        return MARKS + "&$top=50&$filter=" + filter;
    }

    static Registration read(JsonNode application) {
        return new Registration(
                application.path("id").asText(),
                application.path("appId").asText(),
                application.path("uniqueName").asText(),
                pairing(application.path("notes").asText(""))
                        .map(pairing -> new CredentialKey(pairing, CredentialKind.SERVICE_PRINCIPAL)),
                instant(application.path("createdDateTime")).orElse(Instant.EPOCH),
                elements(application, "owners")
                        .map(owner -> owner.path("id").asText())
                        .collect(Collectors.toUnmodifiableSet()),
                elements(application, "passwordCredentials")
                        .map(Registration::password)
                        .toList());
    }

    static Stream<JsonNode> elements(JsonNode parent, String name) {
        return StreamSupport.stream(parent.path(name).spliterator(), false);
    }

    /** Never with its value. */
    static Password password(JsonNode credential) {
        return new Password(
                credential.path("keyId").asText(),
                instant(credential.path("startDateTime")).orElse(Instant.EPOCH),
                instant(credential.path("endDateTime")).orElse(Password.NEVER));
    }

    /** As it is made. The notes are for people, and for finding the pair again; the tags are for finding the notes. */
    static ObjectNode body(String name, CredentialKey key, Version version) {
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("displayName", name)
                .put("signInAudience", "AzureADMyOrg")
                .put("notes", key.description(version) + FROM + key.pairing().registry());
        body.putArray("tags").add(TAG).add(key.name());
        return body;
    }

    /** Whether nobody else could change it, administrators aside. */
    boolean isOwnedOnlyBy(Optional<String> caller) {
        return caller.filter(us -> owners.equals(Set.of(us))).isPresent();
    }

    /** Whether its name is one that this program gives to what stands for the credential. */
    boolean isNamedFor(CredentialKey wanted) {
        return uniqueName.equals(wanted.name()) || uniqueName.startsWith(wanted.name() + '-');
    }

    /** Whether it does not say that it is another credential: 48 bits of a hash tell their names apart, which is not much. */
    boolean mayBe(CredentialKey wanted) {
        return key.filter(said -> !said.equals(wanted)).isEmpty();
    }

    PullCredential credential(CredentialKey wanted, UUID principal, Optional<Flaw> flaw) {
        return new PullCredential(wanted, clientId, objectId, Optional.of(principal), flaw, passwords);
    }

    private static Optional<Pairing> pairing(String notes) {
        int at = notes.lastIndexOf(FROM);
        if (at < 0) {
            return Optional.empty();
        }
        try {
            ArmId registry = ArmId.parse(notes.substring(at + FROM.length()).strip(), ArmId.REGISTRY);
            return Description.clusterIn(notes.substring(0, at)).map(cluster -> new Pairing(cluster, registry));
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
