package io.github.acrattach.usecase;

import io.github.acrattach.concurrent.SideBySide;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.PairingPolicy;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.Version;
import io.github.acrattach.domain.installation.Check;
import io.github.acrattach.domain.installation.Check.Subject;
import io.github.acrattach.domain.installation.HostedApp;
import io.github.acrattach.domain.installation.Identity;
import io.github.acrattach.domain.installation.Installation;
import io.github.acrattach.domain.installation.WantedEvent;
import io.github.acrattach.port.FunctionApps;
import io.github.acrattach.port.Identities;
import io.github.acrattach.port.Subscriptions;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Tells whether this installation is whole: how it is hosted, who it is, what it may do, whether events come, and what
 * waits. Looks at everything side by side, changes nothing, and is kept from one thing by no other.
 */
@Singleton
public record InspectInstallation(
        Version version,
        PairingPolicy policy,
        FunctionApps functionApps,
        Identities identities,
        Subscriptions subscriptions,
        InspectHosting hosting,
        InspectRights rights,
        InspectEvents events,
        InspectStorage storage) {

    /** Looks. */
    public Installation inspect(Worker calledBy, Collection<WantedEvent> wanted) {
        HostedApp app = functionApps.own();
        Inspection inspection = new Inspection(Patience.of(Patience.Limit.EVENT));
        Lookup<Identity> identity = inspection.look(identities::own);
        List<Check> checks = new ArrayList<>(hosting.checks(app, calledBy));
        checks.add(checkOf(identity));
        identity.found().ifPresentOrElse(own -> checks.addAll(atAzure(own, app, wanted, inspection)), () -> Stream.of(
                        Subject.values())
                .filter(subject -> subject.compareTo(Subject.IDENTITY) > 0)
                .forEach(subject -> checks.add(
                        Check.skipped(subject, "Nothing can be asked of Azure before this program can sign in."))));
        return new Installation(
                version.text(),
                checks.stream().sorted(Comparator.comparing(Check::subject)).toList());
    }

    /** What runs the functions of this program. */
    public enum Worker {
        /** The Functions host through a custom handler, or nobody: it is started by hand. */
        CUSTOM_HANDLER,
        /** The Java worker of the Functions host. */
        JAVA_WORKER
    }

    private static Check checkOf(Lookup<Identity> identity) {
        return identity.fold(
                own -> Check.ok(Subject.IDENTITY, own.toString()),
                () -> Check.skipped(Subject.IDENTITY, "There is nobody to sign in as."),
                problem -> problem.fix().equals(Inspection.AGAIN)
                        ? Check.unknown(Subject.IDENTITY, problem)
                        : Check.fails(Subject.IDENTITY, "no token", problem));
    }

    private List<Check> atAzure(Identity own, HostedApp app, Collection<WantedEvent> wanted, Inspection inspection) {
        Lookup<List<UUID>> visible = inspection.look(subscriptions::visible);
        Set<UUID> seen = Set.copyOf(visible.found().orElse(List.of()));
        Set<UUID> clusters = policy.clusterSides(seen);
        Set<UUID> registries = policy.registrySides(seen);
        List<UUID> all = Stream.concat(clusters.stream(), registries.stream())
                .distinct()
                .sorted(Comparator.comparing(UUID::toString))
                .toList();
        List<Supplier<List<Check>>> parts = new ArrayList<>();
        parts.add(() -> rights.inDirectory(own.objectId(), inspection));
        parts.add(() -> storage.checks(app, inspection));
        for (UUID subscription : all) {
            parts.add(() -> rights.in(
                    subscription,
                    clusters.contains(subscription),
                    registries.contains(subscription),
                    own.objectId(),
                    inspection));
            parts.add(() -> events.in(subscription, app, wanted, inspection));
        }
        if (all.isEmpty()) {
            parts.add(() -> nothingVisible(visible));
        }
        return SideBySide.each(parts, Supplier::get).stream()
                .flatMap(List::stream)
                .toList();
    }

    private static List<Check> nothingVisible(Lookup<List<UUID>> visible) {
        Optional<Problem> denied = visible.denied();
        return Stream.of(Subject.RIGHTS, Subject.GRANTS, Subject.EVENT_SUBSCRIPTION, Subject.EVENTS)
                .map(subject -> denied.map(problem -> Check.unknown(subject, problem))
                        .orElseGet(() -> Check.fails(
                                subject,
                                "no subscription",
                                "No rule names a subscription, and this program holds no role in any.",
                                "give it the roles of docs/permissions.md")))
                .toList();
    }
}
