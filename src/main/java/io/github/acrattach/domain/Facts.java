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

    /** The same pair by another way. */
    public Facts by(PairingRule.Method other) {
        return new Facts(pairing, other, cluster, registry, principal, assignments, refusal);
    }

    /** The same pair after the grant was refused. */
    public Facts afterRefusal(Problem problem) {
        return new Facts(pairing, method, cluster, registry, principal, assignments, Optional.of(problem));
    }

    /** The same pair after the assignments were read again. */
    public Facts with(Lookup<List<RoleAssignment>> newer) {
        return new Facts(pairing, method, cluster, registry, principal, newer, refusal);
    }
}
