package io.github.acrattach;

import static io.github.acrattach.SituationWorld.DATA;
import static io.github.acrattach.SituationWorld.GROUP;
import static io.github.acrattach.SituationWorld.KUBELET;
import static io.github.acrattach.SituationWorld.SHOP;
import static io.github.acrattach.SituationWorld.SUBSCRIPTION;

import java.time.Duration;
import java.util.List;

/** What the mode of a registry, and conditions upon its repositories, make of a role. */
final class RepositoryRightSituations {

    private static final String READER = "Container Registry Repository Reader";
    private static final String ACR_DATA = "acrdata-a1b2c3d4e5f6.azurecr.io";

    private RepositoryRightSituations() {}

    static List<Situation> all() {
        return List.of(
                Situation.of("ABAC: AcrPull", world -> world.role(KUBELET, "AcrPull", DATA))
                        .inAbacMode()
                        .missing("REGISTRY_MODE_IGNORES_ROLE")
                        .failing("NO_RIGHT"),
                Situation.of("ABAC: AcrPush", world -> world.role(KUBELET, "AcrPush", DATA))
                        .inAbacMode()
                        .missing("REGISTRY_MODE_IGNORES_ROLE")
                        .failing("NO_RIGHT"),
                Situation.of("ABAC: Owner", world -> world.role(KUBELET, "Owner", DATA))
                        .inAbacMode()
                        .missing("REGISTRY_MODE_IGNORES_ROLE")
                        .failing("NO_RIGHT"),
                Situation.of("ABAC: Contributor at GROUP", world -> world.role(KUBELET, "Contributor", GROUP))
                        .inAbacMode()
                        .missing("REGISTRY_MODE_IGNORES_ROLE")
                        .failing("NO_RIGHT"),
                Situation.of("ABAC: Reader at SUBSCRIPTION", world -> world.role(KUBELET, "Reader", SUBSCRIPTION))
                        .inAbacMode()
                        .missing("REGISTRY_MODE_IGNORES_ROLE")
                        .failing("NO_RIGHT"),
                Situation.of(
                                "ABAC: Container Registry Repository Reader",
                                world -> world.role(KUBELET, "Container Registry Repository Reader", DATA))
                        .inAbacMode()
                        .effective(),
                Situation.of(
                                "ABAC: Repository Writer",
                                world -> world.role(KUBELET, "Container Registry Repository Writer", DATA))
                        .inAbacMode()
                        .effective(),
                Situation.of(
                                "ABAC: Repository Contributor at the resource group",
                                world -> world.role(KUBELET, "Container Registry Repository Contributor", GROUP))
                        .inAbacMode()
                        .effective(),
                Situation.of(
                                "ABAC: Catalog Lister alone",
                                world -> world.role(KUBELET, "Container Registry Repository Catalog Lister", DATA))
                        .inAbacMode()
                        .missing("ROLE_DOES_NOT_PULL")
                        .failing("NO_RIGHT"),
                Situation.of("ABAC: AcrPull beside Repository Reader", world -> world.role(KUBELET, "AcrPull", DATA)
                                .role(KUBELET, "Container Registry Repository Reader", DATA))
                        .inAbacMode()
                        .effective(),
                Situation.of("ABAC: a custom role of content without metadata", world -> world.customRole(
                                        "content",
                                        "{'dataActions':['Microsoft.ContainerRegistry/registries/repositories/content/read']}")
                                .role(KUBELET, "content", DATA))
                        .inAbacMode()
                        .missing("ROLE_DOES_NOT_PULL")
                        .failing("NO_RIGHT")
                        .unseenByTheRegistry(),
                Situation.of("ABAC: a custom role of all data but metadata", world -> world.customRole(
                                        "no metadata",
                                        "{'dataActions':['Microsoft.ContainerRegistry/registries/repositories/*'],'notDataActions':['*/content/read']}")
                                .role(KUBELET, "no metadata", DATA))
                        .inAbacMode()
                        .missing("ROLE_DOES_NOT_PULL")
                        .failing("NO_RIGHT"),
                Situation.of("ABAC: a custom role of all actions", world -> world.customRole(
                                        "all actions", "{'actions':['*']}")
                                .role(KUBELET, "all actions", DATA))
                        .inAbacMode()
                        .missing("REGISTRY_MODE_IGNORES_ROLE")
                        .failing("NO_RIGHT"),
                Situation.of("ABAC: a custom role of all data", world -> world.customRole(
                                        "all data", "{'dataActions':['*']}")
                                .role(KUBELET, "all data", DATA))
                        .inAbacMode()
                        .effective()
                        .noted("RIGHT_BY_BROAD_ROLE"),
                Situation.of(
                                "ABAC: repositories below team/",
                                world -> world.roleWhere(KUBELET, READER, DATA, "StringStartsWithIgnoreCase 'team/'"))
                        .inAbacMode()
                        .conditional("ONLY_SOME_REPOSITORIES"),
                Situation.of(
                                "ABAC: repositories below team/, and one of them is wanted",
                                world -> world.roleWhere(KUBELET, READER, DATA, "StringStartsWithIgnoreCase 'team/'"))
                        .inAbacMode()
                        .ofImage(ACR_DATA + "/team/web:1")
                        .effective(),
                Situation.of(
                                "ABAC: repositories below team/, and another is wanted",
                                world -> world.roleWhere(KUBELET, READER, DATA, "StringStartsWithIgnoreCase 'team/'"))
                        .inAbacMode()
                        .ofImage(ACR_DATA + "/etl:1")
                        .missing("REPOSITORY_NOT_COVERED"),
                Situation.of(
                                "ABAC: one repository, and it is wanted",
                                world -> world.roleWhere(KUBELET, READER, DATA, "StringEquals 'etl'"))
                        .inAbacMode()
                        .ofImage(ACR_DATA + "/etl:2024.3")
                        .effective(),
                Situation.of(
                                "ABAC: one repository of a similar name",
                                world -> world.roleWhere(KUBELET, READER, DATA, "StringEquals 'etl2'"))
                        .inAbacMode()
                        .ofImage(ACR_DATA + "/etl")
                        .missing("REPOSITORY_NOT_COVERED"),
                Situation.of(
                                "ABAC: one repository in another case",
                                world -> world.roleWhere(KUBELET, READER, DATA, "StringEquals 'ETL'"))
                        .inAbacMode()
                        .ofImage(ACR_DATA + "/etl")
                        .missing("REPOSITORY_NOT_COVERED"),
                Situation.of(
                                "ABAC: one repository whatever its case",
                                world -> world.roleWhere(KUBELET, READER, DATA, "StringEqualsIgnoreCase 'ETL'"))
                        .inAbacMode()
                        .ofImage(ACR_DATA + "/etl")
                        .effective(),
                Situation.of("ABAC: two conditions side by side", world -> world.roleWhere(
                                        KUBELET, READER, DATA, "StringEquals 'etl'")
                                .roleWhere(KUBELET, READER, GROUP, "StringStartsWith 'team/'"))
                        .inAbacMode()
                        .conditional("ONLY_SOME_REPOSITORIES"),
                Situation.of(
                                "ABAC: two conditions side by side, and what the second lets through is wanted",
                                world -> world.roleWhere(KUBELET, READER, DATA, "StringEquals 'etl'")
                                        .roleWhere(KUBELET, READER, GROUP, "StringStartsWith 'team/'"))
                        .inAbacMode()
                        .ofImage(ACR_DATA + "/team/web")
                        .effective(),
                Situation.of("ABAC: a condition beside the role without one", world -> world.roleWhere(
                                        KUBELET, READER, DATA, "StringEquals 'other'")
                                .role(KUBELET, READER, GROUP))
                        .inAbacMode()
                        .effective(),
                Situation.of(
                                "ABAC: a condition upon another attribute",
                                world -> world.conditioned(
                                        KUBELET,
                                        READER,
                                        DATA,
                                        "((!(ActionMatches{'Microsoft.ContainerRegistry/registries/repositories/content/read'})) OR (@Environment[UtcNow] DateTimeLessThan '2024-01-01T00:00:00Z'))"))
                        .inAbacMode()
                        .conditional("CONDITION_NOT_UNDERSTOOD"),
                Situation.of(
                                "ABAC: a negated condition",
                                world -> world.roleWhere(KUBELET, READER, DATA, "StringNotEquals 'etl'"))
                        .inAbacMode()
                        .conditional("CONDITION_NOT_UNDERSTOOD"),
                Situation.of(
                                "ABAC: a condition that is not understood, and an image",
                                world -> world.roleWhere(KUBELET, READER, DATA, "StringLike 'e*'"))
                        .inAbacMode()
                        .ofImage(ACR_DATA + "/etl")
                        .conditional("CONDITION_NOT_UNDERSTOOD"),
                Situation.of(
                                "ABAC: a condition that is not understood beside one that lets the image through",
                                world -> world.roleWhere(KUBELET, READER, DATA, "StringLike 'x*'")
                                        .roleWhere(KUBELET, READER, GROUP, "StringEquals 'etl'"))
                        .inAbacMode()
                        .ofImage(ACR_DATA + "/etl")
                        .effective(),
                Situation.of(
                                "classic: Container Registry Repository Reader",
                                world -> world.role(KUBELET, "Container Registry Repository Reader", SHOP))
                        .missing("REGISTRY_MODE_IGNORES_ROLE")
                        .failing("NO_RIGHT"),
                Situation.of(
                                "classic: Repository Reader with a condition",
                                world -> world.roleWhere(KUBELET, READER, SHOP, "StringStartsWith 'shop/'"))
                        .missing("REGISTRY_MODE_IGNORES_ROLE")
                        .failing("NO_RIGHT"),
                Situation.of(
                                "classic: Repository Writer at the subscription",
                                world -> world.role(KUBELET, "Container Registry Repository Writer", SUBSCRIPTION))
                        .missing("REGISTRY_MODE_IGNORES_ROLE")
                        .failing("NO_RIGHT"),
                Situation.of("a mode that nobody knows", world -> world.role(KUBELET, "AcrPull", SHOP)
                                .registry(SHOP, "'roleAssignmentMode':'FutureMode'"))
                        .unknown("UNKNOWN_ROLE_MODE"),
                Situation.of("a registry that names no mode", world -> world.role(KUBELET, "AcrPull", SHOP)
                                .registry(SHOP, "'roleAssignmentMode':null"))
                        .effective(),
                Situation.of("ABAC: changed an hour ago", world -> world.role(
                                        KUBELET, "Container Registry Repository Reader", DATA)
                                .change(
                                        DATA,
                                        "'systemData':{'lastModifiedAt':'" + SituationWorld.before(Duration.ofHours(1))
                                                + "'}"))
                        .inAbacMode()
                        .effective()
                        .noted("REGISTRY_CHANGED_RECENTLY"),
                Situation.of("ABAC: changed yesterday", world -> world.role(
                                        KUBELET, "Container Registry Repository Reader", DATA)
                                .change(
                                        DATA,
                                        "'systemData':{'lastModifiedAt':'" + SituationWorld.before(Duration.ofHours(24))
                                                + "'}"))
                        .inAbacMode()
                        .effective(),
                Situation.of("classic: changed an hour ago", world -> world.role(KUBELET, "AcrPull", SHOP)
                                .change(
                                        SHOP,
                                        "'systemData':{'lastModifiedAt':'" + SituationWorld.before(Duration.ofHours(1))
                                                + "'}"))
                        .effective(),
                Situation.of("ABAC: changed an hour ago, and AcrPull alone", world -> world.role(
                                        KUBELET, "AcrPull", DATA)
                                .change(
                                        DATA,
                                        "'systemData':{'lastModifiedAt':'" + SituationWorld.before(Duration.ofHours(1))
                                                + "'}"))
                        .inAbacMode()
                        .missing("REGISTRY_MODE_IGNORES_ROLE")
                        .failing("NO_RIGHT")
                        .noted("REGISTRY_CHANGED_RECENTLY"),
                Situation.of("ABAC: some repositories through a group", world -> world.group(
                                        "aaaaaaaa-0001-4000-8000-000000000001", KUBELET)
                                .roleOfGroup("aaaaaaaa-0001-4000-8000-000000000001", READER, GROUP))
                        .inAbacMode()
                        .granted("MEMBERSHIP_MAY_BE_NEW"),
                Situation.of("ABAC: AcrPull of a group", world -> world.group(
                                        "aaaaaaaa-0001-4000-8000-000000000001", KUBELET)
                                .roleOfGroup("aaaaaaaa-0001-4000-8000-000000000001", "AcrPull", GROUP))
                        .inAbacMode()
                        .missing("REGISTRY_MODE_IGNORES_ROLE")
                        .failing("NO_RIGHT"));
    }
}
