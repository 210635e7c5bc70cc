package io.github.acrattach.domain.access;

import io.github.acrattach.domain.AddressRange;
import io.github.acrattach.domain.Cluster;
import io.github.acrattach.domain.Facts;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.NodeSignIn;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.Registry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether the nodes of a cluster get to a registry, can sign in there, and whether anybody else can pull. */
public final class NetworkChecks {

    private NetworkChecks() {}

    /**
     * {@link Check#NETWORK}, {@link Check#SIGN_IN} and {@link Check#OPEN_DOORS}.
     *
     * @param addresses what was read of the addresses by which the cluster leaves; empty where nobody looked
     * @param right whether it would pull from a registry that lets in nobody without a right
     */
    public static List<Finding> of(
            Cluster cluster,
            Registry registry,
            Optional<Lookup<List<AddressRange>>> addresses,
            OpenDoorChecks.OwnRight right,
            Instant now) {
        return Stream.of(
                        List.of(network(cluster, registry, addresses)),
                        SignInChecks.of(cluster, registry, now),
                        OpenDoorChecks.of(registry, right))
                .flatMap(List::stream)
                .toList();
    }

    /**
     * What is known to keep nodes from pulling beside what they may do, to be told with a grant: nothing more is read for it.
     */
    public static List<Problem> notes(Facts facts) {
        return facts.cluster()
                .found()
                .flatMap(cluster -> facts.registry().found().map(registry -> notes(facts, cluster, registry)))
                .orElse(List.of());
    }

    private static List<Problem> notes(Facts facts, Cluster cluster, Registry registry) {
        return Stream.concat(
                        NodeSignIn.notes(facts).stream(),
                        Stream.of(network(cluster, registry, Optional.empty()))
                                .filter(finding -> finding.state() == Finding.State.FAILS)
                                .map(finding -> Problem.of(
                                        Problem.Kind.NETWORK_CLOSED,
                                        finding.cause().orElseThrow(),
                                        registry.id(),
                                        finding.fix().orElseThrow())))
                .toList();
    }

    /** Whether it takes the cluster's addresses to tell: where a firewall has rules, and all the addresses have an id. */
    public static boolean needsAddresses(Cluster cluster, Registry registry) {
        return registry.network().isPublic()
                && registry.network().keepsSomeOut()
                && !registry.network().rules().isEmpty()
                && cluster.egress().isShown();
    }

    /** Whether the registry's network rules let the nodes in. */
    public static Finding network(Cluster cluster, Registry registry, Optional<Lookup<List<AddressRange>>> addresses) {
        if (registry.network().isPublic()) {
            return new FirewallCheck(cluster, registry).with(addresses);
        }
        return new PublicAccessCheck(cluster, registry).finding();
    }
}
