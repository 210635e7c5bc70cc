package io.github.acrattach.usecase;

import static io.github.acrattach.domain.Samples.CLUSTER;
import static io.github.acrattach.domain.Samples.GRANT;
import static io.github.acrattach.domain.Samples.KUBELET;
import static io.github.acrattach.domain.Samples.REGISTRY;
import static io.github.acrattach.domain.Samples.SUBSCRIPTION;
import static io.github.acrattach.domain.Samples.problem;
import static io.github.acrattach.usecase.Expected.GRANTED;
import static io.github.acrattach.usecase.Expected.PAIR;
import static io.github.acrattach.usecase.Expected.cluster;
import static io.github.acrattach.usecase.Expected.postponed;
import static io.github.acrattach.usecase.Expected.provisioned;
import static io.github.acrattach.usecase.Expected.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.acrattach.domain.Cluster;
import io.github.acrattach.domain.CredentialKind;
import io.github.acrattach.domain.Exclusion;
import io.github.acrattach.domain.Outcome;
import io.github.acrattach.domain.PairingRule;
import io.github.acrattach.domain.PairingRule.Method;
import io.github.acrattach.domain.PowerState;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.Problem.Kind;
import io.github.acrattach.domain.ProvisioningState;
import io.github.acrattach.domain.PullGrant;
import io.github.acrattach.domain.PullIdentity;
import io.github.acrattach.domain.PullRole;
import io.github.acrattach.domain.PullSecretTerms;
import io.github.acrattach.domain.Registry;
import io.github.acrattach.domain.RoleAssignment;
import io.github.acrattach.domain.Samples;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way in which a pair can end, by role, by secret, and by the one instead of the other. */
class EnsurePullAccessTest {

    private static final UUID CLIENT = UUID.fromString("2c3d4e5f-6071-4829-a3b4-c5d6e7f80912");
    private static final UUID SERVICE_PRINCIPAL = UUID.fromString("3d4e5f60-7182-493a-b4c5-d6e7f8091a2b");
    private static final PullIdentity BY_SERVICE_PRINCIPAL = new PullIdentity.ServicePrincipal(CLIENT);

    private static final String NAMED =
            " --subscription \"" + SUBSCRIPTION + "\" --resource-group \"platform\" --name \"aks-shop\"";

    private static final Problem NO_RIGHT = problem(Kind.MISSING_RIGHT);
    private static final Problem LIMIT = problem(Kind.LIMIT_EXCEEDED);
    private static final Problem SIGN_IN = problem(Kind.SIGN_IN_FAILED);
    private static final Problem BUSY = problem(Kind.THROTTLED);
    private static final Problem NO_IDENTITY = Problem.of(
            Kind.NO_PULL_IDENTITY,
            "It names none.",
            CLUSTER,
            "az aks show" + NAMED
                    + " --query \"{identityProfile: identityProfile, servicePrincipal: servicePrincipalProfile}\"");
    private static final Optional<Duration> SOON = Optional.of(Duration.ofSeconds(7));

    private static final RoleAssignment INHERITED =
            Samples.assignment(KUBELET, PullRole.ACR_PULL, "/subscriptions/" + SUBSCRIPTION, null);
    private static final RoleAssignment CONDITIONAL =
            Samples.assignment(KUBELET, PullRole.ACR_PULL, REGISTRY.toString(), "a condition");
    private static final RoleAssignment OTHERS =
            Samples.assignment(KUBELET, PullRole.ACR_PULL, REGISTRY.toString(), null);

    private final SmallCloud cloud = SmallCloud.sample();
    private final SmallSecrets secrets = new SmallSecrets(cloud);

    EnsurePullAccessTest() {
        secrets.namespace(CLUSTER, "shop");
    }

    /** It is a person's wish, and the rules' exception was one, too. */
    @Test
    void pairThatIsKeptOutOfTheRulesIsAttachedByNameAndThatIsSaid() {
        PairingRule rule = Program.except(Program.everything(Method.SECRET), "aks-shop/acrshop");
        Problem note = new Exclusion("The setting ACR_ATTACH_RULES_ALL_EXCLUDED_PAIRS").note(PAIR);
        EnsurePullAccess use = new Program(cloud, secrets, rule).ensurePullAccess;
        assertThat(use.ensure(PAIR, Optional.empty())).isEqualTo(GRANTED.noting(note));
        assertThat(use.ensure(PAIR, Optional.empty()))
                .isEqualTo(new Outcome.AlreadyGranted(PAIR, GRANT, Samples.given(SmallCloud.made(GRANT))).noting(note));
        assertThat(use.ensure(PAIR, Optional.of(Method.SECRET)))
                .isEqualTo(provisioned(true, "shop").noting(note));
        cloud.troubles.refuse(Call.ASSIGN, KUBELET, problem(Kind.MISSING_RIGHT));
        cloud.removeAssignments();
        assertThat(use.ensure(PAIR, Optional.of(Method.ROLE))).isInstanceOf(Outcome.Refused.class);
    }

    /** What is there, and how it ends by the method role. */
    static Stream<Arguments> byRole() {
        return Stream.of(
                given("nothing is granted", cloud -> {}, GRANTED),
                given(
                        "it is granted by this program",
                        cloud -> cloud.put(SmallCloud.made(GRANT)),
                        new Outcome.AlreadyGranted(PAIR, GRANT, Samples.given(SmallCloud.made(GRANT)))),
                given(
                        "it is granted above the registry",
                        cloud -> cloud.put(INHERITED),
                        new Outcome.AlreadyGranted(PAIR, GRANT, Samples.given(INHERITED))),
                given(
                        "it is granted under a condition",
                        cloud -> cloud.put(CONDITIONAL),
                        refused(
                                Kind.CONDITIONAL_GRANT,
                                "The cluster's identity holds AcrPull on the registry, but only where a condition"
                                        + " holds: somebody has narrowed it on purpose.",
                                REGISTRY,
                                "az rest --method GET --url \"" + CONDITIONAL.id()
                                        + "?api-version=2022-04-01\"   (what its condition allows, which the cluster may be"
                                        + " pulling by. Ask whoever set it to widen it in place: az role assignment update;"
                                        + " then attach again)")),
                given(
                        "the grant is refused",
                        cloud -> cloud.troubles.refuse(Call.ASSIGN, KUBELET, NO_RIGHT),
                        new Outcome.Refused(PAIR, NO_RIGHT)),
                given(
                        "it exists, but is not listed yet",
                        cloud -> cloud.putUnlisted(OTHERS),
                        new Outcome.Postponed(PAIR, SmallCloud.NOT_LISTED)),
                given(
                        "somebody else grants it at the same time",
                        cloud -> cloud.troubles.meanwhile(Call.ASSIGN, KUBELET, () -> cloud.put(OTHERS)),
                        new Outcome.AlreadyGranted(PAIR, GRANT, Samples.given(OTHERS))),
                given(
                        "the registry goes away before it is granted",
                        cloud -> cloud.troubles.meanwhile(Call.ASSIGN, KUBELET, () -> cloud.delete(REGISTRY)),
                        new Outcome.Gone(PAIR, REGISTRY)),
                given("the cluster is gone", cloud -> cloud.delete(CLUSTER), new Outcome.Gone(PAIR, CLUSTER)),
                given("the registry is gone", cloud -> cloud.delete(REGISTRY), new Outcome.Gone(PAIR, REGISTRY)),
                given(
                        "the cluster is being deleted",
                        cloud -> cloud.put(cluster(ProvisioningState.DELETING)),
                        new Outcome.Gone(PAIR, CLUSTER)),
                given(
                        "the registry is being deleted",
                        cloud -> cloud.put(Samples.registry(ProvisioningState.DELETING, Optional.empty())),
                        new Outcome.Gone(PAIR, REGISTRY)),
                given(
                        "the cluster is being made, and shows no identity yet",
                        cloud -> cloud.put(nobody(ProvisioningState.CREATING)),
                        postponed(
                                Kind.NOT_READY,
                                "The cluster aks-shop shows no identity that pulls yet: Azure is still making it.",
                                CLUSTER)),
                given(
                        "the cluster is being changed, and shows no identity at this moment",
                        cloud -> cloud.put(nobody(ProvisioningState.IN_PROGRESS)),
                        postponed(
                                Kind.NOT_READY,
                                "The cluster aks-shop shows no identity that pulls yet: Azure is still changing it.",
                                CLUSTER)),
                given(
                        "the cluster is being made, and shows its identity",
                        cloud -> cloud.put(cluster(ProvisioningState.CREATING)),
                        GRANTED),
                given(
                        "the cluster is being upgraded",
                        cloud -> cloud.put(cluster(ProvisioningState.of("Upgrading"))),
                        GRANTED),
                given("the cluster is stopped", cloud -> cloud.put(cluster(PowerState.STOPPED)), GRANTED),
                given(
                        "the registry is being changed",
                        cloud -> cloud.put(Samples.registry(ProvisioningState.IN_PROGRESS, Optional.empty())),
                        GRANTED),
                given(
                        "the registry is being made, and shows no mode yet",
                        cloud -> cloud.put(Samples.registry(ProvisioningState.CREATING, Optional.empty())),
                        postponed(
                                Kind.NOT_READY,
                                "The registry acrshop shows no role assignment mode yet: Azure is still making it.",
                                REGISTRY)),
                given(
                        "the cluster's last operation failed",
                        cloud -> cloud.put(cluster(ProvisioningState.FAILED)),
                        GRANTED),
                given(
                        "the registry's last operation failed",
                        cloud -> cloud.put(Samples.registry(ProvisioningState.of("Canceled"), Optional.empty())),
                        GRANTED),
                given(
                        "the cluster's creation failed before it had an identity",
                        cloud -> cloud.put(nobody(ProvisioningState.FAILED)),
                        refused(
                                Kind.NO_PULL_IDENTITY,
                                "It names none. Azure's last operation on the cluster failed or was canceled, which may"
                                        + " be why.",
                                CLUSTER,
                                "az aks update" + NAMED + "   (does the failed operation again; or " + NO_IDENTITY.fix()
                                        + ")")),
                given(
                        "the cluster has no identity that pulls",
                        cloud -> cloud.put(cluster(new PullIdentity.Unknown("It names none."))),
                        new Outcome.Refused(PAIR, NO_IDENTITY)),
                given(
                        "the cluster pulls with a service principal",
                        cloud -> {
                            cloud.put(cluster(BY_SERVICE_PRINCIPAL));
                            cloud.putPrincipal(CLIENT, SERVICE_PRINCIPAL);
                        },
                        new Outcome.Granted(
                                PAIR, new PullGrant(CLUSTER, REGISTRY, SERVICE_PRINCIPAL, PullRole.ACR_PULL))),
                given(
                        "the directory does not know the service principal",
                        cloud -> cloud.put(cluster(BY_SERVICE_PRINCIPAL)),
                        refused(
                                Kind.PRINCIPAL_NOT_FOUND,
                                "The cluster aks-shop pulls with the service principal " + CLIENT + ", which the"
                                        + " directory does not know: it was deleted, or is in another tenant.",
                                CLUSTER,
                                "az aks update-credentials" + NAMED
                                        + " --reset-service-principal --service-principal \"<client id>\" --client-secret \"<secret>\"")),
                given(
                        "the directory does not tell",
                        cloud -> {
                            cloud.put(cluster(BY_SERVICE_PRINCIPAL));
                            cloud.troubles.refuse(Call.FIND_PRINCIPAL, CLIENT, NO_RIGHT);
                        },
                        refused(
                                Kind.MISSING_RIGHT,
                                NO_RIGHT.cause(),
                                CLUSTER,
                                "az role assignment create --assignee \"" + CLIENT
                                        + "\" --role \"AcrPull\" --scope \"" + REGISTRY
                                        + "\"   (once, by somebody who may; or Mend it.)")),
                given(
                        "the registry is in ABAC mode",
                        cloud -> cloud.put(Samples.registry(
                                ProvisioningState.SUCCEEDED, Optional.of("AbacRepositoryPermissions"))),
                        new Outcome.Granted(
                                PAIR, new PullGrant(CLUSTER, REGISTRY, KUBELET, PullRole.REPOSITORY_READER))),
                given(
                        "the registry is in a mode of the future",
                        cloud -> cloud.put(Samples.registry(ProvisioningState.SUCCEEDED, Optional.of("FutureMode"))),
                        refused(
                                Kind.UNKNOWN_ROLE_MODE,
                                "The registry acrshop is in the role assignment mode 'FutureMode', which this version"
                                        + " does not know.",
                                REGISTRY,
                                "Update acr-attach, or grant by hand the role that the registry's documentation"
                                        + " names.")),
                given(
                        "the cluster may not be read",
                        cloud -> cloud.troubles.refuse(Call.FIND_CLUSTER, CLUSTER, NO_RIGHT),
                        new Outcome.Refused(PAIR, NO_RIGHT)),
                given(
                        "the registry may not be read",
                        cloud -> cloud.troubles.refuse(Call.FIND_REGISTRY, REGISTRY, NO_RIGHT),
                        new Outcome.Refused(PAIR, NO_RIGHT)),
                given(
                        "the assignments may not be read",
                        cloud -> cloud.troubles.refuse(Call.LIST_ASSIGNMENTS, REGISTRY, NO_RIGHT),
                        new Outcome.Refused(PAIR, NO_RIGHT)),
                given(
                        "Azure does not answer when it is looked up",
                        cloud -> cloud.troubles.unavailable(Call.LIST_ASSIGNMENTS, REGISTRY, BUSY, SOON),
                        new Outcome.Postponed(Optional.of(PAIR), BUSY, SOON)),
                given(
                        "Azure does not answer when it is granted",
                        cloud -> cloud.troubles.unavailable(Call.ASSIGN, KUBELET, BUSY, SOON),
                        new Outcome.Postponed(Optional.of(PAIR), BUSY, SOON)),
                given(
                        "a defect ends the look",
                        cloud -> cloud.troubles.fail(Call.FIND_CLUSTER, CLUSTER, new IllegalStateException("No.")),
                        Expected.defect(PAIR)),
                given(
                        "a defect ends the grant",
                        cloud -> cloud.troubles.fail(Call.ASSIGN, KUBELET, new IllegalStateException("No.")),
                        Expected.defect(PAIR)));
    }

    private static Cluster nobody(ProvisioningState state) {
        Cluster sample = cluster(state);
        return Samples.cluster(
                sample.id(), sample.tags(), state, new PullIdentity.Unknown("It names none."), sample.apiServer());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void byRole(String given, Consumer<SmallCloud> change, Outcome expected) {
        assertThat(ensured(Method.ROLE, change)).as(given).isEqualTo(expected);
    }

    /** What is there, and how it ends by the method auto: a secret where the role alone is refused. */
    static Stream<Arguments> byRoleOrSecret() {
        return Stream.of(
                given("nothing is granted", cloud -> {}, GRANTED),
                given(
                        "it is granted",
                        cloud -> cloud.put(SmallCloud.made(GRANT)),
                        new Outcome.AlreadyGranted(PAIR, GRANT, Samples.given(SmallCloud.made(GRANT)))),
                given(
                        "the grant is refused for want of a right",
                        cloud -> cloud.troubles.refuse(Call.ASSIGN, KUBELET, NO_RIGHT),
                        provisioned(true, "shop").insteadOfRole(Optional.of(NO_RIGHT))),
                given(
                        "the grant is refused for a limit",
                        cloud -> cloud.troubles.refuse(Call.ASSIGN, KUBELET, LIMIT),
                        provisioned(true, "shop").insteadOfRole(Optional.of(LIMIT))),
                given(
                        "the grant is refused for what stops a secret too",
                        cloud -> cloud.troubles.refuse(Call.ASSIGN, KUBELET, SIGN_IN),
                        new Outcome.Refused(PAIR, SIGN_IN)),
                given(
                        "role and secret are refused",
                        cloud -> {
                            cloud.troubles.refuse(Call.ASSIGN, KUBELET, NO_RIGHT);
                            cloud.troubles.refuse(Call.LIST_NAMESPACES, CLUSTER, LIMIT);
                        },
                        new Outcome.Refused(PAIR, LIMIT)),
                given(
                        "the assignments may not be read",
                        cloud -> cloud.troubles.refuse(Call.LIST_ASSIGNMENTS, REGISTRY, NO_RIGHT),
                        provisioned(true, "shop").insteadOfRole(Optional.of(NO_RIGHT))),
                given(
                        "it exists, but is not listed yet",
                        cloud -> cloud.putUnlisted(OTHERS),
                        new Outcome.Postponed(PAIR, SmallCloud.NOT_LISTED)),
                given(
                        "the cluster has no identity that pulls",
                        cloud -> cloud.put(cluster(new PullIdentity.Unknown("It names none."))),
                        provisioned(true, "shop").insteadOfRole(Optional.of(NO_IDENTITY))),
                given("the cluster is gone", cloud -> cloud.delete(CLUSTER), new Outcome.Gone(PAIR, CLUSTER)),
                given("the cluster is stopped", cloud -> cloud.put(cluster(PowerState.STOPPED)), GRANTED),
                given(
                        "the cluster is stopped, and the role is refused",
                        cloud -> {
                            cloud.put(cluster(PowerState.STOPPED));
                            cloud.troubles.refuse(Call.ASSIGN, KUBELET, NO_RIGHT);
                        },
                        stopped(" A role was refused: " + NO_RIGHT.cause())),
                given(
                        "the cluster is being made",
                        cloud -> cloud.put(nobody(ProvisioningState.CREATING)),
                        postponed(
                                Kind.NOT_READY,
                                "The cluster aks-shop shows no identity that pulls yet: Azure is still making it.",
                                CLUSTER)));
    }

    private static Outcome stopped(String more) {
        return refused(
                Kind.CLUSTER_STOPPED,
                "The cluster aks-shop is stopped, so its pull secrets can be neither made nor renewed." + more,
                CLUSTER,
                "az aks start" + NAMED + "   (where a rule wants the secret, the event of the start takes it up by"
                        + " itself, and the timer within an hour; by hand, attach again)");
    }

    @Test
    void whatMayKeepNodesFromPullingIsNotedBesideTheGrant() {
        cloud.put(Expected.takingNoArmTokens());
        cloud.put(Expected.running("1.28.9"));
        assertThat(ensured(Method.ROLE, any -> {}))
                .isInstanceOfSatisfying(Outcome.Granted.class, granted -> assertThat(granted.notes())
                        .extracting(Problem::kind)
                        .containsExactly(Kind.ARM_TOKENS_REFUSED));
        assertThat(ensured(Method.AUTO, any -> {}))
                .isInstanceOfSatisfying(Outcome.AlreadyGranted.class, already -> assertThat(already.notes())
                        .extracting(Problem::kind)
                        .containsExactly(Kind.ARM_TOKENS_REFUSED));
        assertThat(ensured(Method.SECRET, any -> {})).isEqualTo(provisioned(true, "shop"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void byRoleOrSecret(String given, Consumer<SmallCloud> change, Outcome expected) {
        assertThat(ensured(Method.AUTO, change)).as(given).isEqualTo(expected);
    }

    /** What is there, and how it ends by the method secret. */
    static Stream<Arguments> bySecret() {
        return Stream.of(
                given("nothing is made", cloud -> {}, provisioned(true, "shop")),
                given(
                        "the cluster's last operation failed",
                        cloud -> cloud.put(cluster(ProvisioningState.FAILED)),
                        provisioned(true, "shop")),
                given(
                        "the cluster is being upgraded",
                        cloud -> cloud.put(cluster(ProvisioningState.IN_PROGRESS)),
                        provisioned(true, "shop")),
                given(
                        "the registry's last operation failed",
                        cloud -> cloud.put(Samples.registry(ProvisioningState.FAILED, Optional.empty())),
                        provisioned(true, "shop")),
                given(
                        "the cluster shows no identity yet, which a secret does not need",
                        cloud -> cloud.put(nobody(ProvisioningState.CREATING)),
                        provisioned(true, "shop")),
                given("the cluster is stopped", cloud -> cloud.put(cluster(PowerState.STOPPED)), stopped("")),
                given(
                        "the cluster is being started",
                        cloud -> cloud.put(cluster(PowerState.STARTING)),
                        provisioned(true, "shop")),
                given(
                        "the cluster is stopped meanwhile",
                        cloud -> {
                            cloud.troubles.unavailableAfter(
                                    () -> cloud.put(cluster(PowerState.STOPPED)),
                                    Call.LIST_NAMESPACES,
                                    CLUSTER,
                                    problem(Kind.UNAVAILABLE));
                        },
                        stopped("")),
                given("a role lets it in already", cloud -> cloud.put(INHERITED), provisioned(true, "shop")),
                given(
                        "the assignments may not be read",
                        cloud -> cloud.troubles.refuse(Call.LIST_ASSIGNMENTS, REGISTRY, NO_RIGHT),
                        provisioned(true, "shop")),
                given("the registry is gone", cloud -> cloud.delete(REGISTRY), new Outcome.Gone(PAIR, REGISTRY)),
                given(
                        "the cluster may not be looked into",
                        cloud -> cloud.troubles.refuse(Call.LIST_NAMESPACES, CLUSTER, NO_RIGHT),
                        new Outcome.Refused(PAIR, NO_RIGHT)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void bySecret(String given, Consumer<SmallCloud> change, Outcome expected) {
        assertThat(ensured(Method.SECRET, change)).as(given).isEqualTo(expected);
    }

    @Test
    void nothingIsMadeForARegistryWithoutALoginServerOfItsOwn() {
        Registry sample = Samples.registry();
        Outcome outcome = ensured(
                Method.SECRET,
                cloud -> cloud.put(
                        Samples.registry(REGISTRY, sample.tags(), sample.state(), "", sample.roleAssignmentMode())));
        assertThat(outcome).isInstanceOfSatisfying(Outcome.Refused.class, refused -> assertThat(
                        refused.problem().kind())
                .isEqualTo(Kind.FOREIGN_ADDRESS));
        assertThat(secrets.made()).isEmpty();
        assertThat(secrets.held(CLUSTER, REGISTRY)).isEmpty();
    }

    private Outcome ensured(Method method, Consumer<SmallCloud> change) {
        change.accept(cloud);
        return new Program(cloud, secrets).ensurePullAccess.ensure(PAIR, Optional.of(method));
    }

    @Test
    void whatWasGrantedIsNotGrantedAgain() {
        EnsurePullAccess use = new Program(cloud, secrets).ensurePullAccess;
        assertThat(List.of(use.ensure(PAIR, Optional.empty()), use.ensure(PAIR, Optional.empty())))
                .containsExactly(
                        GRANTED, new Outcome.AlreadyGranted(PAIR, GRANT, Samples.given(SmallCloud.made(GRANT))));
        assertThat(cloud.assignments()).containsExactly(SmallCloud.made(GRANT));
    }

    @Test
    void whatWasProvisionedIsNotChangedAgain() {
        EnsurePullAccess use = new Program(cloud, secrets).ensurePullAccess;
        assertThat(List.of(use.ensure(PAIR, Optional.of(Method.SECRET)), use.ensure(PAIR, Optional.of(Method.SECRET))))
                .containsExactly(provisioned(true, "shop"), provisioned(false, "shop"));
    }

    /** The rule that pairs the two, what the caller names, and how it ends. */
    static Stream<Arguments> ways() {
        PullSecretTerms ofApplication = PullSecretTerms.DEFAULT.of(CredentialKind.SERVICE_PRINCIPAL);
        Outcome byApplication = Expected.provisioned(CredentialKind.SERVICE_PRINCIPAL, true, "shop");
        return Stream.of(
                Arguments.of(
                        "the rule's", Program.everything(Method.SECRET), Optional.empty(), provisioned(true, "shop")),
                Arguments.of(
                        "the rule's, on its terms",
                        Program.everything(Method.SECRET, ofApplication),
                        Optional.empty(),
                        byApplication),
                Arguments.of(
                        "the caller's, before the rule's",
                        Program.everything(Method.SECRET),
                        Optional.of(Method.ROLE),
                        GRANTED),
                Arguments.of(
                        "the caller's, on the rule's terms",
                        Program.everything(Method.ROLE, ofApplication),
                        Optional.of(Method.SECRET),
                        byApplication),
                Arguments.of(
                        "a role, where no rule pairs the two",
                        Program.rule("other-*", Method.SECRET, PullSecretTerms.DEFAULT),
                        Optional.empty(),
                        GRANTED));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void ways(String whose, PairingRule rule, Optional<Method> named, Outcome expected) {
        assertThat(new Program(cloud, secrets, rule).ensurePullAccess.ensure(PAIR, named))
                .as(whose)
                .isEqualTo(expected);
    }

    private static Arguments given(String what, Consumer<SmallCloud> change, Outcome expected) {
        return Arguments.of(what, change, expected);
    }
}
