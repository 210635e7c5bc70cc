package io.github.acrattach.domain;

import static io.github.acrattach.domain.Samples.KUBELET;
import static io.github.acrattach.domain.Samples.REGISTRY;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.acrattach.domain.condition.RepositoryNames;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PullRightTest {

    private static final UUID CUSTOM = UUID.fromString("0c0ffee0-0000-4000-8000-0000000000aa");
    private static final String PULL = "Microsoft.ContainerRegistry/registries/pull/read";
    private static final String TEAM =
            "@Request[Microsoft.ContainerRegistry/registries/repositories:name] StringStartsWith 'team/'";

    @ParameterizedTest
    @CsvSource({
        "Microsoft.ContainerRegistry/registries/pull/read, '', true",
        "microsoft.containerregistry/REGISTRIES/pull/read, '', true",
        "*/read, '', true",
        "*, Microsoft.Authorization/*/Write, true",
        "Microsoft.ContainerRegistry/registries/*, '', true",
        "Microsoft.ContainerRegistry/registries/*, Microsoft.ContainerRegistry/registries/pull/read, false",
        "*, Microsoft.ContainerRegistry/*, false",
        "Microsoft.ContainerRegistry/registries/artifacts/delete, '', false",
        "Microsoft.ContainerRegistry/registries/read, '', false",
    })
    void actionsWithoutNotActionsDecideOnAClassicRegistry(String actions, String notActions, boolean pulls) {
        Permission permission = Permission.ofActions(List.of(actions), texts(notActions));
        assertThat(right(PullRole.ACR_PULL, permission) instanceof PullRight.Held)
                .isEqualTo(pulls);
        assertThat(right(PullRole.REPOSITORY_READER, permission)).isInstanceOf(PullRight.Missing.class);
    }

    @ParameterizedTest
    @CsvSource({
        "Microsoft.ContainerRegistry/registries/repositories/content/read"
                + ";Microsoft.ContainerRegistry/registries/repositories/metadata/read, '', true",
        "Microsoft.ContainerRegistry/registries/repositories/*/read, '', true",
        "*, '', true",
        "Microsoft.ContainerRegistry/registries/repositories/content/read, '', false",
        "*, Microsoft.ContainerRegistry/registries/repositories/metadata/*, false",
        "Microsoft.ContainerRegistry/registries/catalog/read, '', false",
    })
    void dataActionsWithoutNotDataActionsDecideInAbacMode(String actions, String notActions, boolean pulls) {
        Permission permission = new Permission(List.of(), List.of(), texts(actions), texts(notActions));
        assertThat(right(PullRole.REPOSITORY_READER, permission) instanceof PullRight.Held)
                .isEqualTo(pulls);
        assertThat(right(PullRole.ACR_PULL, permission)).isInstanceOf(PullRight.Missing.class);
    }

    /** What one part of a role leaves out, another one may allow. */
    @Test
    void permissionsOfOneRoleAddUp() {
        assertThat(right(
                        PullRole.ACR_PULL,
                        Permission.ofActions(List.of("*"), List.of("*/pull/*")),
                        Permission.ofActions(List.of(PULL), List.of())))
                .isInstanceOf(PullRight.Held.class);
    }

    @ParameterizedTest
    @CsvSource({
        "Microsoft.ContainerRegistry/registries/pull/read, false",
        "microsoft.containerregistry/registries/PULL/*, false",
        "Microsoft.ContainerRegistry/registries/pull/r*, false",
        "Microsoft.ContainerRegistry/registries/*, true",
        "*/pull/read, true",
        "*, true",
    })
    void roleIsBroadWhereItAllowsMoreThanPulling(String action, boolean isBroad) {
        assertThat(right(PullRole.ACR_PULL, Permission.ofActions(List.of(action), List.of())))
                .isInstanceOfSatisfying(
                        PullRight.Held.class,
                        held -> assertThat(held.given().isBroad()).isEqualTo(isBroad));
    }

    @Test
    void roleThatNobodyTakesAwayByAccidentIsNamedFirst() {
        RoleAssignment broad = by(CUSTOM, PrincipalKind.SERVICE_PRINCIPAL, null);
        RoleAssignment ofGroup = by(PullRole.ACR_PULL.definition(), PrincipalKind.GROUP, null);
        RoleAssignment own = by(PullRole.ACR_PULL.definition(), PrincipalKind.SERVICE_PRINCIPAL, null);
        PullRight right = PullRight.of(
                List.of(ofGroup, broad, own), roles(Permission.ofActions(List.of("*"), List.of())), PullRole.ACR_PULL);
        assertThat(right).isInstanceOfSatisfying(PullRight.Held.class, held -> assertThat(held.all())
                .extracting(PullRight.Given::by)
                .containsExactly(own, broad, ofGroup));
    }

    @Test
    void roleThatCannotBeReadIsUnknownAndNotMissing() {
        Problem why = Samples.problem(Problem.Kind.MISSING_RIGHT);
        Roles unread = new Roles(Map.of(), Optional.of(why));
        RoleAssignment other = by(CUSTOM, PrincipalKind.SERVICE_PRINCIPAL, null);
        assertThat(PullRight.of(List.of(other), unread, PullRole.ACR_PULL)).isEqualTo(new PullRight.Unreadable(why));
        assertThat(PullRight.of(List.of(), unread, PullRole.ACR_PULL)).isEqualTo(new PullRight.Missing());
        assertThat(PullRight.of(
                        List.of(other, by(PullRole.ACR_PULL.definition(), PrincipalKind.SERVICE_PRINCIPAL, null)),
                        unread,
                        PullRole.ACR_PULL))
                .as("the pull roles are known without reading")
                .isInstanceOf(PullRight.Held.class);
    }

    @Test
    void conditionNarrowsWhereItConcernsThePull() {
        assertThat(ofReader("(!(ActionMatches{'*/delete'})) OR (" + TEAM + ")")).isInstanceOf(PullRight.Held.class);
        assertThat(ofReader("!(ActionMatches{'*'})")).isInstanceOf(PullRight.Missing.class);
        assertThat(ofReader(TEAM)).isInstanceOfSatisfying(PullRight.Narrowed.class, narrowed -> {
            PullRight.Given given = narrowed.all().get(0);
            assertThat(given.lets("team/app")).contains(true);
            assertThat(given.lets("web")).contains(false);
            assertThat(given.condition()
                            .flatMap(condition -> condition.repositories(PullRole.REPOSITORY_READER.actions()))
                            .map(RepositoryNames::inWords))
                    .contains("repositories whose names begin with 'team/'");
        });
    }

    private static PullRight ofReader(String condition) {
        return PullRight.of(
                List.of(by(PullRole.REPOSITORY_READER.definition(), PrincipalKind.SERVICE_PRINCIPAL, condition)),
                Roles.NONE,
                PullRole.REPOSITORY_READER);
    }

    private static PullRight right(PullRole mode, Permission... permissions) {
        return PullRight.of(List.of(by(CUSTOM, PrincipalKind.SERVICE_PRINCIPAL, null)), roles(permissions), mode);
    }

    private static Roles roles(Permission... permissions) {
        Map<UUID, RoleDefinition> known = new HashMap<>();
        known.put(CUSTOM, new RoleDefinition(CUSTOM, "custom", true, List.of(permissions)));
        return new Roles(known, Optional.empty());
    }

    private static RoleAssignment by(UUID role, PrincipalKind kind, String condition) {
        return new RoleAssignment(
                REGISTRY + "/providers/Microsoft.Authorization/roleAssignments/" + role + kind,
                REGISTRY.toString(),
                KUBELET,
                kind,
                role,
                Optional.ofNullable(condition),
                Optional.empty(),
                Authorship.UNKNOWN);
    }

    private static List<String> texts(String joined) {
        return joined.isEmpty() ? List.of() : Arrays.asList(joined.split(";"));
    }
}
