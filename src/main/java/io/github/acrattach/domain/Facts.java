package io.github.acrattach.domain;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All that is known of a pair when it is decided what to do.
 *
 * @param method the way that the rule names
 * @param principal the object id of the identity that pulls, as far as it had to be looked up
 * @param assignments the role assignments at the registry and above it
 * @param roles what the roles of these allow, as far as it had to be read
 * @param throughGroups the assignments that reach the identity through groups; empty where nobody looked, since none could do
 * @param refusal why the grant was refused, when it was tried already
 */
public record Facts(
        Pairing pairing,
        PairingRule.Method method,
        Lookup<Cluster> cluster,
        Lookup<Registry> registry,
        Lookup<UUID> principal,
        Lookup<List<RoleAssignment>> assignments,
        Roles roles,
        Optional<Lookup<List<RoleAssignment>>> throughGroups,
        Optional<Problem> refusal) {

    /** Before roles are read. */
    public static Facts of(
            Pairing pairing,
            PairingRule.Method method,
            Lookup<Cluster> cluster,
            Lookup<Registry> registry,
            Lookup<UUID> principal,
            Lookup<List<RoleAssignment>> assignments) {
        return new Facts(
                pairing,
                method,
                cluster,
                registry,
                principal,
                assignments,
                Roles.NONE,
                Optional.empty(),
                Optional.empty());
    }

    /** Why Azure refuses to tell whether the two are there, if it does. */
    public Optional<Problem> untold() {
        return cluster.denied().or(registry::denied);
    }

    /** Whether one of the two is gone, or on its way out. */
    public boolean oneIsGone() {
        return isGone(cluster.map(Cluster::state)) || isGone(registry.map(Registry::state));
    }

    private static boolean isGone(Lookup<ProvisioningState> side) {
        return side.fold(ProvisioningState.DELETING::equals, () -> true, untold -> false);
    }

    /**
     * What this program made for identities that the cluster had before and has no more: another one took their place, or
     * the cluster is another one of the same name. Empty while it cannot be told for certain whom it has now: while Azure is
     * making, changing or deleting it. One whose last operation failed stays as it is.
     */
    public List<RoleAssignment> formerGrants() {
        boolean isAtRest = cluster.found()
                .map(Cluster::state)
                .filter(state -> !state.goesOn() && state != ProvisioningState.DELETING)
                .isPresent();
        return principal
                .found()
                .filter(now -> isAtRest)
                .map(now -> assigned()
                        .filter(each -> each.isForIdentityOf(pairing))
                        .filter(each -> !each.principal().equals(now))
                        .toList())
                .orElse(List.of());
    }

    /** Whether a role lets the cluster's identity of now pull, whatever state the two are in. */
    public boolean isGranted() {
        return right().flatMap(PullRight::whole).isPresent();
    }

    /** What roles give the cluster's identity of now; empty where it, or the registry's mode, is not known. */
    public Optional<PullRight> right() {
        return mode().filter(mode -> principal.found().isPresent())
                .map(mode -> PullRight.of(reaching().toList(), roles, mode));
    }

    /** The role that the registry's mode takes. */
    public Optional<PullRole> mode() {
        return registry.found().flatMap(Registry::pullRole);
    }

    /** The assignments that reach the identity, as far as they were looked for. */
    public Stream<RoleAssignment> reaching() {
        return Stream.concat(
                toIdentity(), throughGroups.flatMap(Lookup::found).stream().flatMap(List::stream));
    }

    private Stream<RoleAssignment> toIdentity() {
        return principal.found().stream()
                .flatMap(now -> assigned().filter(each -> each.principal().equals(now)));
    }

    /** All that is assigned at the registry and above it, to whomever, as far as it may be read. */
    public Stream<RoleAssignment> assigned() {
        return assignments.found().stream().flatMap(List::stream);
    }

    /** Whoever else holds the role for pulling at the registry itself, and is no person and no group. */
    public Set<UUID> othersWithPullRole() {
        return assigned()
                .filter(each -> each.kind() == PrincipalKind.SERVICE_PRINCIPAL && each.isAt(pairing.registry()))
                .filter(each -> mode().filter(mode -> mode.definition().equals(each.role()))
                        .isPresent())
                .map(RoleAssignment::principal)
                .filter(each -> principal.found().filter(each::equals).isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The roles that decide whether the identity can pull: those that it holds. */
    public Set<UUID> rolesOfIdentity() {
        return toIdentity().map(RoleAssignment::role).collect(Collectors.toUnmodifiableSet());
    }

    /** The roles that groups hold: it may be in one of these. */
    public Set<UUID> rolesOfGroups() {
        return toGroups().map(RoleAssignment::role).collect(Collectors.toUnmodifiableSet());
    }

    private Stream<RoleAssignment> toGroups() {
        return assigned().filter(each -> each.kind() == PrincipalKind.GROUP);
    }

    /** Whether a group holds a role that would do, so that it matters who is in it. */
    public boolean mayPullThroughGroup() {
        return mode().map(mode -> PullRight.of(toGroups().toList(), roles, mode))
                .filter(right -> !(right instanceof PullRight.Missing))
                .isPresent();
    }

    /** The same pair by another way. */
    public Facts by(PairingRule.Method other) {
        return new Facts(pairing, other, cluster, registry, principal, assignments, roles, throughGroups, refusal);
    }

    /** The same pair after the grant was refused. */
    public Facts afterRefusal(Problem problem) {
        return new Facts(
                pairing, method, cluster, registry, principal, assignments, roles, throughGroups, Optional.of(problem));
    }

    /** The same pair after the two were looked for again. */
    public Facts with(Lookup<Cluster> clusterNow, Lookup<Registry> registryNow) {
        return new Facts(
                pairing, method, clusterNow, registryNow, principal, assignments, roles, throughGroups, refusal);
    }

    /** The same pair after the cluster, and whom it pulls as, were looked for again. */
    public Facts withIdentity(Lookup<Cluster> clusterNow, Lookup<UUID> principalNow) {
        return new Facts(
                pairing, method, clusterNow, registry, principalNow, assignments, roles, throughGroups, refusal);
    }

    /** The same pair after the assignments were read again. */
    public Facts with(Lookup<List<RoleAssignment>> newer) {
        return new Facts(pairing, method, cluster, registry, principal, newer, roles, throughGroups, refusal);
    }

    /** The same pair after roles were read. */
    public Facts with(Roles read) {
        return new Facts(pairing, method, cluster, registry, principal, assignments, read, throughGroups, refusal);
    }

    /** The same pair after it was looked for what reaches the identity through groups. */
    public Facts withGroups(Lookup<List<RoleAssignment>> reaching) {
        return new Facts(
                pairing,
                method,
                cluster,
                registry,
                principal,
                assignments,
                roles,
                Optional.of(reaching.map(all -> all.stream()
                        .filter(each -> each.kind() == PrincipalKind.GROUP && isAtOrAboveRegistry(each))
                        .toList())),
                refusal);
    }

    private boolean isAtOrAboveRegistry(RoleAssignment each) {
        return assigned().anyMatch(there -> there.id().equalsIgnoreCase(each.id()));
    }
}
