package io.github.acrattach.domain.access;

import static io.github.acrattach.domain.access.Check.EFFECTIVE;

import io.github.acrattach.domain.PullRight.Given;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Since when a right holds. A change of roles takes up to ten minutes by the documentation of Azure RBAC, up to sixty by that
 * of AKS.
 */
final class EffectiveCheck {

    /** By then it holds. */
    static final Duration LATEST = Duration.ofMinutes(60);

    private EffectiveCheck() {}

    /** When the first of them holds at the latest; empty where none says since when it is there. */
    static Optional<Instant> by(List<Given> giving) {
        return oldest(giving).flatMap(EffectiveCheck::since).map(since -> since.plus(LATEST));
    }

    private static Optional<Given> oldest(List<Given> giving) {
        return giving.stream()
                .filter(each -> !each.isThroughGroup() && since(each).isPresent())
                .min(Comparator.comparing(each -> since(each).orElseThrow()));
    }

    private static Optional<Instant> since(Given given) {
        return given.by().authorship().since();
    }

    static Finding finding(List<Given> giving, Instant now) {
        Optional<Instant> by = by(giving);
        if (by.isEmpty()) {
            return giving.stream().allMatch(Given::isThroughGroup) ? ofGroup(giving.get(0)) : unknown();
        }
        Instant since = by.get().minus(LATEST).truncatedTo(ChronoUnit.SECONDS);
        return by.get().isAfter(now)
                ? Finding.unknown(
                        EFFECTIVE,
                        Code.NOT_EFFECTIVE_YET,
                        "given at " + since,
                        "The role was given at " + since
                                + ". That usually holds within 10 minutes, and at the latest at "
                                + by.get().truncatedTo(ChronoUnit.SECONDS) + ".",
                        "Wait; a pod that waits in ImagePullBackOff tries again by itself.")
                : Finding.ok(
                        EFFECTIVE,
                        oldest(giving)
                                        .filter(given -> !given.equals(giving.get(0)))
                                        .map(given -> given.role().name() + " at "
                                                + given.by().scope() + " ")
                                        .orElse("")
                                + "given at " + since + ", longer ago than a change of roles takes");
    }

    /** Tokens carry the memberships of when they were issued: a day ago for managed identities. */
    private static Finding ofGroup(Given given) {
        return Finding.unknown(
                EFFECTIVE,
                Code.MEMBERSHIP_MAY_BE_NEW,
                "through the group " + given.by().principal(),
                "The role comes through a group, and Azure does not say since when the identity is in it. A managed"
                        + " identity's tokens carry its memberships of up to 24 hours ago.",
                "Wait for a day after it was made a member; or give the role to the identity itself, which holds within"
                        + " the hour.");
    }

    private static Finding unknown() {
        return Finding.unknown(
                EFFECTIVE,
                Code.GRANT_TIME_UNKNOWN,
                "no time",
                "Azure does not say when the role was given. A change of roles holds within 60 minutes.",
                "Wait for an hour after it was given.");
    }
}
