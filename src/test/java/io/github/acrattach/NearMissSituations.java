package io.github.acrattach;

import static io.github.acrattach.SituationWorld.CONTROL_PLANE;
import static io.github.acrattach.SituationWorld.DATA;
import static io.github.acrattach.SituationWorld.GROUP;
import static io.github.acrattach.SituationWorld.KUBELET;
import static io.github.acrattach.SituationWorld.SERVICE_PRINCIPAL;
import static io.github.acrattach.SituationWorld.SHOP;
import static io.github.acrattach.SituationWorld.SUBSCRIPTION;

import java.util.List;

/** Rights that somebody gave beside the mark. */
final class NearMissSituations {

    private static final String ADD_ON = "aaaaaaaa-0003-4000-8000-000000000003";
    private static final String TEAM = "aaaaaaaa-0001-4000-8000-000000000001";
    private static final String KUBELET_CLIENT = "2c3d4e5f-6071-4829-a3b4-c5d6e7f80910";
    private static final String LEGACY_CLIENT = "a9b8c7d6-e5f4-4321-8fed-cba987654321";
    private static final String GONE = "aaaaaaaa-0004-4000-8000-000000000004";

    private NearMissSituations() {}

    static List<Situation> all() {
        return List.of(
                Situation.of("AcrPull on the control plane", world -> world.role(CONTROL_PLANE, "AcrPull", SHOP))
                        .missing("RIGHT_ON_CONTROL_PLANE_IDENTITY")
                        .failing("NO_RIGHT"),
                Situation.of(
                                "Contributor on the control plane at the resource group",
                                world -> world.role(CONTROL_PLANE, "Contributor", GROUP))
                        .missing("NO_RIGHT"),
                Situation.of("AcrPull on the identity of an add-on", world -> world.cluster(
                                        "'addonProfiles':{'azureKeyvaultSecretsProvider':{'enabled':true,'identity':{'objectId':'"
                                                + ADD_ON + "'}}}")
                                .role(ADD_ON, "AcrPull", SHOP))
                        .missing("RIGHT_ON_OTHER_IDENTITY_OF_CLUSTER")
                        .failing("NO_RIGHT"),
                Situation.of("AcrPull on another identity of its profile", world -> world.cluster(
                                        "'identityProfile':{'kubeletidentity':{'objectId':'" + KUBELET
                                                + "','clientId':'2c3d4e5f-6071-4829-a3b4-c5d6e7f80910'},'other':{'objectId':'"
                                                + ADD_ON + "'}}")
                                .role(ADD_ON, "AcrPull", SHOP))
                        .missing("RIGHT_ON_OTHER_IDENTITY_OF_CLUSTER")
                        .failing("NO_RIGHT"),
                Situation.of("AcrPull of the cluster before it was made again", world -> world.attached("role")
                                .cluster("'identityProfile':{'kubeletidentity':{'objectId':'" + ADD_ON
                                        + "','clientId':'2c3d4e5f-6071-4829-a3b4-c5d6e7f80911'}}"))
                        .missing("RIGHT_ON_FORMER_IDENTITY")
                        .failing("NO_RIGHT")
                        .unseenByTheRegistry(),
                Situation.of("AcrPull on a principal that is gone", world -> world.role(GONE, "AcrPull", SHOP))
                        .missing("RIGHT_ON_DELETED_PRINCIPAL")
                        .failing("NO_RIGHT"),
                Situation.of("AcrPull on a principal that was deleted since", world -> world.role(
                                        SERVICE_PRINCIPAL, "AcrPull", SHOP)
                                .gone(SERVICE_PRINCIPAL))
                        .missing("RIGHT_ON_DELETED_PRINCIPAL")
                        .failing("NO_RIGHT"),
                Situation.of(
                                "AcrPull on the client id of the nodes",
                                world -> world.role(KUBELET_CLIENT, "AcrPull", SHOP))
                        .missing("RIGHT_ON_CLIENT_ID")
                        .failing("NO_RIGHT"),
                Situation.of(
                                "ABAC: Repository Reader on the client id of the nodes",
                                world -> world.role(KUBELET_CLIENT, "Container Registry Repository Reader", DATA))
                        .inAbacMode()
                        .missing("RIGHT_ON_CLIENT_ID")
                        .failing("NO_RIGHT"),
                Situation.of(
                                "AcrPull on the client id of a service principal",
                                world -> world.role(LEGACY_CLIENT, "AcrPull", SHOP))
                        .ofServicePrincipal()
                        .missing("RIGHT_ON_CLIENT_ID")
                        .failing("NO_RIGHT"),
                Situation.of("a custom role for pulling alone on the control plane", world -> world.customRole(
                                        "pulls by a wildcard",
                                        "{'actions':['Microsoft.ContainerRegistry/registries/pull/*']}")
                                .role(CONTROL_PLANE, "pulls by a wildcard", SHOP))
                        .missing("RIGHT_ON_CONTROL_PLANE_IDENTITY")
                        .failing("NO_RIGHT"),
                Situation.of("ABAC: AcrPull of a group of the nodes", world -> world.group(TEAM, KUBELET)
                                .roleOfGroup(TEAM, "AcrPull", DATA))
                        .inAbacMode()
                        .missing("REGISTRY_MODE_IGNORES_ROLE")
                        .failing("NO_RIGHT"),
                Situation.of("ABAC: Contributor of a group of the nodes", world -> world.group(TEAM, KUBELET)
                                .roleOfGroup(TEAM, "Contributor", GROUP))
                        .inAbacMode()
                        .missing("REGISTRY_MODE_IGNORES_ROLE")
                        .failing("NO_RIGHT"),
                Situation.of("ABAC: AcrPull of a group of others", world -> world.group(TEAM, CONTROL_PLANE)
                                .roleOfGroup(TEAM, "AcrPull", DATA))
                        .inAbacMode()
                        .missing("NO_RIGHT"),
                Situation.of(
                                "ABAC: Reader on the nodes, and Repository Reader on the control plane",
                                world -> world.role(KUBELET, "Reader", SUBSCRIPTION)
                                        .role(CONTROL_PLANE, "Container Registry Repository Reader", DATA))
                        .inAbacMode()
                        .missing("RIGHT_ON_CONTROL_PLANE_IDENTITY")
                        .failing("NO_RIGHT", "REGISTRY_MODE_IGNORES_ROLE"),
                Situation.of(
                                "AcrDelete on the nodes, and AcrPull on the control plane",
                                world -> world.role(KUBELET, "AcrDelete", SHOP).role(CONTROL_PLANE, "AcrPull", SHOP))
                        .missing("RIGHT_ON_CONTROL_PLANE_IDENTITY")
                        .failing("NO_RIGHT", "ROLE_DOES_NOT_PULL"),
                Situation.of("AcrPull at a registry of a similar name", world -> world.copy(
                                        SHOP, "acrshop", "acrshop2", "")
                                .role(KUBELET, "AcrPull", SHOP + "2"))
                        .missing("RIGHT_AT_OTHER_REGISTRY")
                        .failing("NO_RIGHT"),
                Situation.of("AcrPull at a registry of another name", world -> world.role(KUBELET, "AcrPull", DATA))
                        .missing("NO_RIGHT"),
                Situation.of(
                                "AcrPull at another resource group",
                                world -> world.role(KUBELET, "AcrPull", SUBSCRIPTION + "/resourceGroups/elsewhere"))
                        .missing("RIGHT_AT_OTHER_SCOPE")
                        .failing("NO_RIGHT"),
                Situation.of(
                                "AcrPull below the registry",
                                world -> world.role(KUBELET, "AcrPull", SHOP + "/webhooks/w"))
                        .missing("RIGHT_AT_OTHER_SCOPE")
                        .failing("NO_RIGHT"),
                Situation.of("AcrDelete at a registry of another name", world -> world.role(KUBELET, "AcrDelete", DATA))
                        .missing("NO_RIGHT"),
                Situation.of(
                                "ABAC: Repository Reader on the control plane",
                                world -> world.role(CONTROL_PLANE, "Container Registry Repository Reader", DATA))
                        .inAbacMode()
                        .missing("RIGHT_ON_CONTROL_PLANE_IDENTITY")
                        .failing("NO_RIGHT"),
                Situation.of("ABAC: AcrPull on the control plane", world -> world.role(CONTROL_PLANE, "AcrPull", DATA))
                        .inAbacMode()
                        .missing("NO_RIGHT"),
                Situation.of("AcrPull on the control plane and on the nodes", world -> world.role(
                                        CONTROL_PLANE, "AcrPull", SHOP)
                                .role(KUBELET, "AcrPull", SHOP))
                        .effective(),
                Situation.of("AcrPull on the control plane, and at a registry of a similar name", world -> world.copy(
                                        SHOP, "acrshop", "acrshop2", "")
                                .role(CONTROL_PLANE, "AcrPull", SHOP)
                                .role(KUBELET, "AcrPull", SHOP + "2"))
                        .missing("RIGHT_ON_CONTROL_PLANE_IDENTITY")
                        .failing("NO_RIGHT", "RIGHT_AT_OTHER_REGISTRY"),
                Situation.of(
                                "ABAC: AcrPull on the nodes, and Repository Reader on the control plane",
                                world -> world.role(KUBELET, "AcrPull", DATA)
                                        .role(CONTROL_PLANE, "Container Registry Repository Reader", DATA))
                        .inAbacMode()
                        .missing("REGISTRY_MODE_IGNORES_ROLE")
                        .failing("NO_RIGHT", "RIGHT_ON_CONTROL_PLANE_IDENTITY"),
                Situation.of(
                                "AcrPull at the resource group of the nodes",
                                world -> world.role(
                                        KUBELET,
                                        "AcrPull",
                                        SUBSCRIPTION + "/resourceGroups/MC_platform_aks-shop_westeurope"))
                        .missing("RIGHT_AT_OTHER_SCOPE")
                        .failing("NO_RIGHT"),
                Situation.of("AcrPull on two identities of its own that are not the one", world -> world.role(
                                        CONTROL_PLANE, "AcrPull", SHOP)
                                .role(GONE, "AcrPull", SHOP))
                        .missing("RIGHT_ON_CONTROL_PLANE_IDENTITY")
                        .failing("NO_RIGHT", "RIGHT_ON_DELETED_PRINCIPAL"),
                Situation.of(
                                "AcrPull of another cluster, which is there",
                                world -> world.role(SERVICE_PRINCIPAL, "AcrPull", SHOP))
                        .missing("NO_RIGHT"));
    }
}
