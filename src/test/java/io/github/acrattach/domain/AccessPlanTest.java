package io.github.acrattach.domain;

import static io.github.acrattach.domain.Samples.CLUSTER;
import static io.github.acrattach.domain.Samples.GRANT;
import static io.github.acrattach.domain.Samples.KUBELET;
import static io.github.acrattach.domain.Samples.REGISTRY;
import static io.github.acrattach.domain.Samples.assignment;
import static io.github.acrattach.domain.Samples.cluster;
import static io.github.acrattach.domain.Samples.facts;
import static io.github.acrattach.domain.Samples.given;
import static io.github.acrattach.domain.Samples.registry;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.acrattach.domain.Problem.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessPlanTest {

    private static final String SUBSCRIPTION_SCOPE = "/subscriptions/" + Samples.SUBSCRIPTION;
    private static final Problem NO_RIGHT = Problem.of(Kind.MISSING_RIGHT, "No right.", REGISTRY, "Fix.");
    private static final Problem NOT_LISTED = Problem.of(Kind.GRANT_NOT_LISTED, "Not listed.", REGISTRY, "Wait.");

    private static final Pairing PAIR = new Pairing(CLUSTER, REGISTRY);

    @Test
    void grantsWhereNothingIsGranted() {
        assertThat(plan()).isEqualTo(new Step.Grant(GRANT));
    }

    @Test
    void grantsTheRepositoryReaderWhereTheRegistryIsInAbacMode() {
        Registry abac = registry(ProvisioningState.SUCCEEDED, Optional.of("AbacRepositoryPermissions"));
        assertThat(AccessPlan.decide(facts(cluster(), abac, List.of())))
                .isEqualTo(new Step.Grant(new PullGrant(CLUSTER, REGISTRY, KUBELET, PullRole.REPOSITORY_READER)));
    }

    @Test
    void acrPullCountsForNothingInAbacMode() {
        Registry abac = registry(ProvisioningState.SUCCEEDED, Optional.of("AbacRepositoryPermissions"));
        RoleAssignment acrPull = assignment(KUBELET, PullRole.ACR_PULL, REGISTRY.toString(), null);
        assertThat(AccessPlan.decide(facts(cluster(), abac, List.of(acrPull)))).isInstanceOf(Step.Grant.class);
    }

    @Test
    void unknownModeIsRefusedNotGuessed() {
        Registry future = registry(ProvisioningState.SUCCEEDED, Optional.of("FutureMode"));
        assertRefused(facts(cluster(), future, List.of()), Kind.UNKNOWN_ROLE_MODE, "FutureMode");
    }

    @Test
    void acceptsAnEqualGrantWhereverItWasMade() {
        RoleAssignment inherited = assignment(KUBELET, PullRole.ACR_PULL, SUBSCRIPTION_SCOPE, null);
        assertThat(plan(inherited)).isEqualTo(new Step.End(new Outcome.AlreadyGranted(PAIR, GRANT, given(inherited))));
    }

    @Test
    void grantsBesideAssignmentsOfOthersAndNarrowerOnes() {
        assertThat(plan(
                        assignment(UUID.randomUUID(), PullRole.ACR_PULL, REGISTRY.toString(), null),
                        assignment(KUBELET, PullRole.ACR_PULL, SUBSCRIPTION_SCOPE, "@Resource[x] StringEquals 'y'")))
                .isEqualTo(new Step.Grant(GRANT));
    }

    @Test
    void refusalIsFinal() {
        assertThat(AccessPlan.decide(facts(cluster(), registry(), List.of()).afterRefusal(NO_RIGHT)))
                .isEqualTo(new Step.End(new Outcome.Refused(PAIR, NO_RIGHT)));
    }

    @Test
    void existingGrantIsAcceptedAfterAzureSaysThatItExists() {
        RoleAssignment theirs = assignment(KUBELET, PullRole.ACR_PULL, REGISTRY.toString(), null);
        assertThat(AccessPlan.decide(
                        facts(cluster(), registry(), List.of(theirs)).afterRefusal(NOT_LISTED)))
                .isEqualTo(new Step.End(new Outcome.AlreadyGranted(PAIR, GRANT, given(theirs))));
    }

    @Test
    void narrowerGrantAtTheRegistryItselfIsRefusedWithItsId() {
        RoleAssignment narrow =
                assignment(KUBELET, PullRole.ACR_PULL, REGISTRY.toString(), "@Resource[x] StringEquals 'y'");
        Facts facts = facts(cluster(), registry(), List.of(narrow));
        assertRefused(facts, Kind.CONDITIONAL_GRANT, "condition");
        assertThat(refused(AccessPlan.decide(facts)).problem().fix()).contains(narrow.id());
    }

    /** Azure would say that it exists already, and nothing would ever be listed that lets it pull. */
    @Test
    void conditionThatLetsNothingThroughIsRefusedAndNotWaitedFor() {
        RoleAssignment nothing =
                assignment(KUBELET, PullRole.ACR_PULL, REGISTRY.toString(), "!(ActionMatches{'*/pull/read'})");
        assertRefused(facts(cluster(), registry(), List.of(nothing)), Kind.CONDITIONAL_GRANT, "condition");
    }

    /** Azure allows the pull role beside it, as it does where the other role cannot be read. */
    @Test
    void anotherRoleUnderAConditionKeepsNoGrantBack() {
        UUID writer = UUID.fromString("2a1e307c-b015-4ebd-883e-5b7698a07328");
        RoleAssignment narrow = new RoleAssignment(
                REGISTRY + "/providers/Microsoft.Authorization/roleAssignments/" + writer,
                REGISTRY.toString(),
                KUBELET,
                PrincipalKind.SERVICE_PRINCIPAL,
                writer,
                Optional.of("@Resource[x] StringEquals 'y'"),
                Optional.empty(),
                Authorship.UNKNOWN);
        Roles roles = new Roles(
                Map.of(
                        writer,
                        new RoleDefinition(
                                writer,
                                "writer",
                                false,
                                List.of(Permission.ofActions(List.of("Microsoft.ContainerRegistry/*"), List.of())))),
                Optional.empty());
        assertThat(AccessPlan.decide(
                        facts(cluster(), registry(), List.of(narrow)).with(roles)))
                .isEqualTo(new Step.Grant(GRANT));
    }

    @Test
    void existingGrantThatIsNotListedYetIsWaitedFor() {
        assertThat(AccessPlan.decide(facts(cluster(), registry(), List.of()).afterRefusal(NOT_LISTED)))
                .isEqualTo(new Step.End(new Outcome.Postponed(PAIR, NOT_LISTED)));
    }

    @Test
    void clusterInCreationIsWaitedForWhileItShowsNoIdentity() {
        Cluster creating = clusterIn("Creating", new PullIdentity.Unknown("Not made yet."), Samples.API_SERVER);
        assertWait(facts(creating, registry(), List.of()), "identity");
        assertWait(facts(creating, registry(), List.of()).by(PairingRule.Method.AUTO), "identity");
        Cluster known = clusterIn("Creating", new PullIdentity.Kubelet(KUBELET), Samples.API_SERVER);
        assertThat(AccessPlan.decide(facts(known, registry(), List.of()))).isEqualTo(new Step.Grant(GRANT));
    }

    @Test
    void clusterInCreationIsWaitedForWhileItShowsNoAddress() {
        ApiServerProfile none = new ApiServerProfile(Set.of(), false, true);
        PullIdentity kubelet = new PullIdentity.Kubelet(KUBELET);
        assertWait(
                facts(clusterIn("Creating", kubelet, none), registry(), List.of())
                        .by(PairingRule.Method.SECRET),
                "address");
        Facts failed =
                facts(clusterIn("Failed", kubelet, none), registry(), List.of()).by(PairingRule.Method.SECRET);
        assertRefused(failed, Kind.CLUSTER_UNREACHABLE, "may be why");
        assertThat(refused(AccessPlan.decide(failed)).problem().fix())
                .startsWith("az aks update" + AzCommand.which(CLUSTER));
        assertThat(AccessPlan.decide(facts(clusterIn("Failed", kubelet, none), registry(), List.of())))
                .isEqualTo(new Step.Grant(GRANT));
    }

    @Test
    void registryInCreationIsWaitedForWhileItShowsNoLoginServer() {
        assertWait(
                facts(cluster(), withoutServer("Creating", false), List.of()).by(PairingRule.Method.SECRET),
                "login server");
        assertRefused(
                facts(cluster(), withoutServer("Creating", true), List.of()).by(PairingRule.Method.SECRET),
                Kind.FOREIGN_ADDRESS,
                "login server");
    }

    /** It has no address, which is not to be taken for somebody else's. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Failed    | Azure shows no login server for the registry acrshop, and its last operation on it failed or was canceled.
            Canceled  | Azure shows no login server for the registry acrshop, and its last operation on it failed or was canceled.
            Succeeded | Azure shows no login server for the registry acrshop, though its last operation on it went well.
            """)
    void registryWithoutAnyLoginServerIsNotSaidToHaveAForeignOne(String state, String cause) {
        Facts facts = facts(cluster(), withoutServer(state, false), List.of()).by(PairingRule.Method.SECRET);
        assertRefused(facts, Kind.NO_LOGIN_SERVER, cause);
        assertThat(refused(AccessPlan.decide(facts)).problem().fix())
                .startsWith("az acr show" + AzCommand.which(REGISTRY) + " --query \"{state: provisioningState")
                .contains("deploy the registry again")
                .doesNotContain("ACR_ATTACH_AZURE");
    }

    /** That it failed does not put another's name there. */
    @Test
    void failedRegistryWithAForeignLoginServerIsToldForThat() {
        Facts facts = facts(cluster(), withoutServer("Failed", true), List.of()).by(PairingRule.Method.SECRET);
        assertRefused(facts, Kind.FOREIGN_ADDRESS, "its own in this cloud");
        assertThat(refused(AccessPlan.decide(facts)).problem().cause()).doesNotContain("may be why");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Failed",
                "Canceled",
                "Updating",
                "Upgrading",
                "Scaling",
                "RotatingClusterCertificates",
                "Migrating"
            })
    void noOtherStateStopsAnything(String state) {
        Cluster cluster = clusterIn(state, new PullIdentity.Kubelet(KUBELET), Samples.API_SERVER);
        Registry registry = registry(ProvisioningState.of(state), Optional.empty());
        Facts facts = facts(cluster, registry, List.of());
        assertThat(AccessPlan.decide(facts)).isEqualTo(new Step.Grant(GRANT));
        assertThat(AccessPlan.decide(facts.by(PairingRule.Method.SECRET)))
                .isEqualTo(new Step.Provision(cluster, registry, Optional.empty()));
    }

    @Test
    void stoppedClusterGetsItsRoleAndNoSecret() {
        for (PowerState power : PowerState.values()) {
            Cluster cluster = Samples.cluster(
                    CLUSTER,
                    Map.of(),
                    ProvisioningState.SUCCEEDED,
                    new PullIdentity.Kubelet(KUBELET),
                    Samples.API_SERVER,
                    power,
                    List.of());
            Facts facts = facts(cluster, registry(), List.of());
            assertThat(AccessPlan.decide(facts)).isEqualTo(new Step.Grant(GRANT));
            Facts bySecret = facts.by(PairingRule.Method.SECRET);
            if (power == PowerState.STOPPED || power == PowerState.STOPPING) {
                assertRefused(bySecret, Kind.CLUSTER_STOPPED, "stopped");
            } else {
                assertThat(AccessPlan.decide(bySecret)).isInstanceOf(Step.Provision.class);
            }
        }
    }

    private static Cluster clusterIn(String state, PullIdentity identity, ApiServerProfile apiServer) {
        return Samples.cluster(CLUSTER, Map.of(), ProvisioningState.of(state), identity, apiServer);
    }

    private static Registry withoutServer(String state, boolean showsForeignServer) {
        return Samples.registry(
                REGISTRY,
                Map.of(),
                ProvisioningState.of(state),
                "",
                Optional.empty(),
                showsForeignServer,
                true,
                Optional.of(List.of()));
    }

    private static void assertWait(Facts facts, String lacks) {
        assertThat(end(AccessPlan.decide(facts))).isInstanceOfSatisfying(Outcome.Postponed.class, wait -> {
            assertThat(wait.problem().kind()).isEqualTo(Kind.NOT_READY);
            assertThat(wait.problem().cause()).contains(lacks);
        });
    }

    @Test
    void clusterOnItsWayOutCountsAsGone() {
        Cluster deleting = Samples.cluster(
                CLUSTER,
                Map.of(),
                ProvisioningState.of("Deleting"),
                new PullIdentity.Kubelet(KUBELET),
                Samples.API_SERVER);
        assertThat(AccessPlan.decide(facts(deleting, registry(), List.of())))
                .isEqualTo(new Step.End(new Outcome.Gone(PAIR, CLUSTER)));
    }

    @Test
    void unknownIdentityIsRefusedWithItsReason() {
        Cluster nobody = Samples.cluster(
                CLUSTER,
                Map.of(),
                ProvisioningState.SUCCEEDED,
                new PullIdentity.Unknown("Several identities."),
                Samples.API_SERVER);
        assertRefused(facts(nobody, registry(), List.of()), Kind.NO_PULL_IDENTITY, "Several identities.");
        assertThat(refused(AccessPlan.decide(facts(nobody, registry(), List.of())))
                        .problem()
                        .fix())
                .startsWith("az aks show" + AzCommand.which(CLUSTER) + " --query ");
    }

    @Test
    void servicePrincipalThatTheDirectoryDoesNotKnowIsRefused() {
        UUID client = UUID.randomUUID();
        Cluster legacy = Samples.cluster(
                CLUSTER,
                Map.of(),
                ProvisioningState.SUCCEEDED,
                new PullIdentity.ServicePrincipal(client),
                Samples.API_SERVER);
        Facts known = facts(legacy, registry(), List.of());
        Facts facts = Facts.of(
                known.pairing(),
                known.method(),
                known.cluster(),
                known.registry(),
                new Lookup.Absent<>(),
                known.assignments());
        assertRefused(facts, Kind.PRINCIPAL_NOT_FOUND, client.toString());
        assertThat(refused(AccessPlan.decide(facts)).problem().fix())
                .startsWith("az aks update-credentials" + AzCommand.which(CLUSTER) + " --reset-service-principal ");
    }

    @Test
    void directoryThatMayNotBeAskedIsToldWithTheWayRoundIt() {
        UUID client = UUID.fromString("a9b8c7d6-e5f4-4321-8fed-cba987654321");
        Cluster legacy = Samples.cluster(
                CLUSTER,
                Map.of(),
                ProvisioningState.SUCCEEDED,
                new PullIdentity.ServicePrincipal(client),
                Samples.API_SERVER);
        Facts facts = facts(
                legacy, registry(ProvisioningState.SUCCEEDED, Optional.of("AbacRepositoryPermissions")), List.of());
        Facts blind = Facts.of(
                facts.pairing(),
                facts.method(),
                facts.cluster(),
                facts.registry(),
                new Lookup.Denied<>(NO_RIGHT),
                facts.assignments());
        assertThat(refused(AccessPlan.decide(blind)).problem().fix())
                .startsWith("az role assignment create --assignee \"" + client
                        + "\" --role \"Container Registry Repository Reader\" --scope \"" + REGISTRY + "\"");
    }

    @Test
    void whatMayNotBeReadIsRefused() {
        Facts facts = facts(cluster(), registry(), List.of());
        Facts blind = Facts.of(
                facts.pairing(),
                facts.method(),
                new Lookup.Denied<>(NO_RIGHT),
                facts.registry(),
                facts.principal(),
                facts.assignments());
        assertThat(AccessPlan.decide(blind)).isEqualTo(new Step.End(new Outcome.Refused(PAIR, NO_RIGHT)));
        assertThat(AccessPlan.decide(facts.with(new Lookup.Denied<>(NO_RIGHT))))
                .isEqualTo(new Step.End(new Outcome.Refused(PAIR, NO_RIGHT)));
    }

    @Test
    void whatIsGoneIsNamed() {
        Facts facts = facts(cluster(), registry(), List.of());
        Facts gone = Facts.of(
                facts.pairing(),
                facts.method(),
                facts.cluster(),
                new Lookup.Absent<>(),
                facts.principal(),
                facts.assignments());
        assertThat(AccessPlan.decide(gone)).isEqualTo(new Step.End(new Outcome.Gone(PAIR, REGISTRY)));
    }

    @Test
    void secretNeedsNothingOfTheRole() {
        Facts facts = facts(cluster(), registry(), List.of()).by(PairingRule.Method.SECRET);
        assertThat(AccessPlan.decide(facts)).isEqualTo(new Step.Provision(cluster(), registry(), Optional.empty()));
    }

    /** Its role is not concerned: nothing is sent there for it. */
    @Test
    void registryWithoutALoginServerOfItsOwnGetsNoPassword() {
        Registry foreign = Samples.registry(REGISTRY, Map.of(), ProvisioningState.SUCCEEDED, "", Optional.empty());
        Facts facts = facts(cluster(), foreign, List.of());
        assertThat(AccessPlan.decide(facts)).isEqualTo(new Step.Grant(GRANT));
        assertThat(AccessPlan.decide(facts.by(PairingRule.Method.AUTO))).isEqualTo(new Step.Grant(GRANT));
        Problem refusal = Samples.problem(Kind.MISSING_RIGHT);
        assertThat(AccessPlan.decide(facts.by(PairingRule.Method.AUTO).afterRefusal(refusal)))
                .isEqualTo(new Step.End(new Outcome.Refused(PAIR, refusal)));
        assertRefused(facts.by(PairingRule.Method.SECRET), Kind.FOREIGN_ADDRESS, "acrshop");
        assertThat(refused(AccessPlan.decide(facts.by(PairingRule.Method.SECRET)))
                        .problem()
                        .fix())
                .startsWith("az acr show --subscription \"" + REGISTRY.subscription()
                        + "\" --resource-group \"platform\" --name \"acrshop\" --query loginServer")
                .contains("ACR_ATTACH_AZURE_CLOUD", "ACR_ATTACH_AZURE_ENDPOINTS_REGISTRY");
    }

    @Test
    void autoTriesTheRoleFirst() {
        Facts facts = facts(cluster(), registry(), List.of()).by(PairingRule.Method.AUTO);
        assertThat(AccessPlan.decide(facts)).isEqualTo(new Step.Grant(GRANT));
    }

    @Test
    void autoFallsBackToTheSecretWhenTheRoleIsRefusedForGood() {
        Problem refusal = Samples.problem(Kind.MISSING_RIGHT);
        Facts facts = facts(cluster(), registry(), List.of())
                .by(PairingRule.Method.AUTO)
                .afterRefusal(refusal);
        assertThat(AccessPlan.decide(facts)).isEqualTo(new Step.Provision(cluster(), registry(), Optional.of(refusal)));
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {
                "CONDITION_NOT_FULFILLED",
                "CONDITIONAL_GRANT",
                "DENY_ASSIGNMENT",
                "DISALLOWED_BY_POLICY",
                "LOCKED",
                "NOT_REGISTERED",
                "REJECTED",
                "SIGN_IN_FAILED",
                "SUBSCRIPTION_DISABLED",
                "UNKNOWN_ROLE_MODE"
            })
    void autoDoesNotGoRoundWhatSomebodyHasSetOnPurpose(Kind kind) {
        Problem refusal = Samples.problem(kind);
        assertThat(end(AccessPlan.decide(facts(cluster(), registry(), List.of())
                        .by(PairingRule.Method.AUTO)
                        .afterRefusal(refusal))))
                .isEqualTo(new Outcome.Refused(PAIR, refusal));
    }

    private static Step plan(RoleAssignment... assignments) {
        return AccessPlan.decide(facts(cluster(), registry(), List.of(assignments)));
    }

    private static void assertRefused(Facts facts, Kind kind, String cause) {
        Problem problem = refused(AccessPlan.decide(facts)).problem();
        assertThat(problem.kind()).isEqualTo(kind);
        assertThat(problem.cause()).contains(cause).endsWith(".");
        assertThat(problem.fix()).isNotBlank();
    }

    private static Outcome.Refused refused(Step step) {
        return (Outcome.Refused) end(step);
    }

    private static Outcome end(Step step) {
        return ((Step.End) step).outcome();
    }
}
