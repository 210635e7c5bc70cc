package io.github.acrattach.usecase;

import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.Change;
import io.github.acrattach.domain.Cluster;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.Outcome;
import io.github.acrattach.domain.PairingPolicy;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.Registry;
import io.github.acrattach.domain.RoleAssignment;
import io.github.acrattach.port.CloudUnavailable;
import io.github.acrattach.port.Clusters;
import io.github.acrattach.port.Registries;
import io.github.acrattach.port.RoleAssignments;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
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
@ApplicationScoped
public class HandleChange {

    private static final Logger LOG = Logger.getLogger(HandleChange.class);

    /** As many pairs of one event are worked on at a time; ARM's budget is 10 writes a second. */
    private static final int SIDE_BY_SIDE = 32;

    private final PairingPolicy policy;
    private final Clusters clusters;
    private final Registries registries;
    private final RoleAssignments roleAssignments;
    private final GrantPullAccess grantPullAccess;
    private final RevokeAfterDeletion revokeAfterDeletion;

    HandleChange(
            PairingSettings settings,
            Clusters clusters,
            Registries registries,
            RoleAssignments roleAssignments,
            GrantPullAccess grantPullAccess,
            RevokeAfterDeletion revokeAfterDeletion) {
        this.policy = settings.policy();
        LOG.info(policy.toString());
        this.clusters = clusters;
        this.registries = registries;
        this.roleAssignments = roleAssignments;
        this.grantPullAccess = grantPullAccess;
        this.revokeAfterDeletion = revokeAfterDeletion;
    }

    /**
     * One outcome for each pair that the change concerns, or a single one when it concerns none. Never fails for what
     * Azure answers.
     */
    public Uni<List<Outcome>> handle(Change change) {
        if (change instanceof Change.ClusterWritten written) {
            return clusterWritten(written.cluster());
        }
        if (change instanceof Change.RegistryWritten written) {
            return registryWritten(written.registry());
        }
        if (change instanceof Change.Deleted deleted) {
            return revokeAfterDeletion.revoke(deleted.resource()).plug(HandleChange::orPostponed);
        }
        return ignored(((Change.Irrelevant) change).reason());
    }

    private Uni<List<Outcome>> clusterWritten(ArmId id) {
        if (!policy.maySelectCluster(id)) {
            return ignored("No rule selects the cluster " + id + ".");
        }
        Patience patience = Patience.ofEvent();
        return Uni.combine()
                .all()
                .unis(clusters.find(id), Listing.of(policy.registrySubscriptions(id), registries::in, patience))
                .asTuple()
                .plug(patience::limit)
                .flatMap(looked -> looked.getItem1()
                        .fold(
                                cluster -> attach(
                                        id,
                                        pairs(
                                                List.of(cluster),
                                                looked.getItem2().items()),
                                        looked.getItem2().troubles(),
                                        registry -> roleAssignments.at(registry.id()),
                                        patience),
                                () -> gone(id),
                                HandleChange::refused))
                .plug(HandleChange::orPostponed);
    }

    private Uni<List<Outcome>> registryWritten(ArmId id) {
        if (!policy.maySelectRegistry(id)) {
            return ignored("No rule selects the registry " + id + ".");
        }
        Patience patience = Patience.ofEvent();
        return Uni.combine()
                .all()
                .unis(
                        registries.find(id),
                        roleAssignments.at(id),
                        Listing.of(policy.clusterSubscriptions(id), clusters::in, patience))
                .asTuple()
                .plug(patience::limit)
                .flatMap(looked -> looked.getItem1()
                        .fold(
                                registry -> attach(
                                        id,
                                        pairs(looked.getItem3().items(), List.of(registry)),
                                        looked.getItem3().troubles(),
                                        same -> Uni.createFrom().item(looked.getItem2()),
                                        patience),
                                () -> gone(id),
                                HandleChange::refused))
                .plug(HandleChange::orPostponed);
    }

    private List<Pair> pairs(List<Cluster> ofClusters, List<Registry> withRegistries) {
        return Pair.all(ofClusters, withRegistries, policy).distinct().toList();
    }

    private Uni<List<Outcome>> attach(
            ArmId changed,
            List<Pair> pairs,
            List<Outcome> troubles,
            Function<Registry, Uni<Lookup<List<RoleAssignment>>>> assignments,
            Patience patience) {
        if (pairs.isEmpty() && troubles.isEmpty()) {
            return ignored("No rule pairs " + changed + " with anything that exists.");
        }
        return Multi.createFrom()
                .iterable(pairs)
                .onItem()
                .transformToUni(pair -> grantPullAccess.grant(pair, assignments.apply(pair.registry()), patience))
                .collectFailures()
                .merge(SIDE_BY_SIDE)
                .map(HandleChange::goneIsNoTrouble)
                .collect()
                .asList()
                .map(outcomes ->
                        Stream.concat(troubles.stream(), outcomes.stream()).toList());
    }

    private static Outcome goneIsNoTrouble(Outcome outcome) {
        return outcome instanceof Outcome.Gone gone
                ? new Outcome.Ignored(gone.resource() + " is gone or being deleted.")
                : outcome;
    }

    private static Uni<List<Outcome>> gone(ArmId id) {
        return ignored(id + " is gone by now.");
    }

    private static Uni<List<Outcome>> ignored(String reason) {
        return Uni.createFrom().item(List.of(new Outcome.Ignored(reason)));
    }

    private static Uni<List<Outcome>> refused(Problem problem) {
        return Uni.createFrom().item(List.of(new Outcome.Refused(Optional.empty(), problem)));
    }

    private static Uni<List<Outcome>> orPostponed(Uni<List<Outcome>> work) {
        return work.onFailure(CloudUnavailable.class)
                .recoverWithItem(failure -> List.of(Patience.postponed(Optional.empty(), failure)));
    }
}
