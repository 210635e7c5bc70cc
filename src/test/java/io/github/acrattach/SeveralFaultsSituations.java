package io.github.acrattach;

import static io.github.acrattach.SituationWorld.CONTROL_PLANE;
import static io.github.acrattach.SituationWorld.DATA;
import static io.github.acrattach.SituationWorld.GROUP;
import static io.github.acrattach.SituationWorld.KUBELET;
import static io.github.acrattach.SituationWorld.SERVICE_PRINCIPAL;
import static io.github.acrattach.SituationWorld.SHOP;
import static io.github.acrattach.SituationWorld.SUBSCRIPTION;

import java.time.Duration;
import java.util.List;

/** Where more than one thing is wrong, the first is told first, and all are told. */
final class SeveralFaultsSituations {

    private static final String TEAM = "aaaaaaaa-0001-4000-8000-000000000001";
    private static final String READER = "Container Registry Repository Reader";
    private static final String PULL = "{'actions':['Microsoft.ContainerRegistry/registries/pull/read']}";

    private SeveralFaultsSituations() {}

    static List<Situation> all() {
        return List.of(
                Situation.of("ABAC: AcrPull, public access off", world -> world.role(KUBELET, "AcrPull", DATA)
                                .registry(DATA, "'publicNetworkAccess':'Disabled'"))
                        .inAbacMode()
                        .missing("REGISTRY_MODE_IGNORES_ROLE")
                        .failing("NO_RIGHT", "PUBLIC_ACCESS_OFF"),
                Situation.of(
                                "no right, public access off",
                                world -> world.registry(SHOP, "'publicNetworkAccess':'Disabled'"))
                        .missing("NO_RIGHT")
                        .failing("PUBLIC_ACCESS_OFF"),
                Situation.of("stopped, no right, public access off", world -> world.cluster(
                                        "'powerState':{'code':'Stopped'}")
                                .registry(SHOP, "'publicNetworkAccess':'Disabled'"))
                        .missing("CLUSTER_STOPPED")
                        .failing("NO_RIGHT", "PUBLIC_ACCESS_OFF"),
                Situation.of("on the control plane, and a firewall for somebody else", world -> world.role(
                                        CONTROL_PLANE, "AcrPull", SHOP)
                                .registry(
                                        SHOP,
                                        "'networkRuleSet':{'defaultAction':'Deny','ipRules':[{'action':'Allow','value':'198.51.100.7'}]}")
                                .egress("20.1.2.3"))
                        .missing("RIGHT_ON_CONTROL_PLANE_IDENTITY")
                        .failing("NO_RIGHT", "FIREWALL_KEEPS_CLUSTER_OUT"),
                Situation.of("denied, and a firewall for somebody else", world -> world.role(KUBELET, "AcrPull", SHOP)
                                .denial(GROUP, PULL, "")
                                .registry(
                                        SHOP,
                                        "'networkRuleSet':{'defaultAction':'Deny','ipRules':[{'action':'Allow','value':'198.51.100.7'}]}")
                                .egress("20.1.2.3"))
                        .blocked("RIGHT_DENIED")
                        .failing("FIREWALL_KEEPS_CLUSTER_OUT"),
                Situation.of("given five minutes ago, and public access off", world -> world.role(
                                        KUBELET, "AcrPull", SHOP, Duration.ofMinutes(5))
                                .registry(SHOP, "'publicNetworkAccess':'Disabled'"))
                        .blocked("PUBLIC_ACCESS_OFF")
                        .noted("NOT_EFFECTIVE_YET"),
                Situation.of("of a group, and public access off", world -> world.group(TEAM, KUBELET)
                                .roleOfGroup(TEAM, "AcrPull", SHOP)
                                .registry(SHOP, "'publicNetworkAccess':'Disabled'"))
                        .blocked("PUBLIC_ACCESS_OFF")
                        .noted("MEMBERSHIP_MAY_BE_NEW"),
                Situation.of("a broad role, and a firewall for somebody else", world -> world.role(
                                        KUBELET, "Reader", SUBSCRIPTION)
                                .registry(
                                        SHOP,
                                        "'networkRuleSet':{'defaultAction':'Deny','ipRules':[{'action':'Allow','value':'198.51.100.7'}]}")
                                .egress("20.1.2.3"))
                        .blocked("FIREWALL_KEEPS_CLUSTER_OUT")
                        .noted("RIGHT_BY_BROAD_ROLE"),
                Situation.of("a role that may not be read, and public access off", world -> world.customRole(
                                        "dark", "{'actions':['*']}")
                                .role(KUBELET, "dark", SHOP)
                                .refused("/roleDefinitions/")
                                .registry(SHOP, "'publicNetworkAccess':'Disabled'"))
                        .blocked("PUBLIC_ACCESS_OFF")
                        .noted("ROLE_NOT_READABLE"),
                Situation.of("ABAC: only some repositories, and public access off", world -> world.roleWhere(
                                        KUBELET, READER, DATA, "StringEquals 'etl'")
                                .registry(DATA, "'publicNetworkAccess':'Disabled'"))
                        .inAbacMode()
                        .blocked("PUBLIC_ACCESS_OFF")
                        .noted("ONLY_SOME_REPOSITORIES"),
                Situation.of("ABAC: only some repositories, and stopped", world -> world.roleWhere(
                                        KUBELET, READER, DATA, "StringEquals 'etl'")
                                .cluster("'powerState':{'code':'Stopped'}"))
                        .inAbacMode()
                        .blocked("CLUSTER_STOPPED")
                        .noted("ONLY_SOME_REPOSITORIES")
                        .unseenByTheRegistry(),
                Situation.of("a service principal whose secret expired, and without a right", world -> world.directory(
                                        SERVICE_PRINCIPAL, "'passwords':1")
                                .directory(SERVICE_PRINCIPAL, "'passwordsEnd':'2024-01-02T03:04:05Z'"))
                        .ofServicePrincipal()
                        .missing("SERVICE_PRINCIPAL_SECRET_EXPIRED")
                        .failing("NO_RIGHT")
                        .unseenByTheRegistry(),
                Situation.of("a service principal whose secret expired, and public access off", world -> world.role(
                                        SERVICE_PRINCIPAL, "AcrPull", SHOP)
                                .directory(SERVICE_PRINCIPAL, "'passwords':1")
                                .directory(SERVICE_PRINCIPAL, "'passwordsEnd':'2024-01-02T03:04:05Z'")
                                .registry(SHOP, "'publicNetworkAccess':'Disabled'"))
                        .ofServicePrincipal()
                        .blocked("SERVICE_PRINCIPAL_SECRET_EXPIRED")
                        .failing("PUBLIC_ACCESS_OFF"),
                Situation.of("an image of another registry, and no right", world -> {})
                        .ofImage("acrshap.azurecr.io/shop/web")
                        .missing("IMAGE_OF_ANOTHER_REGISTRY")
                        .failing("NO_RIGHT"),
                Situation.of(
                                "no nodes, and at a registry of another name",
                                world -> world.role(KUBELET, "AcrPull", DATA)
                                        .cluster(
                                                "'agentPoolProfiles':[{'name':'nodepool1','count':0,'mode':'System','powerState':{'code':'Running'}}]"))
                        .missing("NO_NODES")
                        .failing("NO_RIGHT"),
                Situation.of("denials may not be read, and public access off", world -> world.role(
                                        KUBELET, "AcrPull", SHOP)
                                .refused("/denyAssignments$")
                                .registry(SHOP, "'publicNetworkAccess':'Disabled'"))
                        .blocked("PUBLIC_ACCESS_OFF")
                        .noted("DENY_ASSIGNMENTS_NOT_READABLE"));
    }
}
