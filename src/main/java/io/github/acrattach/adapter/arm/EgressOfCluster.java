package io.github.acrattach.adapter.arm;

import com.azure.resourcemanager.containerservice.fluent.models.ManagedClusterInner;
import com.azure.resourcemanager.containerservice.models.ContainerServiceNetworkProfile;
import com.azure.resourcemanager.containerservice.models.ManagedClusterAgentPoolProfile;
import com.azure.resourcemanager.containerservice.models.ManagedClusterLoadBalancerProfile;
import com.azure.resourcemanager.containerservice.models.ManagedClusterNatGatewayProfile;
import com.azure.resourcemanager.containerservice.models.ResourceReference;
import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.Egress;
import io.github.acrattach.domain.OutsideText;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** What ARM says of the addresses by which a cluster's nodes leave. */
final class EgressOfCluster {

    private EgressOfCluster() {}

    static Egress read(ManagedClusterInner inner) {
        Optional<ContainerServiceNetworkProfile> network = Optional.ofNullable(inner.networkProfile());
        Optional<String> type = network.map(ContainerServiceNetworkProfile::outboundType)
                .map(each -> OutsideText.word(each.toString()));
        List<String> shown = network.map(profile -> shown(profile, type.orElse("loadBalancer"))).stream()
                .flatMap(List::stream)
                .map(each -> each.id() == null ? "" : each.id())
                .toList();
        List<ArmId> addresses = shown.stream()
                .flatMap(id -> id(id, Egress.ADDRESS, Egress.PREFIX).stream())
                .distinct()
                .toList();
        return new Egress(
                type,
                addresses,
                subnet(inner),
                shown.stream().anyMatch(id -> id(id, Egress.ADDRESS, Egress.PREFIX)
                                .isEmpty())
                        || nodesHaveTheirOwn(inner));
    }

    /** What a former way out left behind is of no use. */
    private static List<ResourceReference> shown(ContainerServiceNetworkProfile profile, String type) {
        String way = type.toLowerCase(Locale.ROOT);
        Optional<List<ResourceReference>> shown = way.contains("natgateway")
                ? Optional.ofNullable(profile.natGatewayProfile())
                        .map(ManagedClusterNatGatewayProfile::effectiveOutboundIPs)
                : Optional.ofNullable(profile.loadBalancerProfile())
                        .filter(balancer -> way.equals("loadbalancer"))
                        .map(ManagedClusterLoadBalancerProfile::effectiveOutboundIPs);
        return shown.orElse(List.of());
    }

    private static Optional<ArmId> subnet(ManagedClusterInner inner) {
        return pools(inner)
                .map(ManagedClusterAgentPoolProfile::vnetSubnetId)
                .filter(Objects::nonNull)
                .flatMap(id -> id(id, Egress.SUBNET).stream())
                .findFirst();
    }

    /** Ids go into requests and commands: one of anything else is not taken. */
    private static Optional<ArmId> id(String text, String... types) {
        try {
            ArmId id = ArmId.parse(text);
            return Optional.of(id).filter(each -> Stream.of(types).anyMatch(each::isA));
        } catch (IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    /** A node with a public address of its own leaves by that one: learn.microsoft.com/azure/aks/use-node-public-ips. */
    private static boolean nodesHaveTheirOwn(ManagedClusterInner inner) {
        return pools(inner).anyMatch(pool -> Boolean.TRUE.equals(pool.enableNodePublicIp()));
    }

    private static Stream<ManagedClusterAgentPoolProfile> pools(ManagedClusterInner inner) {
        return Stream.ofNullable(inner.agentPoolProfiles()).flatMap(List::stream);
    }
}
