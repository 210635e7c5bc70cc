package io.github.acrattach.domain;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * All that is known of a pair when it is decided what to do.
 *
 * @param method the way that the rule names
 * @param principal the object id of the identity that pulls, as far as it had to be looked up
 * @param assignments the role assignments at the registry and above it
 * @param refusal why the grant was refused, when it was tried already
 */
public record Facts(
        Pairing pairing,
        PairingRule.Method method,
        Lookup<Cluster> cluster,
        Lookup<Registry> registry,
        Lookup<UUID> principal,
        Lookup<List<RoleAssignment>> assignments,
        Optional<Problem> refusal) {

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
                .map(now -> assignments.found().stream()
                        .flatMap(List::stream)
                        .filter(each -> each.isForIdentityOf(pairing))
                        .filter(each -> !each.principal().equals(now))
                        .toList())
                .orElse(List.of());
    }

    /** Whether a role lets the cluster's identity of now pull, whatever state the two are in. */
    public boolean isGranted() {
        return principal
                .found()
                .flatMap(now -> registry.found()
                        .flatMap(Registry::pullRole)
                        .map(role -> new PullGrant(pairing.cluster(), pairing.registry(), now, role)))
                .filter(grant ->
                        assignments.found().stream().flatMap(List::stream).anyMatch(each -> each.covers(grant)))
                .isPresent();
    }

    /** The same pair by another way. */
    public Facts by(PairingRule.Method other) {
        return new Facts(pairing, other, cluster, registry, principal, assignments, refusal);
    }

    /** The same pair after the grant was refused. */
    public Facts afterRefusal(Problem problem) {
        return new Facts(pairing, method, cluster, registry, principal, assignments, Optional.of(problem));
    }

    /** The same pair after the two were looked for again. */
    public Facts with(Lookup<Cluster> clusterNow, Lookup<Registry> registryNow) {
        return new Facts(pairing, method, clusterNow, registryNow, principal, assignments, refusal);
    }

    /** The same pair after the cluster, and whom it pulls as, were looked for again. */
    public Facts withIdentity(Lookup<Cluster> clusterNow, Lookup<UUID> principalNow) {
        return new Facts(pairing, method, clusterNow, registry, principalNow, assignments, refusal);
    }

    /** The same pair after the assignments were read again. */
    public Facts with(Lookup<List<RoleAssignment>> newer) {
        return new Facts(pairing, method, cluster, registry, principal, newer, refusal);
    }
}
