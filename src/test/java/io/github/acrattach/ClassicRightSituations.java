package io.github.acrattach;

import static io.github.acrattach.SituationWorld.CONTROL_PLANE;
import static io.github.acrattach.SituationWorld.GROUP;
import static io.github.acrattach.SituationWorld.KUBELET;
import static io.github.acrattach.SituationWorld.MANAGEMENT_GROUP;
import static io.github.acrattach.SituationWorld.SHOP;
import static io.github.acrattach.SituationWorld.SUBSCRIPTION;

import java.util.List;

/** Which roles let nodes pull from a registry in classic mode. */
final class ClassicRightSituations {

    private static final String TEAM = "aaaaaaaa-0001-4000-8000-000000000001";
    private static final String ABOVE = "aaaaaaaa-0002-4000-8000-000000000002";

    private ClassicRightSituations() {}

    static List<Situation> all() {
        return List.of(
                Situation.of("AcrPull at the registry", world -> world.role(KUBELET, "AcrPull", SHOP))
                        .effective(),
                Situation.of("AcrPull at a subscription", world -> world.role(KUBELET, "AcrPull", SUBSCRIPTION))
                        .effective(),
                Situation.of("AcrPush at the registry", world -> world.role(KUBELET, "AcrPush", SHOP))
                        .effective(),
                Situation.of("Contributor at the resource group", world -> world.role(KUBELET, "Contributor", GROUP))
                        .effective()
                        .noted("RIGHT_BY_BROAD_ROLE"),
                Situation.of("Reader at the subscription", world -> world.role(KUBELET, "Reader", SUBSCRIPTION))
                        .effective()
                        .noted("RIGHT_BY_BROAD_ROLE"),
                Situation.of("Owner at the registry", world -> world.role(KUBELET, "Owner", SHOP))
                        .effective()
                        .noted("RIGHT_BY_BROAD_ROLE"),
                Situation.of("AcrPull at a management group", world -> world.role(KUBELET, "AcrPull", MANAGEMENT_GROUP))
                        .effective(),
                Situation.of(
                                "Reader at the root management group",
                                world -> world.role(KUBELET, "Reader", MANAGEMENT_GROUP))
                        .effective()
                        .noted("RIGHT_BY_BROAD_ROLE"),
                Situation.of(
                                "Data Importer and Data Reader",
                                world -> world.role(KUBELET, "Container Registry Data Importer and Data Reader", SHOP))
                        .effective(),
                Situation.of("AcrDelete alone", world -> world.role(KUBELET, "AcrDelete", SHOP))
                        .missing("ROLE_DOES_NOT_PULL")
                        .failing("NO_RIGHT"),
                Situation.of("AcrImageSigner alone", world -> world.role(KUBELET, "AcrImageSigner", SHOP))
                        .missing("ROLE_DOES_NOT_PULL")
                        .failing("NO_RIGHT"),
                Situation.of(
                                "Network Contributor alone",
                                world -> world.role(KUBELET, "Network Contributor", SUBSCRIPTION))
                        .missing("NO_RIGHT"),
                Situation.of("a custom role of all of a registry but pulling", world -> world.customRole(
                                        "all but pulling",
                                        "{'actions':['Microsoft.ContainerRegistry/registries/*'],'notActions':['Microsoft.ContainerRegistry/registries/pull/read']}")
                                .role(KUBELET, "all but pulling", SHOP))
                        .missing("ROLE_DOES_NOT_PULL")
                        .failing("NO_RIGHT"),
                Situation.of("a custom role of all of a registry but what begins with p", world -> world.customRole(
                                        "all but p",
                                        "{'actions':['*'],'notActions':['Microsoft.ContainerRegistry/registries/p*/read']}")
                                .role(KUBELET, "all but p", SHOP))
                        .missing("ROLE_DOES_NOT_PULL")
                        .failing("NO_RIGHT"),
                Situation.of("a custom role of all of a registry", world -> world.customRole(
                                        "all of a registry", "{'actions':['Microsoft.ContainerRegistry/registries/*']}")
                                .role(KUBELET, "all of a registry", SHOP))
                        .effective()
                        .noted("RIGHT_BY_BROAD_ROLE"),
                Situation.of(
                                "a custom role of two blocks, the one taking out what the other gives",
                                world -> world.customRole(
                                                "two blocks",
                                                "{'actions':['Microsoft.ContainerRegistry/*'],'notActions':['*/read']},{'actions':['microsoft.containerregistry/registries/PULL/read']}")
                                        .role(KUBELET, "two blocks", SHOP))
                        .effective(),
                Situation.of("a custom role of data actions alone, in classic mode", world -> world.customRole(
                                        "data", "{'dataActions':['*']}")
                                .role(KUBELET, "data", SHOP))
                        .missing("REGISTRY_MODE_IGNORES_ROLE")
                        .failing("NO_RIGHT"),
                Situation.of("AcrPull of a group", world -> world.group(TEAM, KUBELET)
                                .roleOfGroup(TEAM, "AcrPull", SHOP))
                        .granted("MEMBERSHIP_MAY_BE_NEW"),
                Situation.of("AcrPull of a group in a group", world -> world.group(TEAM, KUBELET)
                                .group(ABOVE, TEAM)
                                .roleOfGroup(ABOVE, "AcrPull", GROUP))
                        .granted("MEMBERSHIP_MAY_BE_NEW"),
                Situation.of("Contributor of a group", world -> world.group(TEAM, KUBELET)
                                .roleOfGroup(TEAM, "Contributor", GROUP))
                        .granted("MEMBERSHIP_MAY_BE_NEW")
                        .noted("RIGHT_BY_BROAD_ROLE"),
                Situation.of("AcrPull of a group of others", world -> world.group(TEAM, CONTROL_PLANE)
                                .roleOfGroup(TEAM, "AcrPull", SHOP))
                        .missing("NO_RIGHT"),
                Situation.of("AcrDelete of a group", world -> world.group(TEAM, KUBELET)
                                .roleOfGroup(TEAM, "AcrDelete", SHOP))
                        .missing("ROLE_DOES_NOT_PULL")
                        .failing("NO_RIGHT"),
                Situation.of("AcrDelete of a group of others", world -> world.group(TEAM, CONTROL_PLANE)
                                .roleOfGroup(TEAM, "AcrDelete", SHOP))
                        .missing("NO_RIGHT"),
                Situation.of(
                                "a condition upon another action",
                                world -> world.conditioned(
                                        KUBELET,
                                        "Owner",
                                        SHOP,
                                        "((!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})) OR"
                                                + " (@Request[Microsoft.Authorization/roleAssignments:PrincipalType]"
                                                + " StringEquals 'ServicePrincipal'))"))
                        .effective()
                        .noted("RIGHT_BY_BROAD_ROLE"),
                Situation.of(
                                "a condition that lets no pull through",
                                world -> world.conditioned(
                                        KUBELET, "AcrPull", SHOP, "(!(ActionMatches{'*/pull/read'}))"))
                        .missing("NO_RIGHT"),
                Situation.of("AcrPull of a group beside Reader of its own", world -> world.group(TEAM, KUBELET)
                                .roleOfGroup(TEAM, "AcrPull", SHOP)
                                .role(KUBELET, "Reader", SUBSCRIPTION))
                        .effective()
                        .noted("RIGHT_BY_BROAD_ROLE"),
                Situation.of("nothing at all", world -> {}).missing("NO_RIGHT"),
                Situation.of("Reader at the root", world -> world.role(KUBELET, "Reader", "/"))
                        .effective()
                        .noted("RIGHT_BY_BROAD_ROLE"),
                Situation.of(
                                "AcrPull with a condition that is not understood",
                                world -> world.conditioned(
                                        KUBELET,
                                        "AcrPull",
                                        SHOP,
                                        "@Environment[UtcNow] DateTimeLessThan '2024-01-01T00:00:00Z'"))
                        .conditional("CONDITION_NOT_UNDERSTOOD"),
                Situation.of("AcrPull with a condition beside one of a group", world -> world.group(TEAM, KUBELET)
                                .roleOfGroup(TEAM, "AcrPull", SHOP)
                                .conditioned(
                                        KUBELET,
                                        "AcrPull",
                                        GROUP,
                                        "@Environment[UtcNow] DateTimeLessThan '2024-01-01T00:00:00Z'"))
                        .granted("MEMBERSHIP_MAY_BE_NEW"));
    }
}
