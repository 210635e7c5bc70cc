package io.github.acrattach.emulator.entra;

import io.github.acrattach.emulator.estate.Application;
import io.github.acrattach.emulator.estate.Applications;
import io.github.acrattach.emulator.estate.Directory;
import io.github.acrattach.emulator.estate.Password;
import io.github.acrattach.emulator.estate.Principal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Whether a secret signs an application in, its own or one of its service principal; a fresh one has to spread first. */
public final class ClientSecrets {
    private final Clock clock;
    private final Applications applications;
    private final Directory directory;
    private final Duration replication;

    public ClientSecrets(Clock clock, Applications applications, Directory directory, Duration replication) {
        this.clock = clock;
        this.applications = applications;
        this.directory = directory;
        this.replication = replication;
    }

    /** What becomes of a sign-in. */
    public enum Verdict {
        GOOD,
        EXPIRED,
        WRONG
    }

    public Verdict check(String appId, String secret) {
        if (isOfAnotherTenant(appId, secret)) {
            return Verdict.GOOD;
        }
        Instant now = clock.instant();
        List<Password> matching = passwords(appId)
                .filter(password -> same(password.secret(), secret))
                .filter(password -> !password.created().plus(replication).isAfter(now))
                .filter(password -> !password.start().isAfter(now))
                .toList();
        if (matching.isEmpty()) {
            return Verdict.WRONG;
        }
        return matching.stream().anyMatch(password -> password.end().isAfter(now)) ? Verdict.GOOD : Verdict.EXPIRED;
    }

    /** The application of such a principal is where its passwords are; the one of the estate is always good. */
    private boolean isOfAnotherTenant(String appId, String secret) {
        return directory
                .byAppId(appId)
                .filter(principal -> principal.homeTenant().isPresent())
                .flatMap(Principal::secret)
                .filter(known -> same(known, secret))
                .isPresent();
    }

    private Stream<Password> passwords(String appId) {
        return Stream.concat(
                        applications.spreadByAppId(appId).map(Application::credentials).stream(),
                        directory.byAppId(appId).map(Principal::credentials).stream())
                .flatMap(credentials -> credentials.passwords().stream());
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
