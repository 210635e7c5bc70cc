package io.github.acrattach.domain;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
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
        String id,
        String scope,
        UUID principal,
        PrincipalKind kind,
        UUID role,
        Optional<String> condition,
        Optional<String> description,
        Authorship authorship) {

    /** Whether it was made at the resource itself and not above it. */
    public boolean isAt(ArmId resource) {
        return resource.isSpelt(scope);
    }

    /** Whether it is of the same principal, role and scope, so that Azure refuses to make the grant beside it. */
    public boolean isInPlaceOf(PullGrant grant) {
        return principal.equals(grant.principal()) && role.equals(grant.role().definition()) && isAt(grant.registry());
    }

    /**
     * The principals that this program gave the pull role for this credential, the latest first: ARM tells that it did, and
     * a description can only be written by whoever may grant. That proves that it made them.
     */
    public static List<UUID> provenFor(CredentialKey key, List<RoleAssignment> all) {
        return all.stream()
                .filter(each -> each.authorship().isOurs() && each.isFor(key))
                .sorted(Comparator.comparing(
                        (RoleAssignment each) -> each.authorship().createdOn().orElse(Instant.MIN),
                        Comparator.reverseOrder()))
                .map(RoleAssignment::principal)
                .distinct()
                .toList();
    }

    /** Whether it says that it is this credential's: enough to take it away, never to give anything. */
    public boolean isFor(CredentialKey key) {
        return madeFor(key.pairing().registry()).isPresent()
                && described().filter(each -> each.isOf(key)).isPresent();
    }

    /** The cluster that it says to be for, at this registry; empty when it is none of this program's. */
    public Optional<ArmId> madeFor(ArmId registry) {
        return described()
                .flatMap(Description::clusterId)
                .filter(cluster -> isAt(registry)
                        && id.toLowerCase(Locale.ROOT).endsWith("/" + PullGrant.name(registry, principal, role)));
    }

    /** Whether it says that it is for the identity of the pair's cluster, whoever that was when it was made. */
    public boolean isForIdentityOf(Pairing pairing) {
        return madeFor(pairing.registry()).filter(pairing.cluster()::equals).isPresent()
                && described().filter(each -> each.credential().isEmpty()).isPresent();
    }

    /** What this program, in whatever version, says of it; empty where somebody else describes it. */
    private Optional<Description> described() {
        return description.flatMap(Description::read);
    }
}
