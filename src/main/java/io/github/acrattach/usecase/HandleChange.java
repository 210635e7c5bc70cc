package io.github.acrattach.usecase;

import io.github.acrattach.concurrent.SideBySide;
import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.Change;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.Outcome;
import io.github.acrattach.domain.PairingPolicy;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.Registry;
import io.github.acrattach.domain.RoleAssignment;
import io.github.acrattach.domain.Version;
import io.github.acrattach.port.Clusters;
import io.github.acrattach.port.Registries;
import io.github.acrattach.port.RoleAssignments;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Brings about what a change of a cluster or registry calls for: finds the other sides that the pairing policy pairs it
 * with, and lets each cluster pull, or takes back what was made for one that is gone. It starts with the program, so that
 * settings which cannot be read are told at once.
 */
@Startup
@Singleton
public record HandleChange(
        Version version,
        PairingPolicy policy,
        Clusters clusters,
        Registries registries,
        RoleAssignments roleAssignments,
        GrantPullAccess grantPullAccess,
        RevokeAfterDeletion revokeAfterDeletion) {

    private static final Logger LOG = Logger.getLogger(HandleChange.class);

    public HandleChange {
        LOG.info(version + " starts.");
        policy.inWords().forEach(LOG::info);
    }

    /**
     * Handles the changes of one delivery, which have the time of an event together: one outcome for each pair that a
     * change concerns, or a single one when it concerns none. Never fails for what Azure answers.
     */
    public Function<Change, List<Outcome>> ofOneDelivery() {
        Patience patience = Patience.of(Patience.Limit.EVENT);
        return change -> handle(change, patience);
    }

    List<Outcome> handle(Change change, Patience patience) {
        try {
            return change.fold(
                    id -> clusterWritten(id, patience),
                    id -> registryWritten(id, patience),
                    id -> revokeAfterDeletion.revoke(id, patience),
                    HandleChange::ignored);
        } catch (RuntimeException failure) {
            return List.of(Patience.postponed(Optional.empty(), failure));
        }
    }

    private List<Outcome> clusterWritten(ArmId id, Patience patience) {
        if (!policy.maySelectCluster(id)) {
            return ignored("No rule selects the cluster " + id + ".");
        }
        return SideBySide.both(
                () -> patience.limit(() -> clusters.find(id)),
                () -> Listing.of(policy.registrySubscriptions(id), registries::in, patience),
                (answer, listed) -> answer.fold(
                        cluster -> attach(
                                id,
                                Candidates.of(List.of(cluster), listed.items(), policy),
                                listed.troubles(),
                                registry -> roleAssignments.at(registry.id()),
                                patience),
                        () -> gone(id),
                        HandleChange::refused));
    }

    private List<Outcome> registryWritten(ArmId id, Patience patience) {
        if (!policy.maySelectRegistry(id)) {
            return ignored("No rule selects the registry " + id + ".");
        }
        return SideBySide.three(
                () -> patience.limit(() -> registries.find(id)),
                () -> patience.limit(() -> roleAssignments.at(id)),
                () -> Listing.of(policy.clusterSubscriptions(id), clusters::in, patience),
                (answer, assignments, listed) -> answer.fold(
                        registry -> attach(
                                id,
                                Candidates.of(listed.items(), List.of(registry), policy),
                                listed.troubles(),
                                same -> assignments,
                                patience),
                        () -> gone(id),
                        HandleChange::refused));
    }

    private List<Outcome> attach(
            ArmId changed,
            Candidates candidates,
            List<Outcome> troubles,
            Function<Registry, Lookup<List<RoleAssignment>>> assignments,
            Patience patience) {
        if (candidates.isEmpty() && troubles.isEmpty()) {
            return ignored("No rule pairs " + changed + " with anything that exists. What this program made for it"
                    + " before, if anything, stays: POST /api/reconcile with \"revoke\": true takes back what no rule"
                    + " pairs.");
        }
        List<Outcome> outcomes = SideBySide.each(
                candidates.pairs(),
                (Pair pair) -> goneIsNoTrouble(
                        grantPullAccess.grant(pair, () -> assignments.apply(pair.registry()), patience)));
        return Stream.of(troubles, outcomes, candidates.exclusions())
                .flatMap(List::stream)
                .toList();
    }

    private static Outcome goneIsNoTrouble(Outcome outcome) {
        return outcome instanceof Outcome.Gone gone
                ? new Outcome.Ignored(gone.resource() + " is gone or being deleted.")
                : outcome;
    }

    private static List<Outcome> gone(ArmId id) {
        return ignored(id + " is gone by now.");
    }

    private static List<Outcome> ignored(String reason) {
        return List.of(new Outcome.Ignored(reason));
    }

    private static List<Outcome> refused(Problem problem) {
        return List.of(new Outcome.Refused(problem));
    }
}
