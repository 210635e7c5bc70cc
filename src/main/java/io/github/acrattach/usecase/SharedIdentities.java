package io.github.acrattach.usecase;

import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.Cluster;
import io.github.acrattach.domain.Facts;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.Outcome;
import io.github.acrattach.domain.PairingPolicy;
import io.github.acrattach.domain.PullIdentity;
import io.github.acrattach.domain.RoleAssignment;
import io.github.acrattach.port.Clusters;
import io.github.acrattach.port.Directory;
import io.github.acrattach.port.Subscriptions;
import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Clusters that pull with the same identity share its role assignments: what is one's last is another's only one. */
@Singleton
record SharedIdentities(PairingPolicy policy, Subscriptions subscriptions, Clusters clusters, Directory directory) {

    /** Why somebody else still needs the role that the pair has, as part of a sentence; empty when nobody does. */
    Optional<String> alsoOf(RoleAssignment assignment, Facts facts, Patience patience) {
        ArmId own = facts.pairing().cluster();
        return users(List.of(facts), patience)
                .of(assignment, facts, cluster -> !cluster.id().equals(own));
    }

    /** Of all clusters that can be seen, as they are listed at this moment: for as many pairs as ask. */
    Users users(List<Facts> pairs, Patience patience) {
        // Whoever attaches by hand needs no rule, so the rules do not name all places.
        Listing<UUID> visible = Listing.of(subscriptions::visible, patience);
        Set<UUID> places = new HashSet<>(visible.items());
        pairs.stream().map(Facts::pairing).forEach(pairing -> {
            places.addAll(policy.clusterSubscriptions(pairing.registry()));
            places.add(pairing.cluster().subscription());
        });
        Listing<Cluster> seen = Listing.of(places, clusters::in, patience);
        return new Users(
                seen.items(),
                Stream.concat(visible.troubles().stream(), seen.troubles().stream())
                        .findFirst()
                        .map(SharedIdentities::unsure));
    }

    /** The clusters that may pull with an identity. */
    final class Users {
        private final List<Cluster> listed;
        private final Optional<String> doubt;

        /**
         * Of those that are listed.
         *
         * @param doubt why there may be others, as part of a sentence
         */
        private Users(List<Cluster> listed, Optional<String> doubt) {
            this.listed = listed;
            this.doubt = doubt;
        }

        /** Why one of them may need the role that the pair has or had, as part of a sentence; empty when none does. */
        Optional<String> of(RoleAssignment assignment, Facts facts) {
            return of(assignment, facts, any -> true);
        }

        private Optional<String> of(RoleAssignment assignment, Facts facts, Predicate<Cluster> which) {
            // A credential is an application of this program's: no cluster without a service principal pulls with that.
            boolean mayBeManaged = assignment.isForIdentityOf(facts.pairing());
            return doubt.or(() -> incomplete(listed, facts.cluster())).or(() -> listed.stream()
                    .filter(which)
                    .flatMap(cluster -> pullsWith(cluster, assignment.principal(), mayBeManaged).stream())
                    .findFirst());
        }
    }

    /** A list that lacks what is there may lack others, too. */
    private static Optional<String> incomplete(List<Cluster> listed, Lookup<Cluster> own) {
        return own.found()
                .map(Cluster::id)
                .filter(id -> listed.stream().map(Cluster::id).noneMatch(id::equals))
                .map(id -> "it cannot be told who else pulls with the same identity: Azure lists clusters without "
                        + id.name());
    }

    private Optional<String> pullsWith(Cluster cluster, UUID principal, boolean mayBeManaged) {
        Function<UUID, Optional<String>> same = objectId ->
                Optional.of(cluster.id() + " pulls with the same identity").filter(any -> objectId.equals(principal));
        return cluster.identity()
                .fold(
                        same,
                        clientId -> directory
                                .objectIdOf(clientId)
                                .fold(same, Optional::empty, problem -> Optional.of(unsure(cluster, problem.cause()))),
                        unknown -> mayBeManaged ? mayPullWith(cluster, unknown, principal) : Optional.empty());
    }

    /** One that is at rest and shows no identity has none, and gets none by itself. */
    private static Optional<String> mayPullWith(Cluster cluster, PullIdentity.Unknown unknown, UUID principal) {
        if (cluster.state().goesOn()) {
            return Optional.of(unsure(cluster, "Azure is still making or changing it"));
        }
        return Optional.of(unsure(cluster, unknown.reason())).filter(any -> unknown.mayBe(principal));
    }

    private static String unsure(Cluster cluster, String cause) {
        return "it cannot be told whether " + cluster.id() + " pulls with the same identity: " + cause;
    }

    private static String unsure(Outcome trouble) {
        String cause = trouble instanceof Outcome.Refused refused
                ? refused.problem().cause()
                : ((Outcome.Postponed) trouble).problem().cause();
        return "it cannot be told who else pulls with the same identity: " + cause;
    }
}
