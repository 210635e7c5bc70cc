package io.github.acrattach.domain;

import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * A role assignment that exists at a scope or above it.
 *
 * @param id its ARM id
 * @param scope where it was made: a resource, a resource group, a subscription, a management group or {@code /}
 * @param condition the ABAC condition that narrows it, if any
 * @param description what whoever made it says about it, if anything
 */
public record RoleAssignment(
        String id, String scope, UUID principal, UUID role, Optional<String> condition, Optional<String> description) {

    /** Whether it gives all that the grant would: the same role to the same principal, narrowed by no condition. */
    boolean covers(PullGrant grant) {
        return sameGrant(grant) && condition.isEmpty();
    }

    /** Whether it gives the same role to the same principal, but only where its condition holds. */
    boolean narrows(PullGrant grant) {
        return sameGrant(grant) && condition.isPresent();
    }

    /** Whether it was made at the resource itself and not above it. */
    boolean isAt(ArmId resource) {
        return resource.isSpelt(scope);
    }

    /** The cluster that this program made it for, at this registry; empty when it is somebody else's. */
    public Optional<ArmId> madeFor(ArmId registry) {
        return description
                .flatMap(CredentialKey::clusterIn)
                .filter(cluster -> isAt(registry)
                        && id.toLowerCase(Locale.ROOT).endsWith("/" + PullGrant.name(registry, principal, role)));
    }

    private boolean sameGrant(PullGrant grant) {
        return principal.equals(grant.principal()) && role.equals(grant.role().definition());
    }
}
