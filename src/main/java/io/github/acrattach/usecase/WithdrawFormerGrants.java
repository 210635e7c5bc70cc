package io.github.acrattach.usecase;

import io.github.acrattach.concurrent.SideBySide;
import io.github.acrattach.domain.Cluster;
import io.github.acrattach.domain.Facts;
import io.github.acrattach.domain.FormerGrants;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.Outcome;
import io.github.acrattach.domain.Pairing;
import io.github.acrattach.domain.PairingPolicy;
import io.github.acrattach.domain.PairingRule.Method;
import io.github.acrattach.domain.RoleAssignment;
import io.github.acrattach.port.RoleAssignments;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
        seen.formerGrants().forEach(each -> users.of(each, seen)
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
     * What came of it.
     *
     * @param outcomes one for each pair that has any to withdraw, and for what could not be read
     * @param emptied the pairs for which nothing else is assigned by this program, now that they are withdrawn
     */
    record Withdrawn(List<Outcome> outcomes, Set<Pairing> emptied) {

        /** What others still need will be kept for as long as they do. */
        Stream<Outcome> exceptKept() {
            return outcomes.stream()
                    .filter(outcome -> !(outcome instanceof Outcome.Revoked revoked
                            && revoked.removed().isEmpty()));
        }
    }

    /** The pairs whose former grants were looked at when they were attached. */
    static Set<Pairing> lookedAt(List<Outcome> attached) {
        return attached.stream()
                .filter(outcome -> !outcome.former().equals(FormerGrants.NONE))
                .flatMap(outcome -> outcome.pairing().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Of all pairs, with a rule or without, but for those that are kept out of one. Nothing is granted, and what cannot be read now is left to the next time.
     *
     * @param told the pairs for which it was tried and told just now
     */
    Withdrawn among(TakeStock.Stock stock, Listing<TakeStock.Assigned> assigned, Set<Pairing> told, Patience patience) {
        Listing<Facts> pairs = Listing.of(
                pairs(stock.clusters(), assigned.items(), told),
                pair -> new Lookup.Found<>(Stream.of(facts(pair))
                        .filter(facts -> !facts.formerGrants().isEmpty() && !waitsForARole(facts) && !isKeptOut(facts))
                        .toList()),
                patience);
        List<Tried> tried = tried(pairs.items(), patience);
        return new Withdrawn(
                Stream.of(
                                assigned.troubles().stream(),
                                pairs.troubles().stream(),
                                tried.stream().map(Tried::outcome))
                        .flatMap(Function.identity())
                        .filter(outcome -> !(outcome instanceof Outcome.Revoked revoked && revoked.nothing()))
                        .distinct()
                        .toList(),
                tried.stream()
                        .filter(Tried::hasEmptied)
                        .map(each -> each.facts().pairing())
                        .collect(Collectors.toUnmodifiableSet()));
    }

    /** The users are listed once, and only where anybody is asked about. */
    private List<Tried> tried(List<Facts> pairs, Patience patience) {
        if (pairs.isEmpty()) {
            return List.of();
        }
        SharedIdentities.Users users = sharedIdentities.users(pairs, patience);
        return SideBySide.eachInTurn(
                pairs,
                (Facts facts) -> new Tried(facts, patience.orPostpone(facts.pairing(), () -> of(facts, users, patience)
                        .outcome(facts.pairing()))));
    }

    /** A pair that had any to withdraw, and how that has ended. */
    private record Tried(Facts facts, Outcome outcome) {

        boolean hasEmptied() {
            return outcome instanceof Outcome.Revoked revoked
                    && revoked.kept().isEmpty()
                    && facts.assignments().found().stream()
                            .flatMap(List::stream)
                            .filter(each -> each.madeFor(facts.pairing().registry())
                                    .filter(facts.pairing().cluster()::equals)
                                    .isPresent())
                            .allMatch(facts.formerGrants()::contains);
        }
    }

    /** A cluster, and a registry at which this program made anything for it. */
    private record Made(Cluster cluster, TakeStock.Assigned at) {}

    private static List<Made> pairs(List<Cluster> clusters, List<TakeStock.Assigned> assigned, Set<Pairing> told) {
        return assigned.stream()
                .flatMap(at -> {
                    Set<Pairing> made =
                            at.pairs().filter(pair -> !told.contains(pair)).collect(Collectors.toSet());
                    return clusters.stream()
                            .filter(cluster -> made.contains(Pairing.of(cluster, at.registry())))
                            .map(cluster -> new Made(cluster, at));
                })
                .toList();
    }

    private Facts facts(Made pair) {
        return gatherFacts.about(
                pair.cluster(),
                pair.at().registry(),
                Method.ROLE,
                () -> new Lookup.Found<>(pair.at().all()));
    }

    /** Somebody has decided that what stands is left alone; nothing would be granted in its place. */
    private boolean isKeptOut(Facts facts) {
        return EnsurePullAccess.exclusion(policy, facts).isPresent();
    }

    /** A rule wants a role for it that it does not have yet: until then it may depend on an earlier one. */
    private boolean waitsForARole(Facts facts) {
        return !facts.isGranted()
                && EnsurePullAccess.rule(policy, facts)
                        .filter(rule -> rule.method() != Method.SECRET)
                        .isPresent();
    }
}
