package io.github.acrattach.emulator.estate;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** What a service principal is an instance of: it has the passwords, and owners who may change it. */
public record Application(
        String id,
        String appId,
        Description description,
        Optional<String> uniqueName,
        Instant created,
        List<Password> passwords,
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
                passwords.toList(),
                Set.of());
    }

    public Application describedAs(Description other) {
        return new Application(id, appId, other, uniqueName, created, passwords, owners);
    }

    public Application withPasswords(List<Password> others) {
        return new Application(id, appId, description, uniqueName, created, List.copyOf(others), owners);
    }

    private static String id(String kind, String appId) {
        return UUID.nameUUIDFromBytes((kind + " " + appId).getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}
