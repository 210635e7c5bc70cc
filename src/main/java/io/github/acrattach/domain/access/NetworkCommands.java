package io.github.acrattach.domain.access;

import io.github.acrattach.domain.AddressRange;
import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.AzCommand;
import io.github.acrattach.domain.Cluster;
import io.github.acrattach.domain.Egress;
import io.github.acrattach.domain.Registry;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The {@code az} commands that open a registry to a cluster, or show from a node that it is open. */
final class NetworkCommands {

    private final Cluster cluster;
    private final Registry registry;

    NetworkCommands(Cluster cluster, Registry registry) {
        this.cluster = cluster;
        this.registry = registry;
    }

    /** From a pod in the network of a node, with the node's own identity; it takes kubectl. */
    String tryFromNode() {
        return "az aks check-acr" + AzCommand.which(cluster.id()) + " --acr \""
                + (registry.loginServer().isEmpty() ? "<login server>" : registry.loginServer())
                + "\"   (tries it from a node: resolves the login server, connects and signs in)";
    }

    String enablePublicAccess() {
        return update(registry, "--public-network-enabled true")
                + (registry.network().keepsSomeOut() ? " && " + letEgressIn() : "");
    }

    String letIn(List<AddressRange> addresses) {
        return addresses.stream().map(address -> letIn(address.toString())).collect(Collectors.joining(" && "));
    }

    /** By whatever addresses the cluster leaves, read by whoever runs it. */
    String letEgressIn() {
        Egress egress = cluster.egress();
        return egress.isShown()
                ? egress.addresses().stream().map(id -> letIn(reading(id))).collect(Collectors.joining(" && "))
                : letIn("<public address by which " + cluster.id().name() + " leaves>");
    }

    private static String reading(ArmId address) {
        return "$(az resource show --ids \"" + address + "\" --api-version 2024-05-01 --query properties."
                + (address.isA(Egress.PREFIX) ? "ipPrefix" : "ipAddress") + " --output tsv)";
    }

    private String letIn(String address) {
        return "az acr network-rule add" + AzCommand.which(registry.id()) + " --ip-address \"" + address + '"';
    }

    String approvePending() {
        return registry.network().pendingEndpoints().stream()
                .map(name -> "az acr private-endpoint-connection approve --subscription \""
                        + registry.id().subscription() + "\" --resource-group \""
                        + registry.id().resourceGroup() + "\" --registry-name \""
                        + registry.id().name() + "\" --name \"" + name + '"')
                .collect(Collectors.joining(" && "));
    }

    /** The endpoint itself, the zone in which names of registries resolve to endpoints, and its link to the network. */
    String makePrivateEndpoint() {
        Optional<ArmId> subnetId = cluster.egress().subnet();
        // Azure makes an endpoint in the subscription of its network alone.
        ArmId beside = subnetId.orElse(cluster.id());
        String there =
                " --subscription \"" + beside.subscription() + "\" --resource-group \"" + beside.resourceGroup() + '"';
        String endpoint = "pe-" + registry.id().name();
        Optional<String> subnet = subnetId.map(ArmId::toString);
        String zone = " \"privatelink." + suffix() + '"';
        return "az network private-endpoint create" + there + " --name \"" + endpoint
                + "\" --subnet \"" + subnet.orElse("<id of a subnet of that network>")
                + "\" --private-connection-resource-id \""
                + registry.id() + "\" --group-id registry --connection-name \"" + endpoint
                + "\" && az network private-dns zone create" + there + " --name" + zone
                + " && az network private-dns link vnet create" + there + " --zone-name" + zone
                + " --name \"" + cluster.id().name()
                + "\" --virtual-network \""
                + subnet.map(id -> id.substring(0, id.toLowerCase(Locale.ROOT).lastIndexOf("/subnets/")))
                        .orElse("<id of that network>")
                + "\" --registration-enabled false"
                + " && az network private-endpoint dns-zone-group create" + there + " --endpoint-name \"" + endpoint
                + "\" --name registry --zone-name registry --private-dns-zone" + zone;
    }

    /** Each cloud has its own. */
    private String suffix() {
        String loginServer = registry.loginServer();
        return loginServer.contains(".") ? loginServer.substring(loginServer.indexOf('.') + 1) : "azurecr.io";
    }

    /** Changes one setting of a registry, and leaves the others. */
    static String update(Registry registry, String change) {
        return "az acr update" + AzCommand.which(registry.id()) + ' ' + change;
    }

    /**
     * On every node that is one of a scale set. New pods, or the same ones started anew, do not make a kubelet forget what
     * it holds.
     */
    String restartKubelets() {
        return "az vmss list --subscription \"" + cluster.id().subscription()
                + "\" --resource-group \"$(az aks show"
                + AzCommand.which(cluster.id())
                + " --query nodeResourceGroup --output tsv)\" --query \"[].id\" --output tsv"
                + " | xargs -I{} az rest --method GET --url \"{}/virtualMachines?api-version=2024-07-01\""
                + " --query \"value[].id\" --output tsv"
                + " | az vmss run-command invoke --command-id RunShellScript --scripts \"systemctl restart kubelet\""
                + " --ids @-";
    }
}
