package io.github.acrattach.domain;

import java.util.Optional;
import java.util.UUID;

/**
 * The role assignment that lets a cluster pull from a registry: the pull role, at the registry, for the identity that
 * pulls.
 *
 * @param credential the one that the identity stands for; empty where it is the cluster's own
 */
public record PullGrant(
        ArmId cluster, ArmId registry, UUID principal, PullRole role, Optional<CredentialKey> credential) {

    /** Makes the names of this program's assignments differ from everybody else's. Never change it. */
    private static final UUID NAMESPACE = UUID.fromString("5e2c9d0a-7c0e-5b0e-9f43-0a7f3b1c6d21");

    /** To the cluster's own identity. */
    public PullGrant(ArmId cluster, ArmId registry, UUID principal, PullRole role) {
        this(cluster, registry, principal, role, Optional.empty());
    }

    /**
     * The assignment's name. It follows from scope, principal and role alone, so that the same grant asked for twice,
     * even at the same time, is one assignment.
     */
    public UUID name() {
        return name(registry, principal, role.definition());
    }

    static UUID name(ArmId registry, UUID principal, UUID role) {
        return Guid.named(NAMESPACE, registry.normalized() + '|' + principal + '|' + role);
    }

    /** The full id of the role definition, as seen from the registry's subscription. */
    public String roleDefinitionId() {
        return "/subscriptions/" + registry.subscription() + "/providers/Microsoft.Authorization/roleDefinitions/"
                + role.definition();
    }

    /** Says who made the assignment, in which version, and for which cluster and credential, so that it can be found again. */
    public Description description(Version version) {
        return credential
                .map(key -> key.grantDescription(version))
                .orElseGet(() -> Description.of(version, cluster.toString()));
    }
}
