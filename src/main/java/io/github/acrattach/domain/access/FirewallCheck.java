package io.github.acrattach.domain.access;

import io.github.acrattach.domain.AddressRange;
import io.github.acrattach.domain.Cluster;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.Registry;
import io.github.acrattach.domain.RegistryNetwork;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Whether the firewall of a registry lets the nodes of a cluster in, which come from the addresses by which the cluster
 * leaves. It knows addresses of version 4 alone, and counts for private endpoints not at all:
 * learn.microsoft.com/azure/container-registry/container-registry-access-selected-networks.
 */
final class FirewallCheck {

    private final Cluster cluster;
    private final Registry registry;
    private final RegistryNetwork network;
    private final NetworkCommands commands;

    FirewallCheck(Cluster cluster, Registry registry) {
        this.cluster = cluster;
        this.registry = registry;
        network = registry.network();
        commands = new NetworkCommands(cluster, registry);
    }

    Finding with(Optional<Lookup<List<AddressRange>>> addresses) {
        if (!network.keepsSomeOut()) {
            return cluster.egress().isBlocked() ? blocked() : Finding.ok(Check.NETWORK, NetworkFacts.of(network));
        }
        if (network.rules().isEmpty()) {
            return out("it denies by default and has no rule that lets anybody in.", commands.letEgressIn());
        }
        if (!cluster.egress().isShown()) {
            return unknown(notShown());
        }
        return addresses
                .map(lookup ->
                        lookup.fold(this::compared, () -> unknown("Azure shows none of them."), this::notReadable))
                .orElseGet(() -> unknown("they were not read."));
    }

    private Finding compared(List<AddressRange> all) {
        List<AddressRange> those = all.stream().filter(AddressRange::isVersion4).toList();
        List<AddressRange> outside =
                those.stream().filter(each -> !each.isIn(network.rules())).toList();
        boolean isComplete = all.size() >= cluster.egress().addresses().size();
        if (those.isEmpty() || outside.isEmpty() && !isComplete) {
            return unknown(notEnough(all, those));
        }
        if (outside.isEmpty()) {
            return Finding.ok(Check.NETWORK, NetworkFacts.of(network) + "; the rules let in " + told(those));
        }
        boolean noneIsIn = isComplete
                && outside.size() == those.size()
                && outside.stream().noneMatch(each -> each.isPartlyIn(network.rules()));
        return noneIsIn
                ? out("the cluster comes from " + told(outside) + ", which no rule lets in.", commands.letIn(outside))
                : someOut(those, outside);
    }

    private static String notEnough(List<AddressRange> all, List<AddressRange> those) {
        if (all.isEmpty()) {
            return "Azure shows none of them.";
        }
        return those.isEmpty()
                ? "Azure shows only " + told(all) + ", and the firewall knows no address of that version."
                : "Azure shows only " + told(all) + " of them.";
    }

    private Finding out(String why, String fix) {
        return unlessByEndpoint(Finding.fails(
                Check.NETWORK,
                Code.FIREWALL_KEEPS_CLUSTER_OUT,
                NetworkFacts.of(network),
                "The firewall of " + registry.id().name() + " keeps "
                        + cluster.id().name() + " out: " + why,
                fix));
    }

    private Finding someOut(List<AddressRange> those, List<AddressRange> outside) {
        return unlessByEndpoint(Finding.fails(
                Check.NETWORK,
                Code.FIREWALL_KEEPS_SOME_ADDRESSES_OUT,
                NetworkFacts.of(network),
                "The firewall of " + registry.id().name() + " does not let in every address by which nodes of "
                        + cluster.id().name() + " leave, so that pulls fail now and then: of " + told(those)
                        + ", the rules do not cover " + told(outside) + ".",
                commands.letIn(outside)));
    }

    private Finding notReadable(Problem problem) {
        return Finding.unknown(
                Check.NETWORK,
                Code.EGRESS_NOT_READABLE,
                NetworkFacts.of(network),
                "Whether the firewall of " + registry.id().name() + " lets "
                        + cluster.id().name()
                        + " in depends on the addresses by which the cluster leaves, which could not be read here. "
                        + problem.cause(),
                problem.asked().fix());
    }

    private String notShown() {
        String type = cluster.egress().outboundType().orElse("not shown");
        if (cluster.egress().isPartial()) {
            return "nodes leave by more addresses than Azure shows for the cluster, such as public ones of their own.";
        }
        return "Azure shows none of them for this cluster (its outbound type is " + type + ").";
    }

    private Finding unknown(String why) {
        return unlessByEndpoint(Finding.unknown(
                Check.NETWORK,
                Code.EGRESS_UNKNOWN,
                NetworkFacts.of(network),
                "Whether the firewall of " + registry.id().name() + " lets "
                        + cluster.id().name() + " in depends on the addresses by which the cluster leaves, and "
                        + why,
                commands.tryFromNode()));
    }

    private Finding blocked() {
        return unlessByEndpoint(Finding.unknown(
                Check.NETWORK,
                Code.EGRESS_UNKNOWN,
                NetworkFacts.of(network) + ", outbound type block",
                "The outbound type of " + cluster.id().name() + " is block, which closes the ways out of its"
                        + " network, and " + registry.id().name()
                        + " has no private endpoint to be reached by.",
                commands.tryFromNode()));
    }

    /** What the public address keeps out may come by a private endpoint. */
    private Finding unlessByEndpoint(Finding byPublicAddress) {
        return network.privateEndpoints() > 0 ? PublicAccessCheck.privateEndpoint(registry, commands) : byPublicAddress;
    }

    private static String told(List<AddressRange> addresses) {
        return addresses.stream().map(AddressRange::toString).collect(Collectors.joining(", "));
    }
}
