package io.github.acrattach;

import static io.github.acrattach.SituationWorld.GROUP;
import static io.github.acrattach.SituationWorld.KUBELET;
import static io.github.acrattach.SituationWorld.SHOP;

import java.util.List;

/** What the registry lets in, and from where. */
final class NetworkSituations {

    private NetworkSituations() {}

    static List<Situation> all() {
        return List.of(
                Situation.of("public access off", world -> world.role(KUBELET, "AcrPull", SHOP)
                                .registry(SHOP, "'publicNetworkAccess':'Disabled'"))
                        .blocked("PUBLIC_ACCESS_OFF"),
                Situation.of(
                                "public access off, and an endpoint that is there",
                                world -> world.role(KUBELET, "AcrPull", SHOP)
                                        .registry(SHOP, "'publicNetworkAccess':'Disabled'")
                                        .registry(
                                                SHOP,
                                                "'privateEndpointConnections':[{'name':'pe','properties':{'privateEndpoint':{'id':'"
                                                        + GROUP
                                                        + "/providers/Microsoft.Network/privateEndpoints/pe'},'privateLinkServiceConnectionState':{'status':'Approved'}}}]"))
                        .unknown("PRIVATE_ENDPOINT_NOT_SEEN"),
                Situation.of(
                                "public access off, and an endpoint that nobody approved",
                                world -> world.role(KUBELET, "AcrPull", SHOP)
                                        .registry(SHOP, "'publicNetworkAccess':'Disabled'")
                                        .registry(
                                                SHOP,
                                                "'privateEndpointConnections':[{'name':'pe','properties':{'privateEndpoint':{'id':'"
                                                        + GROUP
                                                        + "/providers/Microsoft.Network/privateEndpoints/pe'},'privateLinkServiceConnectionState':{'status':'Pending'}}}]"))
                        .blocked("PUBLIC_ACCESS_OFF"),
                Situation.of("public access off, and rules that would let in", world -> world.role(
                                        KUBELET, "AcrPull", SHOP)
                                .registry(SHOP, "'publicNetworkAccess':'Disabled'")
                                .registry(
                                        SHOP,
                                        "'networkRuleSet':{'defaultAction':'Deny','ipRules':[{'action':'Allow','value':'20.1.2.3'}]}")
                                .egress("20.1.2.3"))
                        .blocked("PUBLIC_ACCESS_OFF"),
                Situation.of("a perimeter", world -> world.role(KUBELET, "AcrPull", SHOP)
                                .registry(SHOP, "'publicNetworkAccess':'SecuredByPerimeter'"))
                        .unknown("PUBLIC_ACCESS_UNCLEAR"),
                Situation.of("public access not told", world -> world.role(KUBELET, "AcrPull", SHOP)
                                .registry(SHOP, "'publicNetworkAccess':null"))
                        .effective(),
                Situation.of("a firewall for somebody else", world -> world.role(KUBELET, "AcrPull", SHOP)
                                .registry(
                                        SHOP,
                                        "'networkRuleSet':{'defaultAction':'Deny','ipRules':[{'action':'Allow','value':'198.51.100.7'}]}")
                                .egress("20.1.2.3"))
                        .blocked("FIREWALL_KEEPS_CLUSTER_OUT"),
                Situation.of("a firewall that lets the cluster in", world -> world.role(KUBELET, "AcrPull", SHOP)
                                .registry(
                                        SHOP,
                                        "'networkRuleSet':{'defaultAction':'Deny','ipRules':[{'action':'Allow','value':'20.1.2.3'}]}")
                                .egress("20.1.2.3"))
                        .effective(),
                Situation.of("a firewall that lets a block in", world -> world.role(KUBELET, "AcrPull", SHOP)
                                .registry(
                                        SHOP,
                                        "'networkRuleSet':{'defaultAction':'Deny','ipRules':[{'action':'Allow','value':'20.1.2.0/28'}]}")
                                .egress("20.1.2.3"))
                        .effective(),
                Situation.of("a firewall that ends beside the cluster", world -> world.role(KUBELET, "AcrPull", SHOP)
                                .registry(
                                        SHOP,
                                        "'networkRuleSet':{'defaultAction':'Deny','ipRules':[{'action':'Allow','value':'20.1.2.0/31'}]}")
                                .egress("20.1.2.3"))
                        .blocked("FIREWALL_KEEPS_CLUSTER_OUT"),
                Situation.of("a firewall that lets one of two addresses in", world -> world.role(
                                        KUBELET, "AcrPull", SHOP)
                                .registry(
                                        SHOP,
                                        "'networkRuleSet':{'defaultAction':'Deny','ipRules':[{'action':'Allow','value':'20.1.2.9'}]}")
                                .egress("20.1.2.3", "20.1.2.9"))
                        .blocked("FIREWALL_KEEPS_SOME_ADDRESSES_OUT"),
                Situation.of("a firewall that lets both addresses in", world -> world.role(KUBELET, "AcrPull", SHOP)
                                .registry(
                                        SHOP,
                                        "'networkRuleSet':{'defaultAction':'Deny','ipRules':[{'action':'Allow','value':'20.1.2.3'},{'action':'Allow','value':'20.1.2.9'}]}")
                                .egress("20.1.2.3", "20.1.2.9"))
                        .effective(),
                Situation.of("a firewall without rules", world -> world.role(KUBELET, "AcrPull", SHOP)
                                .registry(SHOP, "'networkRuleSet':{'defaultAction':'Deny','ipRules':[]}")
                                .egress("20.1.2.3"))
                        .blocked("FIREWALL_KEEPS_CLUSTER_OUT"),
                Situation.of("a firewall without rules before a route of its own", world -> world.role(
                                        KUBELET, "AcrPull", SHOP)
                                .registry(SHOP, "'networkRuleSet':{'defaultAction':'Deny','ipRules':[]}")
                                .cluster("'networkProfile':{'outboundType':'userDefinedRouting'}"))
                        .blocked("FIREWALL_KEEPS_CLUSTER_OUT")
                        .unseenByTheRegistry(),
                Situation.of("a firewall before a route of its own", world -> world.role(KUBELET, "AcrPull", SHOP)
                                .registry(
                                        SHOP,
                                        "'networkRuleSet':{'defaultAction':'Deny','ipRules':[{'action':'Allow','value':'198.51.100.7'}]}")
                                .cluster("'networkProfile':{'outboundType':'userDefinedRouting'}"))
                        .unknown("EGRESS_UNKNOWN"),
                Situation.of("a firewall before addresses that nobody may read", world -> world.role(
                                        KUBELET, "AcrPull", SHOP)
                                .registry(
                                        SHOP,
                                        "'networkRuleSet':{'defaultAction':'Deny','ipRules':[{'action':'Allow','value':'20.1.2.3'}]}")
                                .egress("20.1.2.3")
                                .refused("/publicIPAddresses/"))
                        .unknown("EGRESS_NOT_READABLE"),
                Situation.of("a firewall before a NAT gateway", world -> world.role(KUBELET, "AcrPull", SHOP)
                                .registry(
                                        SHOP,
                                        "'networkRuleSet':{'defaultAction':'Deny','ipRules':[{'action':'Allow','value':'20.1.2.3'}]}")
                                .natGateway("20.1.2.3"))
                        .effective(),
                Situation.of("a firewall for somebody else before a NAT gateway", world -> world.role(
                                        KUBELET, "AcrPull", SHOP)
                                .registry(
                                        SHOP,
                                        "'networkRuleSet':{'defaultAction':'Deny','ipRules':[{'action':'Allow','value':'20.1.2.4'}]}")
                                .natGateway("20.1.2.3"))
                        .blocked("FIREWALL_KEEPS_CLUSTER_OUT"),
                Situation.of(
                                "a firewall for somebody else, and an endpoint",
                                world -> world.role(KUBELET, "AcrPull", SHOP)
                                        .registry(
                                                SHOP,
                                                "'networkRuleSet':{'defaultAction':'Deny','ipRules':[{'action':'Allow','value':'198.51.100.7'}]}")
                                        .egress("20.1.2.3")
                                        .registry(
                                                SHOP,
                                                "'privateEndpointConnections':[{'name':'pe','properties':{'privateEndpoint':{'id':'"
                                                        + GROUP
                                                        + "/providers/Microsoft.Network/privateEndpoints/pe'},'privateLinkServiceConnectionState':{'status':'Approved'}}}]"))
                        .unknown("PRIVATE_ENDPOINT_NOT_SEEN"),
                Situation.of("a firewall that allows all but lists an address", world -> world.role(
                                        KUBELET, "AcrPull", SHOP)
                                .registry(
                                        SHOP,
                                        "'networkRuleSet':{'defaultAction':'Allow','ipRules':[{'action':'Allow','value':'198.51.100.7'}]}")
                                .egress("20.1.2.3"))
                        .effective(),
                Situation.of(
                                "anonymous pull and no right",
                                world -> world.registry(SHOP, "'anonymousPullEnabled':true"))
                        .effective("ANONYMOUS_PULL")
                        .failing("NO_RIGHT")
                        .unseenByTheRegistry(),
                Situation.of("anonymous pull and AcrPull", world -> world.role(KUBELET, "AcrPull", SHOP)
                                .registry(SHOP, "'anonymousPullEnabled':true"))
                        .effective("ANONYMOUS_PULL"),
                Situation.of("anonymous pull and AcrDelete", world -> world.role(KUBELET, "AcrDelete", SHOP)
                                .registry(SHOP, "'anonymousPullEnabled':true"))
                        .effective("ANONYMOUS_PULL")
                        .failing("NO_RIGHT", "ROLE_DOES_NOT_PULL")
                        .unseenByTheRegistry(),
                Situation.of(
                                "anonymous pull behind a closed registry",
                                world -> world.registry(
                                        SHOP, "'anonymousPullEnabled':true,'publicNetworkAccess':'Disabled'"))
                        .blocked("PUBLIC_ACCESS_OFF")
                        .failing("NO_RIGHT")
                        .noted("ANONYMOUS_PULL"),
                Situation.of("anonymous pull behind a firewall for somebody else", world -> world.registry(
                                        SHOP,
                                        "'networkRuleSet':{'defaultAction':'Deny','ipRules':[{'action':'Allow','value':'198.51.100.7'}]}")
                                .egress("20.1.2.3")
                                .registry(SHOP, "'anonymousPullEnabled':true"))
                        .blocked("FIREWALL_KEEPS_CLUSTER_OUT")
                        .failing("NO_RIGHT")
                        .noted("ANONYMOUS_PULL"),
                Situation.of("anonymous pull and a stopped cluster", world -> world.registry(
                                        SHOP, "'anonymousPullEnabled':true")
                                .cluster("'powerState':{'code':'Stopped'}"))
                        .blocked("CLUSTER_STOPPED")
                        .failing("NO_RIGHT")
                        .noted("ANONYMOUS_PULL")
                        .unseenByTheRegistry(),
                Situation.of("admin user and AcrPull", world -> world.role(KUBELET, "AcrPull", SHOP)
                                .registry(SHOP, "'adminUserEnabled':true"))
                        .effective()
                        .noted("ADMIN_USER"),
                Situation.of("admin user and no right", world -> world.registry(SHOP, "'adminUserEnabled':true"))
                        .missing("NO_RIGHT")
                        .noted("ADMIN_USER"),
                Situation.of("tokens of ARM refused", world -> world.role(KUBELET, "AcrPull", SHOP)
                                .registry(
                                        SHOP, "'policies':{'azureADAuthenticationAsArmPolicy':{'status':'disabled'}}"))
                        .effective());
    }
}
