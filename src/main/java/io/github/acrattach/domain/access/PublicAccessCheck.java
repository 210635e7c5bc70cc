package io.github.acrattach.domain.access;

import io.github.acrattach.domain.Cluster;
import io.github.acrattach.domain.Registry;
import io.github.acrattach.domain.RegistryNetwork;

/** Whether nodes get to a registry that is not on the internet, or not simply. */
final class PublicAccessCheck {

    private final Registry registry;
    private final RegistryNetwork network;
    private final NetworkCommands commands;

    PublicAccessCheck(Cluster cluster, Registry registry) {
        this.registry = registry;
        network = registry.network();
        commands = new NetworkCommands(cluster, registry);
    }

    Finding finding() {
        if (!network.isPrivate()) {
            return unclear();
        }
        return network.privateEndpoints() > 0 ? privateEndpoint(registry, commands) : off();
    }

    /** There is one; which networks find their way to it is a matter of their DNS and routes. */
    static Finding privateEndpoint(Registry registry, NetworkCommands commands) {
        return Finding.unknown(
                Check.NETWORK,
                Code.PRIVATE_ENDPOINT_NOT_SEEN,
                NetworkFacts.of(registry.network()),
                registry.id().name()
                        + " lets in by private endpoints what its public address keeps out, and Azure does not"
                        + " show whether the cluster's network resolves the login server to one of them and reaches it.",
                commands.tryFromNode());
    }

    private Finding off() {
        String name = registry.id().name();
        return Finding.fails(
                Check.NETWORK,
                Code.PUBLIC_ACCESS_OFF,
                NetworkFacts.of(network),
                name + " cannot be reached from the internet, and there is no other way in: public network access is"
                        + " disabled, and no private endpoint "
                        + (network.pendingEndpoints().isEmpty() ? "is there." : "is approved.")
                        + (network.keepsSomeOut()
                                ? " Its firewall denies by default as well, and counts once public access is on."
                                : ""),
                commands.enablePublicAccess() + "   (or, so that it stays off, "
                        + (network.pendingEndpoints().isEmpty()
                                ? "make a private endpoint in the cluster's network, and have that network's DNS resolve to"
                                        + " it: " + commands.makePrivateEndpoint()
                                : "approve the private endpoint that waits, where it is one of the cluster's network: "
                                        + commands.approvePending())
                        + ")");
    }

    private Finding unclear() {
        String access = network.publicAccess();
        boolean byPerimeter = access.equalsIgnoreCase("SecuredByPerimeter");
        return Finding.unknown(
                Check.NETWORK,
                Code.PUBLIC_ACCESS_UNCLEAR,
                NetworkFacts.of(network),
                byPerimeter
                        ? "A network security perimeter decides who reaches "
                                + registry.id().name()
                                + " from the internet, and its access rules are not read here; the registry's own firewall"
                                + " counts for nothing."
                        : "What the public network access of " + registry.id().name()
                                + " means is not known here: Azure calls it " + access + ".",
                commands.tryFromNode());
    }
}
