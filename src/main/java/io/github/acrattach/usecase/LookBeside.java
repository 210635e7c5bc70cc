package io.github.acrattach.usecase;

import io.github.acrattach.concurrent.SideBySide;
import io.github.acrattach.domain.AddressRange;
import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.DirectoryPrincipal;
import io.github.acrattach.domain.Facts;
import io.github.acrattach.domain.ImageReference;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.Pairing;
import io.github.acrattach.domain.PullRight;
import io.github.acrattach.domain.Registry;
import io.github.acrattach.domain.RoleAssignment;
import io.github.acrattach.domain.access.AccessFacts;
import io.github.acrattach.domain.access.Finding;
import io.github.acrattach.domain.access.ImageChecks;
import io.github.acrattach.domain.access.NetworkChecks;
import io.github.acrattach.domain.access.PairTenants;
import io.github.acrattach.port.Directory;
import io.github.acrattach.port.PublicAddresses;
import io.github.acrattach.port.RoleAssignments;
import io.github.acrattach.port.Tenants;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Looks for what only explains whether a cluster can pull, beside the facts by which it is decided what to do. */
@Singleton
record LookBeside(
        GatherFacts gatherFacts,
        GatherSecretFacts gatherSecretFacts,
        FindNamesakes findNamesakes,
        RoleAssignments roleAssignments,
        PublicAddresses publicAddresses,
        Directory directory,
        Tenants tenants) {

    /** Whose an image is that is of another registry is asked for then alone, and regional endpoints of one that names one. */
    private AccessFacts.Image image(ImageReference image, Registry seen) {
        Registry registry = ImageChecks.isRegional(image, seen) ? gatherSecretFacts.regional(seen) : seen;
        Finding finding = ImageChecks.of(image, registry);
        return new AccessFacts.Image(
                image,
                finding.state() == Finding.State.FAILS && !image.isShort()
                        ? ImageChecks.of(image, registry, findNamesakes.at(image.registryHost()))
                        : finding);
    }

    /**
     * What somebody may have given beside the mark, looked for where the right seems to be missing; nothing is said to be so
     * where a role of the identity itself could not be read.
     */
    record Nearby(Facts facts, Optional<Lookup<List<RoleAssignment>>> elsewhere, Set<UUID> gone) {}

    Nearby nearby(Facts facts) {
        if (!isMissing(facts)) {
            return new Nearby(facts, Optional.empty(), Set.of());
        }
        ReadRoles roles = gatherFacts.rolesToBeTold();
        if (facts.right().filter(PullRight.Unreadable.class::isInstance).isPresent()) {
            return new Nearby(roles.rest(facts), Optional.empty(), Set.of());
        }
        return SideBySide.three(
                () -> roles.rest(facts),
                () -> roles.ofAll(facts).roles(),
                () -> SideBySide.both(() -> elsewhere(facts), () -> gone(facts), Given::new),
                (rest, all, given) -> new Nearby(rest.with(all.and(rest.roles())), given.elsewhere(), given.gone()));
    }

    private record Given(Optional<Lookup<List<RoleAssignment>>> elsewhere, Set<UUID> gone) {}

    /** A directory that does not know the cluster's own identity knows nothing of the others either. */
    private Set<UUID> gone(Facts facts) {
        Set<UUID> others = facts.othersWithPullRole();
        Optional<UUID> own = facts.principal().found();
        if (others.isEmpty() || own.isEmpty()) {
            return Set.of();
        }
        Set<UUID> asked = Stream.concat(own.stream(), others.stream().sorted())
                .limit(Directory.MOST_AT_ONCE)
                .collect(Collectors.toSet());
        return ReadRoles.readable(() -> directory.existing(asked))
                .found()
                .filter(there -> there.contains(own.get()))
                .map(there ->
                        asked.stream().filter(each -> !there.contains(each)).collect(Collectors.toSet()))
                .orElse(Set.of());
    }

    /** What bears upon a pull beside the right. */
    record Around(
            Optional<AccessFacts.Image> image,
            List<ArmId> namesakes,
            Optional<Lookup<List<AddressRange>>> addresses,
            Lookup<DirectoryPrincipal> servicePrincipal,
            PairTenants tenants) {}

    Around around(Facts facts, Optional<ImageReference> image) {
        return SideBySide.both(
                () -> SideBySide.both(
                        () -> image.flatMap(
                                wanted -> facts.registry().found().map(registry -> image(wanted, registry))),
                        () -> facts.registry()
                                .fold(any -> List.<ArmId>of(), () -> namesakes(facts), denied -> List.of()),
                        Named::new),
                () -> SideBySide.three(
                        () -> addresses(facts), () -> servicePrincipal(facts), () -> tenants(facts), Beside::new),
                (named, beside) -> new Around(
                        named.image(),
                        named.namesakes(),
                        beside.addresses(),
                        beside.servicePrincipal(),
                        beside.tenants()));
    }

    private record Named(Optional<AccessFacts.Image> image, List<ArmId> namesakes) {}

    private record Beside(
            Optional<Lookup<List<AddressRange>>> addresses,
            Lookup<DirectoryPrincipal> servicePrincipal,
            PairTenants tenants) {}

    private static boolean isMissing(Facts facts) {
        return facts.assignments().denied().isEmpty()
                && facts.right()
                        .filter(right -> !(right instanceof PullRight.Held))
                        .isPresent();
    }

    private List<ArmId> namesakes(Facts facts) {
        return ReadRoles.readable(() -> findNamesakes.of(facts.pairing().registry()))
                .found()
                .map(all -> all.stream().map(Registry::id).toList())
                .orElse(List.of());
    }

    private Optional<Lookup<List<RoleAssignment>>> elsewhere(Facts facts) {
        return facts.principal()
                .found()
                .map(principal -> ReadRoles.readable(() -> roleAssignments.reaching(
                        principal,
                        "/subscriptions/" + facts.pairing().registry().subscription())));
    }

    private Optional<Lookup<List<AddressRange>>> addresses(Facts facts) {
        return facts.cluster()
                .found()
                .filter(cluster -> facts.registry()
                        .found()
                        .filter(registry -> NetworkChecks.needsAddresses(cluster, registry))
                        .isPresent())
                .map(cluster -> ReadRoles.readable(
                        () -> publicAddresses.of(cluster.egress().addresses())));
    }

    private Lookup<DirectoryPrincipal> servicePrincipal(Facts facts) {
        return facts.cluster().flatMap(cluster -> cluster.identity()
                .fold(
                        kubelet -> new Lookup.Absent<>(),
                        clientId -> ReadRoles.readable(() -> directory.servicePrincipal(clientId)),
                        unknown -> new Lookup.Absent<>()));
    }

    /** Two subscriptions may be of two tenants; it matters where the right is missing. */
    private PairTenants tenants(Facts facts) {
        Pairing pairing = facts.pairing();
        return pairing.cluster().subscription().equals(pairing.registry().subscription()) || facts.isGranted()
                ? PairTenants.UNKNOWN
                : PairTenants.of(
                        pairing, facts.cluster(), ReadRoles.readable(tenants::bySubscription), Optional.empty());
    }
}
