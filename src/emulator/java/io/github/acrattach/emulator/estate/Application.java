package io.github.acrattach.emulator.estate;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a service principal is an instance of: it has credentials, and owners who may change it, by their object ids. */
public record Application(
        String id,
        String appId,
        Description description,
        Optional<String> uniqueName,
        Instant created,
        Credentials credentials,
        List<FederatedCredential> federatedCredentials,
        Set<String> owners) {
    private static final Duration PASSWORD_LIFETIME = Duration.ofDays(36500);

    /** What its owners say about it. */
    public record Description(String displayName, List<String> tags, Optional<String> notes, String signInAudience) {
        public static final String ONLY_THIS_TENANT = "AzureADMyOrg";
    }

    /** Behind every principal of the estate that can sign in by itself stands one, with ids that stay the same. */
    static Application behind(Principal principal, String appId) {
        Description description =
                new Description(principal.displayName(), List.of(), Optional.empty(), Description.ONLY_THIS_TENANT);
        Stream<Password> passwords = principal.secret().stream()
                .map(secret -> new Password(
                        id("password", appId),
                        Optional.empty(),
                        Instant.EPOCH,
                        Instant.EPOCH.plus(PASSWORD_LIFETIME),
                        secret,
                        Instant.EPOCH));
        return new Application(
                id("application", appId),
                appId,
                description,
                Optional.empty(),
                Instant.EPOCH,
                Credentials.of(passwords.toList()),
                List.of(),
                Set.of());
    }

    public Application describedAs(Description other) {
        return new Application(id, appId, other, uniqueName, created, credentials, federatedCredentials, owners);
    }

    public Application with(Credentials others) {
        return new Application(id, appId, description, uniqueName, created, others, federatedCredentials, owners);
    }

    /** With more of what lets somebody change it or sign in as it. */
    public Application and(Credentials more, List<FederatedCredential> moreFederated, Set<String> moreOwners) {
        return new Application(
                id,
                appId,
                description,
                uniqueName,
                created,
                credentials.and(more),
                Stream.concat(federatedCredentials.stream(), moreFederated.stream())
                        .toList(),
                Stream.concat(owners.stream(), moreOwners.stream()).collect(Collectors.toUnmodifiableSet()));
    }

    private static String id(String kind, String appId) {
        return UUID.nameUUIDFromBytes((kind + " " + appId).getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}
