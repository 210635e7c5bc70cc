package io.github.acrattach.domain.access;

import static io.github.acrattach.domain.access.Check.IDENTITY;

import io.github.acrattach.domain.AzCommand;
import io.github.acrattach.domain.Cluster;
import io.github.acrattach.domain.DirectoryPrincipal;
import io.github.acrattach.domain.Password;
import io.github.acrattach.domain.Problem;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Whether the secret of a cluster's service principal is still valid. AKS keeps a password of it and no certificate
 * (learn.microsoft.com/azure/aks/update-credentials), and does not tell which.
 */
final class PrincipalSecretChecks {

    /** Time enough to renew it before anybody is woken. */
    private static final Duration SOON = Duration.ofDays(14);

    private PrincipalSecretChecks() {}

    /** What is to be said of it, if anything. */
    static Optional<Finding> of(Cluster cluster, DirectoryPrincipal principal, Instant now) {
        return principal
                .passwords()
                .fold(
                        all -> expiry(cluster, principal, all, now),
                        () -> Optional.of(ofAnotherTenant(principal)),
                        problem -> Optional.of(notReadable(principal, problem)));
    }

    private static Optional<Finding> expiry(
            Cluster cluster, DirectoryPrincipal principal, List<Password> all, Instant now) {
        Optional<Password> last = all.stream().max(Comparator.comparing(Password::expires));
        if (last.isEmpty()) {
            return Optional.of(withoutPassword(principal));
        }
        if (!last.get().isValidAt(now)) {
            return Optional.of(expired(cluster, principal, all, last.get(), now));
        }
        if (!last.get().isValidAt(now.plus(SOON))) {
            return Optional.of(expiring(cluster, principal, last.get(), now));
        }
        return all.stream().allMatch(each -> each.isValidAt(now))
                ? Optional.empty()
                : Optional.of(doubtful(cluster, principal, now));
    }

    private static Finding expiring(Cluster cluster, DirectoryPrincipal principal, Password last, Instant now) {
        return Finding.noted(
                        IDENTITY,
                        Code.SERVICE_PRINCIPAL_SECRET_EXPIRES_SOON,
                        seen(principal, now),
                        "The last password of the service principal " + principal.clientId() + " expires on "
                                + day(last) + ", and the cluster "
                                + cluster.id().name() + " pulls no longer than that.")
                .fix(AzCommand.renewSecret(cluster.id(), principal.clientId()));
    }

    private static Finding doubtful(Cluster cluster, DirectoryPrincipal principal, Instant now) {
        return Finding.noted(
                        IDENTITY,
                        Code.SERVICE_PRINCIPAL_SECRET_DOUBTFUL,
                        seen(principal, now),
                        "Some passwords of the service principal " + principal.clientId()
                                + " have expired and some have"
                                + " not, and Azure does not tell which of them the cluster "
                                + cluster.id().name() + " has.")
                .fix(AzCommand.renewSecret(cluster.id(), principal.clientId()) + "   (only where pulls fail with 401)");
    }

    private static Finding expired(
            Cluster cluster, DirectoryPrincipal principal, List<Password> all, Password last, Instant now) {
        return Finding.fails(
                IDENTITY,
                Code.SERVICE_PRINCIPAL_SECRET_EXPIRED,
                seen(principal, now),
                "The service principal " + principal.clientId() + " that the cluster "
                        + cluster.id().name() + " pulls with has no password that is still valid: "
                        + (all.size() == 1 ? "its only one" : "the last of its " + all.size()) + " expired on "
                        + day(last) + ".",
                AzCommand.renewSecret(cluster.id(), principal.clientId()));
    }

    /** It may have been removed; the directory may also be behind, or it signs in by something else. */
    private static Finding withoutPassword(DirectoryPrincipal principal) {
        return secretUnknown(
                principal,
                "Microsoft Graph shows no password of the service principal " + principal.clientId()
                        + ", so that it cannot be told whether the one that the cluster has is still valid.",
                AzCommand.passwords(principal.clientId()));
    }

    private static Finding ofAnotherTenant(DirectoryPrincipal principal) {
        String home = principal
                .home()
                .map(each -> "the tenant " + each)
                .orElse("a tenant that Microsoft Graph does not tell");
        return secretUnknown(
                principal,
                "The application of the service principal " + principal.clientId() + " is registered in " + home
                        + ", which alone shows when its passwords expire.",
                AzCommand.passwords(principal.clientId())
                        + principal
                                .home()
                                .map(each -> "   (after az login --tenant \"" + each + "\")")
                                .orElse(""));
    }

    private static Finding notReadable(DirectoryPrincipal principal, Problem problem) {
        return secretUnknown(principal, problem.cause(), problem.fix());
    }

    private static Finding secretUnknown(DirectoryPrincipal principal, String cause, String fix) {
        return Finding.unknown(
                IDENTITY,
                Code.SERVICE_PRINCIPAL_SECRET_NOT_READABLE,
                ServicePrincipalChecks.seen(principal) + ", expiry of its secret not seen",
                cause,
                fix);
    }

    static String seen(DirectoryPrincipal principal, Instant now) {
        List<Password> all = principal.passwords().found().orElse(List.of());
        long expired = all.stream().filter(each -> !each.isValidAt(now)).count();
        return ServicePrincipalChecks.seen(principal)
                + all.stream()
                        .max(Comparator.comparing(Password::expires))
                        .map(last -> ", " + all.size() + (all.size() == 1 ? " password" : " passwords") + ", " + expired
                                + " expired, last expiry " + day(last))
                        .orElse("");
    }

    private static String day(Password password) {
        return password.expires().equals(Password.NEVER)
                ? "never"
                : password.expires().atOffset(ZoneOffset.UTC).toLocalDate().toString();
    }
}
