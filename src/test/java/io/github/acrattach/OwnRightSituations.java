package io.github.acrattach;

import static io.github.acrattach.SituationWorld.KUBELET;
import static io.github.acrattach.SituationWorld.SERVICE_PRINCIPAL;
import static io.github.acrattach.SituationWorld.SHOP;

import java.util.List;

/** What this program itself may not see is told apart from what the cluster may not do. */
final class OwnRightSituations {

    private static final String TEAM = "aaaaaaaa-0001-4000-8000-000000000001";

    private OwnRightSituations() {}

    static List<Situation> all() {
        return List.of(
                Situation.of("the registry may not be read", world -> world.role(KUBELET, "AcrPull", SHOP)
                                .refused("/registries/acrshop$"))
                        .unknown("REGISTRY_NOT_READABLE"),
                Situation.of("the cluster may not be read", world -> world.role(KUBELET, "AcrPull", SHOP)
                                .refused("/managedClusters/aks-shop$"))
                        .unknown("CLUSTER_NOT_READABLE"),
                Situation.of("assignments may not be read", world -> world.role(KUBELET, "AcrPull", SHOP)
                                .refused("/acrshop/providers/Microsoft.Authorization/roleAssignments$"))
                        .unknown("ASSIGNMENTS_NOT_READABLE"),
                Situation.of("definitions may not be read, and AcrPull", world -> world.role(KUBELET, "AcrPull", SHOP)
                                .refused("/roleDefinitions/"))
                        .effective(),
                Situation.of("definitions may not be read, and a custom role", world -> world.customRole(
                                        "hidden", "{'actions':['*']}")
                                .role(KUBELET, "hidden", SHOP)
                                .refused("/roleDefinitions/"))
                        .unknown("ROLE_NOT_READABLE"),
                Situation.of("definitions cannot be had just now, and a custom role", world -> world.customRole(
                                        "late", "{'actions':['*']}")
                                .role(KUBELET, "late", SHOP)
                                .answered("/roleDefinitions/", 503, "ServiceUnavailable", "Later."))
                        .unknown("ROLE_NOT_READABLE"),
                Situation.of("denials may not be read, and AcrPull", world -> world.role(KUBELET, "AcrPull", SHOP)
                                .refused("/denyAssignments$"))
                        .effective()
                        .noted("DENY_ASSIGNMENTS_NOT_READABLE"),
                Situation.of("denials may not be read, and nothing", world -> world.refused("/denyAssignments$"))
                        .missing("NO_RIGHT"),
                Situation.of("denials are throttled", world -> world.role(KUBELET, "AcrPull", SHOP)
                                .answered("/denyAssignments$", 429, "SubscriptionRequestsThrottled", "Too many."))
                        .effective()
                        .noted("DENY_ASSIGNMENTS_NOT_READABLE"),
                Situation.of("groups may not be read", world -> world.group(TEAM, KUBELET)
                                .roleOfGroup(TEAM, "AcrPull", SHOP)
                                .answeredGroups(403))
                        .unknown("GROUPS_NOT_READABLE"),
                Situation.of("groups cannot be had just now", world -> world.group(TEAM, KUBELET)
                                .roleOfGroup(TEAM, "AcrPull", SHOP)
                                .answeredGroups(503))
                        .unknown("GROUPS_NOT_READABLE"),
                Situation.of("the directory may not be read", world -> world.role(SERVICE_PRINCIPAL, "AcrPull", SHOP)
                                .answered(
                                        "/servicePrincipals",
                                        403,
                                        "Authorization_RequestDenied",
                                        "Insufficient privileges to complete the operation."))
                        .ofServicePrincipal()
                        .unknown("SERVICE_PRINCIPAL_NOT_READABLE"),
                Situation.of("the directory may not be read, and nodes that do not need it", world -> world.role(
                                        KUBELET, "AcrPull", SHOP)
                                .answered(
                                        "/servicePrincipals",
                                        403,
                                        "Authorization_RequestDenied",
                                        "Insufficient privileges to complete the operation."))
                        .effective(),
                Situation.of(
                                "assignments elsewhere may not be read",
                                world -> world.refused(
                                        "/subscriptions/[^/]+/providers/Microsoft.Authorization/roleAssignments$"))
                        .missing("NO_RIGHT")
                        .noted("NEAR_MISSES_NOT_READABLE"),
                Situation.of("subscriptions cannot be listed", world -> world.refused("/subscriptions$"))
                        .missing("NO_RIGHT"),
                Situation.of("the registry cannot be had just now", world -> world.role(KUBELET, "AcrPull", SHOP)
                                .answered("/registries/acrshop$", 429, "SubscriptionRequestsThrottled", "Too many."))
                        .unknown("AZURE_DID_NOT_ANSWER"),
                Situation.of("the registry may not be read, and the cluster is stopped", world -> world.refused(
                                        "/registries/acrshop$")
                                .cluster("'powerState':{'code':'Stopped'}"))
                        .blocked("CLUSTER_STOPPED")
                        .noted("REGISTRY_NOT_READABLE")
                        .unseenByTheRegistry(),
                Situation.of("tokens may not be read", world -> world.role(KUBELET, "AcrPull", SHOP)
                                .refused("/(tokens|scopeMaps)/"))
                        .effective(),
                Situation.of("tokens cannot be had just now", world -> world.role(KUBELET, "AcrPull", SHOP)
                                .answered("/(tokens|scopeMaps)/", 503, "ServiceUnavailable", "Later."))
                        .effective(),
                Situation.of("the directory may not be read, and a role on who is gone", world -> world.role(
                                        "aaaaaaaa-0009-4000-8000-000000000009", "AcrPull", SHOP)
                                .answered(
                                        "/servicePrincipals",
                                        403,
                                        "Authorization_RequestDenied",
                                        "Insufficient privileges to complete the operation."))
                        .missing("NO_RIGHT"),
                Situation.of("assignments may not be read, and public access off", world -> world.refused(
                                        "/acrshop/providers/Microsoft.Authorization/roleAssignments$")
                                .registry(SHOP, "'publicNetworkAccess':'Disabled'"))
                        .blocked("PUBLIC_ACCESS_OFF")
                        .noted("ASSIGNMENTS_NOT_READABLE"));
    }
}
