package io.github.acrattach.emulator.estate;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.acrattach.emulator.http.Json;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Somebody in the tenant's directory who can hold roles; it may sign in when it has a secret or is federated, or by
 * credentials of its own beside those of its application, and unless it is disabled.
 *
 * @param homeTenant of its application, where that is another one than the emulator's
 */
public record Principal(
        String objectId,
        Optional<String> appId,
        String displayName,
        PrincipalType type,
        Optional<String> secret,
        boolean federated,
        boolean enabled,
        Optional<String> homeTenant,
        Set<GraphPermission> graphPermissions,
        Credentials credentials,
        Set<String> owners,
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
                Optional.empty(),
                Set.of(GraphPermission.APPLICATION_READ_ALL),
                Credentials.NONE,
                Set.of(),
                born);
    }

    /** The principal that stands for an application in the tenant. */
    public static Principal of(Application application, Set<String> owners, Instant born) {
        return new Principal(
                UUID.randomUUID().toString(),
                Optional.of(application.appId()),
                application.description().displayName(),
                PrincipalType.ServicePrincipal,
                Optional.empty(),
                false,
                true,
                Optional.empty(),
                Set.of(),
                Credentials.NONE,
                owners,
                born);
    }

    static Principal of(Group group, Instant born) {
        return new Principal(
                group.objectId(),
                Optional.empty(),
                group.displayName(),
                PrincipalType.Group,
                Optional.empty(),
                false,
                true,
                Optional.empty(),
                Set.of(),
                Credentials.NONE,
                Set.of(),
                born);
    }

    /** With more of what lets somebody change it or sign in as it. */
    public Principal and(Credentials more, Set<String> moreOwners) {
        return new Principal(
                objectId,
                appId,
                displayName,
                type,
                secret,
                federated,
                enabled,
                homeTenant,
                graphPermissions,
                credentials.and(more),
                Stream.concat(owners.stream(), moreOwners.stream()).collect(Collectors.toUnmodifiableSet()),
                born);
    }

    /** Enabled or not, and of an application of whichever tenant. */
    public Principal standing(boolean nowEnabled, Optional<String> nowHomeTenant) {
        return new Principal(
                objectId,
                appId,
                displayName,
                type,
                secret,
                federated,
                nowEnabled,
                nowHomeTenant,
                graphPermissions,
                credentials,
                owners,
                born);
    }

    public Principal with(Credentials others) {
        return new Principal(
                objectId,
                appId,
                displayName,
                type,
                secret,
                federated,
                enabled,
                homeTenant,
                graphPermissions,
                others,
                owners,
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
                node.path("accountEnabled").asBoolean(true),
                Json.text(node, "appOwnerOrganizationId"),
                permissions(node),
                Credentials.NONE,
                Set.of(),
                Instant.EPOCH);
    }

    /** Each of the permissions allows at least to read. */
    public boolean directoryReader() {
        return !graphPermissions.isEmpty();
    }

    /** Everybody may read, and whatever else is granted, unless directoryReader is false: then only that is granted. */
    private static Set<GraphPermission> permissions(JsonNode node) {
        return Stream.concat(
                        node.path("directoryReader").asBoolean(true)
                                ? Stream.of(GraphPermission.APPLICATION_READ_ALL)
                                : Stream.<GraphPermission>empty(),
                        StreamSupport.stream(node.path("graphPermissions").spliterator(), false)
                                .map(each -> GraphPermission.named(each.asText())))
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public String toString() {
        return displayName + " (" + type + " " + objectId + ")";
    }
}
