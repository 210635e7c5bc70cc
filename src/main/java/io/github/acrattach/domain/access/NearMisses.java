package io.github.acrattach.domain.access;

import static io.github.acrattach.domain.access.Check.NEAR_MISSES;

import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.AzCommand;
import io.github.acrattach.domain.Cluster;
import io.github.acrattach.domain.ClusterIdentity;
import io.github.acrattach.domain.Facts;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.Permission;
import io.github.acrattach.domain.PrincipalKind;
import io.github.acrattach.domain.PullGrant;
import io.github.acrattach.domain.PullRole;
import io.github.acrattach.domain.RoleAssignment;
import io.github.acrattach.domain.RoleDefinition;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/** What somebody has given beside the mark, where the right is missing. */
final class NearMisses {

    private final Facts facts;
    private final PullGrant grant;
    private final Set<UUID> gone;
    private final Optional<Lookup<List<RoleAssignment>>> elsewhere;

    /**
     * Of one pair.
     *
     * @param grant what would give the right
     * @param gone for whom a role is at the registry, and whom the directory does not know any more
     * @param elsewhere what reaches the identity in the registry's subscription; empty where nobody looked
     */
    NearMisses(Facts facts, PullGrant grant, Set<UUID> gone, Optional<Lookup<List<RoleAssignment>>> elsewhere) {
        this.facts = facts;
        this.grant = grant;
        this.gone = gone;
        this.elsewhere = elsewhere;
    }

    /** The likeliest mistake first: what was meant for pulling before what was given for other things. */
    List<Finding> findings() {
        List<Finding> found = Stream.<Function<RoleAssignment, Optional<Finding>>>of(
                        each -> ignoredByMode(each, true),
                        this::onOtherIdentity,
                        this::onFormer,
                        each -> ignoredByMode(each, false),
                        this::notForPulling,
                        this::onDeleted)
                .flatMap(kind -> facts.assigned().flatMap(each -> kind.apply(each).stream()))
                .toList();
        List<Finding> away = elsewhere.flatMap(Lookup::found).stream()
                .flatMap(List::stream)
                .filter(each -> facts.assigned().noneMatch(there -> there.id().equalsIgnoreCase(each.id())))
                .flatMap(each -> elsewhere(each).stream())
                .toList();
        List<Finding> all = Stream.of(
                        found.stream(),
                        away.stream(),
                        elsewhere.flatMap(Lookup::denied).stream()
                                .map(problem -> Finding.unknown(NEAR_MISSES, Code.NEAR_MISSES_NOT_READABLE, problem)))
                .flatMap(each -> each)
                .toList();
        return all.isEmpty() ? List.of(Finding.ok(NEAR_MISSES, "none")) : all;
    }

    /** The identity holds what lets pull from registries of the other mode. */
    private Optional<Finding> ignoredByMode(RoleAssignment each, boolean isMeant) {
        PullRole other = grant.role().other();
        return role(each)
                .filter(role -> reaches(each) && other.isGivenBy(role) && !gives(role))
                .filter(role -> other.isNamedBy(role) == isMeant)
                .map(role -> fails(
                        each,
                        role,
                        Code.REGISTRY_MODE_IGNORES_ROLE,
                        "The cluster's identity holds " + role.name() + throughGroup(each)
                                + ", which lets nobody pull from "
                                + grant.registry().name() + ": the registry is in "
                                + (grant.role() == PullRole.REPOSITORY_READER
                                        ? "ABAC mode (RBAC Registry + ABAC Repository Permissions), which honours"
                                        : "classic mode (RBAC Registry Permissions), which does not know permissions on"
                                                + " repositories and honours")
                                + " " + grant.role().azureName() + " instead."));
    }

    /** The identity holds a role of registries that does not let it pull, in whatever mode. */
    private Optional<Finding> notForPulling(RoleAssignment each) {
        return role(each)
                .filter(role ->
                        reaches(each) && !gives(role) && !grant.role().other().isGivenBy(role) && isMeantFor(role))
                .map(role -> fails(
                        each,
                        role,
                        Code.ROLE_DOES_NOT_PULL,
                        "The cluster's identity holds " + role.name() + throughGroup(each) + ", which does not allow "
                                + String.join(" and ", grant.role().actions())
                                + (takesOut(role)
                                        ? ": what it allows would do, and what it takes out of that (NotActions,"
                                                + " NotDataActions) does not."
                                        : ": it cannot pull with that.")));
    }

    private Optional<Finding> onOtherIdentity(RoleAssignment each) {
        return others().filter(other -> other.principal().equals(each.principal()))
                .findFirst()
                .flatMap(other -> named(each)
                        .map(role -> fails(
                                each,
                                role,
                                code(other.use()),
                                role.name() + " was given to " + other.principal() + ", " + other.told()
                                        + (other.use() == ClusterIdentity.Use.CLIENT_ID
                                                ? ". A role takes its object id, " + grant.principal() + "."
                                                : ". Nodes pull with another one, " + grant.principal() + "."))));
    }

    private static Code code(ClusterIdentity.Use use) {
        return switch (use) {
            case CONTROL_PLANE -> Code.RIGHT_ON_CONTROL_PLANE_IDENTITY;
            case ADD_ON, OTHER -> Code.RIGHT_ON_OTHER_IDENTITY_OF_CLUSTER;
            case CLIENT_ID -> Code.RIGHT_ON_CLIENT_ID;
        };
    }

    private Optional<Finding> onFormer(RoleAssignment each) {
        return named(each)
                .filter(role -> each.isForIdentityOf(facts.pairing()) && !isItself(each))
                .map(role -> fails(
                        each,
                        role,
                        Code.RIGHT_ON_FORMER_IDENTITY,
                        role.name() + " was given to " + each.principal() + ", which a cluster of this name pulled with"
                                + " before: it was made again, or its identity was exchanged. Now it pulls with "
                                + grant.principal() + "."));
    }

    private Optional<Finding> onDeleted(RoleAssignment each) {
        return named(each)
                .filter(role -> isGone(each) && each.isAt(grant.registry()) && !isItself(each))
                .filter(role -> !each.isForIdentityOf(facts.pairing())
                        && others().noneMatch(other -> other.principal().equals(each.principal())))
                .map(role -> fails(
                        each,
                        role,
                        Code.RIGHT_ON_DELETED_PRINCIPAL,
                        role.name() + " was given to " + each.principal() + ", which the directory has no more: the"
                                + " identity that had it was deleted, as happens when a cluster is made again. Now it"
                                + " pulls with " + grant.principal() + "."));
    }

    private boolean isGone(RoleAssignment each) {
        return each.kind() == PrincipalKind.UNKNOWN || gone.contains(each.principal());
    }

    private Optional<Finding> elsewhere(RoleAssignment each) {
        return named(each).flatMap(role -> registryOf(each.scope())
                .map(other -> other.equals(grant.registry())
                        ? Optional.of(below(each, role))
                        : Optional.of(other)
                                .filter(this::isSimilar)
                                .map(similar -> fails(
                                        each,
                                        role,
                                        Code.RIGHT_AT_OTHER_REGISTRY,
                                        "The cluster's identity holds " + role.name() + " at " + similar.name()
                                                + ", another registry; at "
                                                + grant.registry().name() + " it does not.")))
                .orElseGet(() -> Optional.of(fails(
                        each,
                        role,
                        Code.RIGHT_AT_OTHER_SCOPE,
                        "The cluster's identity holds " + role.name() + " at " + each.scope()
                                + ", which the registry is not in."))));
    }

    private Finding below(RoleAssignment each, RoleDefinition role) {
        return fails(
                each,
                role,
                Code.RIGHT_AT_OTHER_SCOPE,
                "The cluster's identity holds " + role.name() + " at " + each.scope()
                        + ", a part of the registry: a role counts at the registry itself, or above it.");
    }

    /** A child of a registry counts as the registry. */
    private static Optional<ArmId> registryOf(String scope) {
        String[] parts = scope.split("/");
        try {
            return parts.length < 9
                    ? Optional.empty()
                    : Optional.of(ArmId.parse(String.join("/", List.of(parts).subList(0, 9)), ArmId.REGISTRY));
        } catch (IllegalArgumentException noRegistry) {
            return Optional.empty();
        }
    }

    /** The one name is in the other, or two letters make the difference. */
    private boolean isSimilar(ArmId other) {
        String one = grant.registry().name().toLowerCase(Locale.ROOT);
        String two = other.name().toLowerCase(Locale.ROOT);
        return one.contains(two) || two.contains(one) || distance(one, two) <= 2;
    }

    /** Of Levenshtein: how many letters have to be put in, left out or exchanged. */
    private static int distance(String one, String two) {
        int[] above = new int[two.length() + 1];
        for (int i = 0; i <= two.length(); i++) {
            above[i] = i;
        }
        for (int row = 1; row <= one.length(); row++) {
            int[] here = new int[above.length];
            here[0] = row;
            for (int at = 1; at < here.length; at++) {
                int exchanged = above[at - 1] + (one.charAt(row - 1) == two.charAt(at - 1) ? 0 : 1);
                here[at] = Math.min(exchanged, 1 + Math.min(above[at], here[at - 1]));
            }
            above = here;
        }
        return above[two.length()];
    }

    private Finding fails(RoleAssignment each, RoleDefinition role, Code code, String cause) {
        return Finding.fails(
                        NEAR_MISSES,
                        code,
                        role.name() + " at " + each.scope() + " for " + each.principal(),
                        cause,
                        AzCommand.grantPull(grant))
                .by(Finding.By.of(each));
    }

    /** What a group holds that would not do either is in the list of what reaches the identity in the subscription. */
    private boolean reaches(RoleAssignment each) {
        return Stream.concat(
                        facts.reaching(),
                        elsewhere.flatMap(Lookup::found).stream().flatMap(List::stream))
                .anyMatch(there -> there.id().equalsIgnoreCase(each.id()));
    }

    private static String throughGroup(RoleAssignment each) {
        return each.kind() == PrincipalKind.GROUP ? " through the group " + each.principal() : "";
    }

    private boolean isItself(RoleAssignment each) {
        return each.principal().equals(grant.principal());
    }

    private Optional<RoleDefinition> role(RoleAssignment each) {
        return facts.roles().find(each.role());
    }

    /** A role that lets pull here, and is no broad one that identities have for other things. */
    private Optional<RoleDefinition> named(RoleAssignment each) {
        return role(each).filter(role -> gives(role) && grant.role().isNamedBy(role));
    }

    private boolean gives(RoleDefinition role) {
        return grant.role().isGivenBy(role);
    }

    private boolean isMeantFor(RoleDefinition role) {
        return isOfRegistries(role) || takesOut(role);
    }

    /** It would do, if not for what it takes out again. */
    private boolean takesOut(RoleDefinition role) {
        return gives(new RoleDefinition(
                role.id(),
                role.name(),
                role.isCustom(),
                role.permissions().stream()
                        .map(each -> new Permission(each.actions(), List.of(), each.dataActions(), List.of()))
                        .toList()));
    }

    private static boolean isOfRegistries(RoleDefinition role) {
        return role.permissions().stream()
                .flatMap(permission -> Stream.concat(permission.actions().stream(), permission.dataActions().stream()))
                .anyMatch(action -> action.toLowerCase(Locale.ROOT).startsWith("microsoft.containerregistry/"));
    }

    private Stream<ClusterIdentity> others() {
        return facts.cluster().found().map(Cluster::otherIdentities).stream()
                .flatMap(List::stream)
                .filter(other -> !other.principal().equals(grant.principal()));
    }
}
