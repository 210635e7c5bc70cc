package io.github.acrattach.usecase;

import io.github.acrattach.concurrent.SideBySide;
import io.github.acrattach.domain.Cluster;
import io.github.acrattach.domain.Facts;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.Outcome;
import io.github.acrattach.domain.PairingPolicy;
import io.github.acrattach.domain.PairingRule.Method;
import io.github.acrattach.domain.Registry;
import io.github.acrattach.domain.RoleAssignment;
import io.github.acrattach.port.RoleAssignments;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes back what this program granted to identities that a cluster had before: its identity was exchanged, or it was
 * deleted and made again under its name before anybody told of the deletion.
 */
@Singleton
record WithdrawFormerGrants(
        PairingPolicy policy,
        GatherFacts gatherFacts,
        SharedIdentities sharedIdentities,
        RoleAssignments roleAssignments) {

    /** Of one pair, which takes no call where there are none. Never fails for what Azure answers. */
    Removal of(Facts seen, Patience patience) {
        return seen.formerGrants().isEmpty()
                ? Removal.NOTHING
                : patience.orElse(
                        seen.pairing(),
                        Removal::pending,
                        () -> of(seen, sharedIdentities.users(List.of(seen), patience), patience));
    }

    private Removal of(Facts seen, SharedIdentities.Users users, Patience patience) {
        List<Removal> kept = new ArrayList<>();
        List<RoleAssignment> needless = new ArrayList<>();
        seen.formerGrants().forEach(each -> users.of(each.principal(), seen)
                .ifPresentOrElse(keeper -> kept.add(Removal.kept(each, keeper)), () -> needless.add(each)));
        return needless.isEmpty() ? all(kept) : all(kept).and(removed(needless, seen, patience));
    }

    /** Another run may know more of the cluster than this one, and have granted what looks needless here. */
    private Removal removed(List<RoleAssignment> needless, Facts seen, Patience patience) {
        Facts now = gatherFacts.again(seen);
        if (now.untold().isPresent()) {
            return Removal.refused(now.untold().get());
        }
        if (!now.principal().equals(seen.principal()) || now.formerGrants().isEmpty()) {
            throw ConfirmDeletion.contradiction(
                    seen.pairing().cluster(),
                    "The identity of " + seen.pairing().cluster().name() + " is being changed at this moment.");
        }
        // One after the other, as there are hardly ever two: so none is lost when another one fails.
        return all(needless.stream()
                .map(each -> patience.orElse(
                        seen.pairing(), Removal::pending, () -> Removal.of(roleAssignments.remove(each.id()))))
                .toList());
    }

    private static Removal all(List<Removal> removals) {
        return removals.stream().reduce(Removal.NOTHING, Removal::and);
    }

    /**
     * Of all pairs, with a rule or without; one outcome for each that has any to withdraw. Nothing is granted, and what
     * cannot be read now is left to the next time.
     */
    List<Outcome> among(TakeStock.Stock stock, Patience patience) {
        List<Facts> pairs = Listing.of(
                        stock.registries(),
                        registry -> roleAssignments
                                .at(registry.id())
                                .map(all -> withFormerGrants(stock.clusters(), registry, all)),
                        patience)
                .items();
        return SideBySide.each(
                        pairs,
                        (Facts facts) -> patience.orPostpone(
                                facts.pairing(), () -> of(facts, patience).outcome(facts.pairing())))
                .stream()
                .filter(outcome -> !(outcome instanceof Outcome.Revoked revoked
                        && revoked.removed().isEmpty()))
                .toList();
    }

    private List<Facts> withFormerGrants(List<Cluster> clusters, Registry registry, List<RoleAssignment> all) {
        return clusters.stream()
                .filter(cluster -> all.stream()
                        .flatMap(each -> each.madeFor(registry.id()).stream())
                        .anyMatch(cluster.id()::equals))
                .map(cluster -> gatherFacts.about(cluster, registry, Method.ROLE, () -> new Lookup.Found<>(all)))
                .filter(facts -> !facts.formerGrants().isEmpty() && !waitsForARole(facts))
                .toList();
    }

    /** A rule wants a role for it that it does not have yet: until then it may depend on an earlier one. */
    private boolean waitsForARole(Facts facts) {
        return !facts.isGranted()
                && EnsurePullAccess.rule(policy, facts)
                        .filter(rule -> rule.method() != Method.SECRET)
                        .isPresent();
    }
}
