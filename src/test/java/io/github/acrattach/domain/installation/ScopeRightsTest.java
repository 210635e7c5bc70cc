package io.github.acrattach.domain.installation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.Permission;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.installation.Check.State;
import io.github.acrattach.domain.installation.Check.Subject;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ScopeRightsTest {

    private static final String SCOPE = "/subscriptions/3f2b8c14-5d6e-4a7f-9b10-c2d3e4f5a601";
    private static final String REGISTRY =
            SCOPE + "/resourceGroups/platform/providers/Microsoft.ContainerRegistry/registries/acrshop";
    private static final Optional<String> CALLER = Optional.of("b7e2c9d4-1a3f-4c5e-8b6d-0f1e2d3c4b5a");
    private static final Optional<String> BOUNDED =
            Optional.of(Right.ASSIGN_ROLES.fix(SCOPE, CALLER).replaceAll("(?s).*--condition \"|\"$", ""));
    private static final Optional<UUID> SELF = CALLER.map(UUID::fromString);
    private static final String GRANT_BOUNDED = Right.ASSIGN_ROLES.fix(SCOPE, CALLER);
    private static final String GRANTING_ROLE = "Role Based Access Control Administrator";
    private static final Permission ALL = Permission.ofActions(List.of("*"), List.of());
    private static final List<Right> ROLES =
            List.of(Right.READ_REGISTRIES, Right.READ_ASSIGNMENTS, Right.ASSIGN_ROLES, Right.REMOVE_ROLES);
    private static final Permission READER = Permission.ofActions(List.of("*/read"), List.of());
    private static final Permission GRANTING = Permission.ofActions(
            List.of("Microsoft.Authorization/roleAssignments/write", "Microsoft.Authorization/roleAssignments/delete"),
            List.of());

    @Test
    void whatSeveralRolesGiveTogetherIsEnough() {
        assertThat(rights(List.of(READER, GRANTING), List.of()))
                .isEqualTo(Check.ok(Subject.RIGHTS, "4 of 4 rights").at(SCOPE));
    }

    @Test
    void missingRightsAreNamedWithOneCommandForEachRole() {
        Check check = rights(List.of(READER), List.of());
        assertThat(check.state()).isEqualTo(State.FAILS);
        assertThat(check.seen()).isEqualTo("2 of 4 rights");
        assertThat(check.cause())
                .contains("Missing here: Microsoft.Authorization/roleAssignments/write,"
                        + " Microsoft.Authorization/roleAssignments/delete.");
        assertThat(check.fix().orElseThrow())
                .isEqualTo(Right.ASSIGN_ROLES.fix(SCOPE, CALLER))
                .contains("--condition", CALLER.orElseThrow());
    }

    @Test
    void whatIsGivenBelowIsNotClaimedToBeMissing() {
        Check check = rights(List.of(READER), List.of(grant(REGISTRY, BOUNDED, GRANTING)));
        assertThat(check.state()).isEqualTo(State.UNKNOWN);
        assertThat(check.cause().orElseThrow()).contains("Given below the subscription", REGISTRY);
    }

    @Test
    void oneThatIsGivenNowhereIsMissingAllTheSame() {
        Permission writeAlone =
                Permission.ofActions(List.of("Microsoft.Authorization/roleAssignments/write"), List.of());
        Check check = rights(List.of(READER), List.of(grant(REGISTRY, BOUNDED, writeAlone)));
        assertThat(check.state()).isEqualTo(State.FAILS);
        assertThat(check.cause()).contains("Missing here: Microsoft.Authorization/roleAssignments/delete.");
    }

    @Test
    void whereNobodyTellsWhatIsGivenBelowNothingIsClaimed() {
        Problem refused = refusal();
        Check check = checks(new Lookup.Found<>(List.of()), new Lookup.Denied<>(refused))
                .get(0);
        assertThat(check.state()).isEqualTo(State.UNKNOWN);
        assertThat(check.cause().orElseThrow()).contains("cannot be seen without");
    }

    @Test
    void refusalToTellIsToldWithItsFix() {
        Check check = checks(new Lookup.Denied<>(refusal()), new Lookup.Found<>(List.of()))
                .get(0);
        assertThat(check.state()).isEqualTo(State.UNKNOWN);
        assertThat(check.fix()).contains("give it");
    }

    @Test
    void grantThatNothingBoundsFailsWithTheCommandThatBoundsIt() {
        Check check = bounds(grant(SCOPE, Optional.empty(), GRANTING), grant(REGISTRY, BOUNDED, GRANTING));
        assertThat(check.state()).isEqualTo(State.FAILS);
        assertThat(check.seen()).isEqualTo("a role at " + SCOPE + ", without a condition");
        assertThat(check.fix()).contains(GRANT_BOUNDED + " && az role assignment delete --ids \"" + SCOPE + "/x\"");
    }

    /** Azure keeps one assignment for each role, principal and scope, and changes the condition of the one of that name. */
    @Test
    void sameRoleIsBoundedWhereItStands() {
        Check check = bounds(grant(GRANTING_ROLE, Optional.empty(), SELF, GRANTING));
        assertThat(check.state()).isEqualTo(State.FAILS);
        assertThat(check.fix()).contains(GRANT_BOUNDED + " --name \"x\"");
    }

    @Test
    void sameRoleWithAConditionOfItsOwnIsBoundedWhereItStands() {
        Check check = bounds(grant(GRANTING_ROLE, Optional.of("(true)"), SELF, GRANTING));
        assertThat(check.state()).isEqualTo(State.UNKNOWN);
        assertThat(check.fix()).contains(GRANT_BOUNDED + " --name \"x\"");
    }

    @Test
    void twoRolesAtOnePlaceAreReplacedByOne() {
        assertThat(bounds(
                                grant("Owner", Optional.empty(), SELF, ALL),
                                grant("User Access Administrator", Optional.empty(), SELF, GRANTING))
                        .fix())
                .contains(GRANT_BOUNDED + " && az role assignment delete --ids \"" + SCOPE
                        + "/x\" && az role assignment delete --ids \"" + SCOPE + "/x\"");
    }

    /** The command would be refused, or do nothing. */
    @Test
    void whatIsGivenBoundedAlreadyIsNotGivenAgain() {
        assertThat(bounds(grant("Owner", Optional.empty(), SELF, ALL), grant(GRANTING_ROLE, BOUNDED, SELF, GRANTING))
                        .fix())
                .contains("az role assignment delete --ids \"" + SCOPE + "/x\"");
    }

    /** Others are in it. */
    @Test
    void programLeavesTheGroupThatMayAssignRoles() {
        UUID group = UUID.fromString("0c0ffee0-0000-4000-8000-0000000000aa");
        assertThat(bounds(grant(GRANTING_ROLE, Optional.empty(), Optional.of(group), GRANTING))
                        .fix())
                .contains(GRANT_BOUNDED + " && az ad group member remove --group \"" + group + "\" --member-id \""
                        + CALLER.orElseThrow() + '"');
    }

    @Test
    void whatElseTheRoleGaveIsGivenBeforeItIsRemoved() {
        List<Right> withTokens =
                List.of(Right.READ_REGISTRIES, Right.ASSIGN_ROLES, Right.WRITE_TOKENS, Right.DELETE_TOKENS);
        OwnGrant owner = grant("Owner", Optional.empty(), SELF, ALL);
        OwnGrant tokens = grant(
                "tokens",
                Optional.empty(),
                SELF,
                Permission.ofActions(List.of("Microsoft.ContainerRegistry/registries/tokens/*"), List.of()));
        assertThat(fix(withTokens, owner))
                .isEqualTo(GRANT_BOUNDED + " && " + Right.WRITE_TOKENS.fix(SCOPE, CALLER)
                        + " && az role assignment delete --ids \"" + SCOPE + "/x\"");
        assertThat(fix(withTokens, owner, tokens)).doesNotContain(Right.WRITE_TOKENS.fix(SCOPE, CALLER));
    }

    private static String fix(List<Right> needed, OwnGrant... grants) {
        return new ScopeRights(
                        SCOPE, needed, new Lookup.Found<>(List.of()), new Lookup.Found<>(List.of(grants)), CALLER)
                .checks()
                .get(1)
                .fix()
                .orElseThrow();
    }

    @Test
    void ownerIsUnboundedAndContributorIsNot() {
        assertThat(bounds(grant("/", Optional.empty(), Permission.ofActions(List.of("*"), List.of())))
                        .state())
                .isEqualTo(State.FAILS);
        assertThat(bounds(grant(
                                SCOPE,
                                Optional.empty(),
                                Permission.ofActions(List.of("*"), List.of("Microsoft.Authorization/*/Write"))))
                        .seen())
                .isEqualTo("no role that lets it assign roles");
    }

    @Test
    void boundedGrantsAreTold() {
        Check check = bounds(grant(SCOPE, BOUNDED, GRANTING));
        assertThat(check)
                .isEqualTo(Check.ok(Subject.GRANTS, "a role at " + SCOPE + ", for the two pull roles alone")
                        .at(SCOPE));
    }

    @Test
    void spellingOfTheConditionDoesNotMatter() {
        String spelt = BOUNDED.orElseThrow().toUpperCase(Locale.ROOT).replace(" AND ", "\n  AND\n  ");
        assertThat(bounds(grant(SCOPE, Optional.of(spelt), GRANTING)).state()).isEqualTo(State.OK);
    }

    /** Each allows more than the two pull roles for service principals, or may do so. */
    @ParameterizedTest
    @MethodSource
    void conditionThatMayAllowMoreIsDoubted(String condition) {
        Check check = bounds(grant(SCOPE, Optional.of(condition), GRANTING));
        assertThat(check.state()).isEqualTo(State.UNKNOWN);
        assertThat(check.seen()).endsWith(", with a condition of its own");
    }

    private static Stream<String> conditionThatMayAllowMoreIsDoubted() {
        String bounded = BOUNDED.orElseThrow();
        return Stream.of(
                "(true)",
                bounded.replace("{7f951dda-4ed3-4680-a7ca-43fe172d538d", "{8e3af657-a8ff-443c-a75c-2fe8c4bcb635"),
                bounded.replace("{7f951dda-4ed3-4680-a7ca-43fe172d538d", "{8E3AF657-A8FF-443C-A75C-2FE8C4BCB635"),
                bounded.replaceFirst("GuidEquals", "GuidNotEquals"),
                bounded.replaceFirst("\\{'ServicePrincipal'}", "{'ServicePrincipal', 'User'}"),
                bounded.replaceFirst("\\{'ServicePrincipal'}", "{'User'}"),
                bounded.replaceFirst("(?i)roleAssignments/write'", "roleAssignments/delete'"),
                bounded + " OR (@Resource[x] StringEquals 'y')",
                bounded + " OR @Resource[x] StringEquals 'y'",
                bounded + "||@Resource[x] StringEquals 'y'",
                "!(" + bounded + ")",
                "NOT (" + bounded + ")",
                "(@Resource[x] StringEquals 'y') OR (" + bounded + ")");
    }

    private static Check rights(List<Permission> held, List<OwnGrant> grants) {
        return checks(new Lookup.Found<>(held), new Lookup.Found<>(grants)).get(0);
    }

    private static Check bounds(OwnGrant... grants) {
        return checks(new Lookup.Found<>(List.of()), new Lookup.Found<>(List.of(grants)))
                .get(1);
    }

    private static List<Check> checks(Lookup<List<Permission>> held, Lookup<List<OwnGrant>> grants) {
        return new ScopeRights(SCOPE, ROLES, held, grants, CALLER).checks();
    }

    private static OwnGrant grant(String scope, Optional<String> condition, Permission permission) {
        return new OwnGrant(scope + "/x", scope, "a role", List.of(permission), condition, SELF);
    }

    private static OwnGrant grant(
            String role, Optional<String> condition, Optional<UUID> principal, Permission permission) {
        return new OwnGrant(SCOPE + "/x", SCOPE, role, List.of(permission), condition, principal);
    }

    private static Problem refusal() {
        return new Problem(
                Problem.Kind.MISSING_RIGHT, "Refused.", Optional.empty(), Optional.empty(), CALLER, "give it");
    }
}
