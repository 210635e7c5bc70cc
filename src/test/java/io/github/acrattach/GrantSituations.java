package io.github.acrattach;

import static io.github.acrattach.SituationWorld.CONTROL_PLANE;
import static io.github.acrattach.SituationWorld.DATA;
import static io.github.acrattach.SituationWorld.GROUP;
import static io.github.acrattach.SituationWorld.KUBELET;
import static io.github.acrattach.SituationWorld.SHOP;
import static io.github.acrattach.SituationWorld.SUBSCRIPTION;

import java.time.Duration;
import java.util.List;

/** What takes a right away again, and since when one holds. */
final class GrantSituations {

    private static final String TEAM = "aaaaaaaa-0001-4000-8000-000000000001";
    private static final String PULL = "{'actions':['Microsoft.ContainerRegistry/registries/pull/read']}";

    private GrantSituations() {}

    static List<Situation> all() {
        return List.of(
                Situation.of("denied to all", world -> world.role(KUBELET, "AcrPull", SHOP)
                                .denial(GROUP, PULL, ""))
                        .blocked("RIGHT_DENIED"),
                Situation.of("denied to all but the nodes", world -> world.role(KUBELET, "AcrPull", SHOP)
                                .denial(
                                        GROUP,
                                        PULL,
                                        ",'excludePrincipals':[{'id':'" + KUBELET + "','type':'ServicePrincipal'}]"))
                        .effective(),
                Situation.of("denied to all but others", world -> world.role(KUBELET, "AcrPull", SHOP)
                                .denial(
                                        GROUP,
                                        PULL,
                                        ",'excludePrincipals':[{'id':'" + CONTROL_PLANE
                                                + "','type':'ServicePrincipal'}]"))
                        .blocked("RIGHT_DENIED"),
                Situation.of("denied to the nodes by name", world -> world.role(KUBELET, "Owner", SUBSCRIPTION)
                                .deny(
                                        SHOP,
                                        "{'id':'" + KUBELET + "','type':'ServicePrincipal'}",
                                        "{'actions':['*']}",
                                        ""))
                        .blocked("RIGHT_DENIED")
                        .noted("RIGHT_BY_BROAD_ROLE"),
                Situation.of("denied to somebody else", world -> world.role(KUBELET, "AcrPull", SHOP)
                                .deny(SHOP, "{'id':'" + CONTROL_PLANE + "','type':'ServicePrincipal'}", PULL, ""))
                        .effective(),
                Situation.of("denied to a group, in which the nodes may be", world -> world.group(TEAM, KUBELET)
                                .role(KUBELET, "AcrPull", SHOP)
                                .deny(SHOP, "{'id':'" + TEAM + "','type':'Group'}", PULL, ""))
                        .unknown("DENIAL_NAMES_GROUP"),
                Situation.of("denied to all but a group, in which the nodes may be", world -> world.group(TEAM, KUBELET)
                                .role(KUBELET, "AcrPull", SHOP)
                                .denial(
                                        GROUP,
                                        PULL,
                                        ",'excludePrincipals':[{'id':'" + TEAM + "','type':'Group'},{'id':'"
                                                + Estates.PROGRAM + "','type':'ServicePrincipal'}]"))
                        .unknown("DENIAL_NAMES_GROUP"),
                Situation.of("denied to a group, and the nodes are spared by name", world -> world.group(TEAM, KUBELET)
                                .role(KUBELET, "AcrPull", SHOP)
                                .deny(
                                        SHOP,
                                        "{'id':'" + TEAM + "','type':'Group'}",
                                        PULL,
                                        ",'excludePrincipals':[{'id':'" + KUBELET + "','type':'ServicePrincipal'}]"))
                        .effective(),
                Situation.of("something else denied to a group", world -> world.role(KUBELET, "AcrPull", SHOP)
                                .deny(SHOP, "{'id':'" + TEAM + "','type':'Group'}", "{'actions':['*/write']}", ""))
                        .effective(),
                Situation.of(
                                "denied to a group where nothing was given",
                                world -> world.deny(SHOP, "{'id':'" + TEAM + "','type':'Group'}", PULL, ""))
                        .missing("NO_RIGHT")
                        .noted("DENIAL_NAMES_GROUP"),
                Situation.of("all denied but pulling", world -> world.role(KUBELET, "AcrPull", SHOP)
                                .denial(
                                        GROUP,
                                        "{'actions':['*'],'notActions':['Microsoft.ContainerRegistry/registries/pull/read']}",
                                        ""))
                        .effective(),
                Situation.of("denied above, and not below", world -> world.role(KUBELET, "AcrPull", SHOP)
                                .denial(SUBSCRIPTION, PULL, ",'doNotApplyToChildScopes':true"))
                        .effective(),
                Situation.of("data denied in classic mode", world -> world.role(KUBELET, "AcrPull", SHOP)
                                .denial(GROUP, "{'dataActions':['*']}", ""))
                        .effective(),
                Situation.of("ABAC: data denied", world -> world.role(
                                        KUBELET, "Container Registry Repository Reader", DATA)
                                .denial(GROUP, "{'dataActions':['*']}", ""))
                        .inAbacMode()
                        .blocked("RIGHT_DENIED"),
                Situation.of("ABAC: metadata denied", world -> world.role(
                                        KUBELET, "Container Registry Repository Reader", DATA)
                                .denial(GROUP, "{'dataActions':['*/metadata/read']}", ""))
                        .inAbacMode()
                        .blocked("RIGHT_DENIED")
                        .unseenByTheRegistry(),
                Situation.of("ABAC: actions denied", world -> world.role(
                                        KUBELET, "Container Registry Repository Reader", DATA)
                                .denial(GROUP, "{'actions':['*']}", ""))
                        .inAbacMode()
                        .effective(),
                Situation.of("denied where nothing was given", world -> world.denial(GROUP, PULL, ""))
                        .missing("RIGHT_DENIED")
                        .failing("NO_RIGHT"),
                Situation.of(
                                "given five minutes ago",
                                world -> world.role(KUBELET, "AcrPull", SHOP, Duration.ofMinutes(5)))
                        .granted("NOT_EFFECTIVE_YET"),
                Situation.of(
                                "given half an hour ago",
                                world -> world.role(KUBELET, "AcrPull", SHOP, Duration.ofMinutes(30)))
                        .granted("NOT_EFFECTIVE_YET"),
                Situation.of("given two hours ago", world -> world.role(KUBELET, "AcrPull", SHOP, Duration.ofHours(2)))
                        .effective(),
                Situation.of(
                                "given a year ago, and changed five minutes ago",
                                world -> world.changedRole(KUBELET, "AcrPull", SHOP, Duration.ofMinutes(5)))
                        .granted("NOT_EFFECTIVE_YET"),
                Situation.of("given five minutes ago beside an old Reader", world -> world.role(
                                        KUBELET, "AcrPull", SHOP, Duration.ofMinutes(5))
                                .role(KUBELET, "Reader", SUBSCRIPTION))
                        .effective(),
                Situation.of("Reader of five minutes ago beside an old AcrPull", world -> world.role(
                                        KUBELET, "Reader", SUBSCRIPTION, Duration.ofMinutes(5))
                                .role(KUBELET, "AcrPull", SHOP))
                        .effective(),
                Situation.of("given five minutes ago beside an old AcrPull above", world -> world.role(
                                        KUBELET, "AcrPull", SHOP, Duration.ofMinutes(5))
                                .role(KUBELET, "AcrPull", SUBSCRIPTION))
                        .effective(),
                Situation.of("given five minutes ago beside an old membership", world -> world.group(TEAM, KUBELET)
                                .roleOfGroup(TEAM, "AcrPull", SHOP)
                                .role(KUBELET, "AcrPull", SHOP, Duration.ofMinutes(5)))
                        .granted("NOT_EFFECTIVE_YET"),
                Situation.of("ABAC: given five minutes ago for some beside an old one for all", world -> world.role(
                                        KUBELET, "Container Registry Repository Reader", GROUP)
                                .role(KUBELET, "Container Registry Repository Reader", DATA, Duration.ofMinutes(5)))
                        .inAbacMode()
                        .effective());
    }
}
