package io.github.acrattach.domain.access;

import io.github.acrattach.domain.AddressRange;
import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.DenyAssignment;
import io.github.acrattach.domain.DirectoryPrincipal;
import io.github.acrattach.domain.Facts;
import io.github.acrattach.domain.ImageReference;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.RoleAssignment;
import io.github.acrattach.domain.access.Check.Way;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * All that is known of a pair when it is said whether it pulls: the facts by which it is decided what to do, and what is
 * looked for to explain them. Whatever is empty was not looked for, since it could not matter.
 *
 * @param namesakes registries of the same name elsewhere, of a registry that is not found
 * @param denials the deny assignments at the registry and above it
 * @param elsewhere what the cluster's identity holds in the registry's subscription
 * @param gone for whom a role is at the registry, and whom the directory does not know any more
 * @param addresses by which the cluster leaves
 * @param servicePrincipal by which the cluster pulls, if it is one
 * @param image the one that is asked for, and whose it is
 * @param secret what was found of a pull secret
 * @param meant the way by which the cluster is to pull
 */
public record AccessFacts(
        Facts facts,
        List<ArmId> namesakes,
        Optional<Lookup<List<DenyAssignment>>> denials,
        Optional<Lookup<List<RoleAssignment>>> elsewhere,
        Set<UUID> gone,
        Optional<Lookup<List<AddressRange>>> addresses,
        Lookup<DirectoryPrincipal> servicePrincipal,
        PairTenants tenants,
        Optional<Image> image,
        List<Finding> secret,
        Way meant,
        Instant now) {

    /** An image, and whether it is one of the registry. */
    public record Image(ImageReference reference, Finding finding) {}
}
