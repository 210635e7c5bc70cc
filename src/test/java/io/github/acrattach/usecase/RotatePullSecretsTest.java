package io.github.acrattach.usecase;

import static io.github.acrattach.domain.Samples.CLUSTER;
import static io.github.acrattach.domain.Samples.REGISTRY;
import static io.github.acrattach.domain.Samples.SUBSCRIPTION;
import static io.github.acrattach.domain.Samples.problem;
import static io.github.acrattach.usecase.Expected.APPLICATION;
import static io.github.acrattach.usecase.Expected.PAIR;
import static io.github.acrattach.usecase.Expected.TOKEN;
import static io.github.acrattach.usecase.Expected.cluster;
import static io.github.acrattach.usecase.Expected.provisioned;
import static io.github.acrattach.usecase.Expected.revoked;
import static io.github.acrattach.usecase.Program.APPLICATIONS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.Cluster;
import io.github.acrattach.domain.CredentialKey;
import io.github.acrattach.domain.CredentialKind;
import io.github.acrattach.domain.Outcome;
import io.github.acrattach.domain.Pairing;
import io.github.acrattach.domain.PairingRule.Method;
import io.github.acrattach.domain.Password;
import io.github.acrattach.domain.PowerState;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.Problem.Kind;
import io.github.acrattach.domain.ProvisioningState;
import io.github.acrattach.domain.PullRole;
import io.github.acrattach.domain.PullSecretTerms;
import io.github.acrattach.domain.RoleAssignment;
import io.github.acrattach.domain.Samples;
import io.github.acrattach.domain.ServiceAccountPatterns;
import io.github.acrattach.domain.StateProblems;
import io.github.acrattach.usecase.Troubles.Hanging;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(30)
class RotatePullSecretsTest {

    private static final Duration UNTIL_DUE = Duration.ofDays(60);
    private static final Instant DUE = SmallSecrets.BEGINNING.plus(UNTIL_DUE);
    private static final Problem NO_RIGHT = problem(Kind.MISSING_RIGHT);
    private static final Problem BUSY = problem(Kind.THROTTLED);

    private final SmallCloud cloud = SmallCloud.sample();
    private final SmallSecrets secrets = new SmallSecrets(cloud);

    RotatePullSecretsTest() {
        secrets.namespace(CLUSTER, "shop");
    }

    /** What has happened since a pull secret was made, and how a round of renewals ends. */
    static Stream<Arguments> rounds() {
        return Stream.of(
                given("nothing", (cloud, secrets) -> {}, provisioned(false, "shop")),
                given(
                        "it has become due",
                        (cloud, secrets) -> secrets.pass(UNTIL_DUE),
                        provisioned(CredentialKind.ACR_TOKEN, DUE, true, "shop")),
                given(
                        "it has ended",
                        (cloud, secrets) -> secrets.pass(UNTIL_DUE.multipliedBy(2)),
                        provisioned(CredentialKind.ACR_TOKEN, DUE.plus(UNTIL_DUE), true, "shop")),
                given(
                        "a namespace has come",
                        (cloud, secrets) -> secrets.namespace(CLUSTER, "web"),
                        provisioned(true, "shop", "web")),
                given(
                        "the cluster is gone",
                        (cloud, secrets) -> cloud.delete(CLUSTER),
                        revoked("the credential " + TOKEN.name())),
                given(
                        "it has become due while the cluster is being upgraded",
                        (cloud, secrets) -> {
                            cloud.put(cluster(ProvisioningState.IN_PROGRESS));
                            secrets.pass(UNTIL_DUE);
                        },
                        provisioned(CredentialKind.ACR_TOKEN, DUE, true, "shop")),
                given(
                        "it has become due after an operation on the cluster failed",
                        (cloud, secrets) -> {
                            cloud.put(cluster(ProvisioningState.FAILED));
                            secrets.pass(UNTIL_DUE);
                        },
                        provisioned(CredentialKind.ACR_TOKEN, DUE, true, "shop")),
                given(
                        "it has become due after an operation on the registry failed",
                        (cloud, secrets) -> {
                            cloud.put(Samples.registry(ProvisioningState.FAILED, Optional.empty()));
                            secrets.pass(UNTIL_DUE);
                        },
                        provisioned(CredentialKind.ACR_TOKEN, DUE, true, "shop")),
                given(
                        "it has become due while the cluster is stopped",
                        (cloud, secrets) -> {
                            cloud.put(cluster(PowerState.STOPPED));
                            secrets.pass(UNTIL_DUE);
                        },
                        new Outcome.Refused(
                                PAIR, StateProblems.stopped(cluster(PowerState.STOPPED), Optional.empty()))),
                given(
                        "it has ended while the cluster was stopped, which runs again",
                        (cloud, secrets) -> {
                            cloud.put(cluster(PowerState.STOPPED));
                            secrets.pass(UNTIL_DUE.multipliedBy(2));
                            cloud.put(cluster(PowerState.RUNNING));
                        },
                        provisioned(CredentialKind.ACR_TOKEN, DUE.plus(UNTIL_DUE), true, "shop")),
                given(
                        "the cluster may not be looked into any more",
                        (cloud, secrets) -> cloud.troubles.refuse(Call.LIST_NAMESPACES, CLUSTER, NO_RIGHT),
                        new Outcome.Refused(PAIR, NO_RIGHT)),
                given(
                        "the cluster does not answer",
                        (cloud, secrets) ->
                                cloud.troubles.unavailable(Call.LIST_NAMESPACES, CLUSTER, BUSY, Optional.empty()),
                        new Outcome.Postponed(PAIR, BUSY)),
                given("the registry is gone with its tokens", (cloud, secrets) -> cloud.delete(REGISTRY)),
                given(
                        "the registry's tokens may not be listed any more",
                        (cloud, secrets) -> cloud.troubles.refuse(Call.LIST_CREDENTIALS, REGISTRY, NO_RIGHT),
                        new Outcome.Refused(NO_RIGHT),
                        provisioned(false, "shop")),
                given(
                        "registries may not be listed any more",
                        (cloud, secrets) -> cloud.troubles.refuse(Call.LIST_REGISTRIES, SUBSCRIPTION, NO_RIGHT),
                        new Outcome.Refused(NO_RIGHT)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void rounds(String since, BiConsumer<SmallCloud, SmallSecrets> change, List<Outcome> expected) {
        attach(PullSecretTerms.DEFAULT);
        change.accept(cloud, secrets);
        assertThat(by(PullSecretTerms.DEFAULT).rotate()).as(since).isEqualTo(expected);
    }

    @Test
    void roleTakesTheSecretsPlaceInAStoppedClusterToo() {
        cloud.troubles.refuse(Call.ASSIGN, Samples.KUBELET, NO_RIGHT);
        Program auto = new Program(cloud, secrets, Program.everything(Method.AUTO));
        auto.ensurePullAccess.ensure(PAIR, Optional.empty());
        cloud.put(cluster(PowerState.STOPPED));
        assertThat(auto.rotatePullSecrets.rotate())
                .singleElement()
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.problem().kind()).isEqualTo(Kind.CLUSTER_STOPPED));
        cloud.troubles.end(Call.ASSIGN, Samples.KUBELET);
        assertThat(auto.rotatePullSecrets.rotate()).contains(Expected.GRANTED);
    }

    @ParameterizedTest
    @EnumSource(names = {"FAILED", "IN_PROGRESS"})
    void passwordIsReplacedByHandWhateverTheLastOperationCameTo(ProvisioningState state) {
        attach(PullSecretTerms.DEFAULT);
        cloud.put(cluster(state));
        assertThat(by(PullSecretTerms.DEFAULT).rotateNow(PAIR))
                .isInstanceOfSatisfying(Outcome.Provisioned.class, done -> assertThat(done.changed())
                        .isTrue());
    }

    @Test
    void passwordOfAStoppedClusterIsNotReplacedByHandEither() {
        attach(PullSecretTerms.DEFAULT);
        List<Password> before = secrets.passwords(TOKEN);
        cloud.put(cluster(PowerState.STOPPED));
        assertThat(by(PullSecretTerms.DEFAULT).rotateNow(PAIR))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.problem().kind()).isEqualTo(Kind.CLUSTER_STOPPED));
        assertThat(secrets.passwords(TOKEN)).isEqualTo(before);
    }

    /** What has happened since an application was made, which outlives its registry. */
    static Stream<Arguments> roundsOfApplications() {
        return Stream.of(
                given("nothing", (cloud, secrets) -> {}, provisioned(CredentialKind.SERVICE_PRINCIPAL, false, "shop")),
                given(
                        "the registry is gone",
                        (cloud, secrets) -> cloud.delete(REGISTRY),
                        revoked(
                                "the secret acr-attach-acrshop in namespace shop",
                                "the credential " + APPLICATION.name())),
                given(
                        "applications may not be listed any more",
                        (cloud, secrets) -> cloud.troubles.refuse(
                                Call.LIST_CREDENTIALS, CredentialKind.SERVICE_PRINCIPAL, NO_RIGHT),
                        new Outcome.Refused(NO_RIGHT),
                        provisioned(CredentialKind.SERVICE_PRINCIPAL, false, "shop")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void roundsOfApplications(String since, BiConsumer<SmallCloud, SmallSecrets> change, List<Outcome> expected) {
        attach(APPLICATIONS);
        change.accept(cloud, secrets);
        assertThat(by(APPLICATIONS).rotate()).as(since).isEqualTo(expected);
    }

    @Test
    void whatARuleWantsIsMadeWhereItIsMissing() {
        assertThat(by(PullSecretTerms.DEFAULT).rotate()).containsExactly(provisioned(true, "shop"));
        assertThat(secrets.made()).containsExactly(TOKEN);
    }

    @Test
    void nothingIsMadeThatNoRuleWants() {
        assertThat(new Program(cloud, secrets).rotatePullSecrets.rotate()).isEmpty();
        assertThat(cloud.assignments()).isEmpty();
        new Program(cloud, secrets, Program.everything(Method.ROLE)).rotatePullSecrets.rotate();
        assertThat(secrets.made()).isEmpty();
    }

    @Test
    void credentialOfAKindThatTheRuleNamesNoMoreIsReplacedAndTakenBack() {
        attach(APPLICATIONS);
        String role = cloud.assignments().get(0).id();
        assertThat(by(PullSecretTerms.DEFAULT).rotate())
                .containsExactly(
                        provisioned(true, "shop"),
                        revoked("the role assignment " + role, "the credential " + APPLICATION.name()));
        assertThat(secrets.made()).containsExactly(TOKEN);
    }

    @Test
    void applicationsTakeNoRightWhereNoRuleMakesThem() {
        attach(PullSecretTerms.DEFAULT);
        cloud.troubles.refuse(Call.LIST_CREDENTIALS, CredentialKind.SERVICE_PRINCIPAL, NO_RIGHT);
        cloud.troubles.refuse(Call.FIND_CREDENTIAL, APPLICATION, NO_RIGHT);
        assertThat(by(PullSecretTerms.DEFAULT).rotate()).containsExactly(provisioned(false, "shop"));
    }

    @Test
    void pairThatHangsIsPostponedWhenTheTimeForAllIsOver() throws InterruptedException {
        attach(PullSecretTerms.DEFAULT);
        Hanging hanging = cloud.troubles.hang(Call.LIST_NAMESPACES, CLUSTER);
        List<Outcome> outcomes =
                EnoughTime.of(patience -> by(PullSecretTerms.DEFAULT).rotate(patience), ended -> hanging.isBegun());
        assertThat(outcomes).startsWith(new Outcome.Postponed(PAIR, Expected.OUT_OF_TIME));
        hanging.awaitInterrupt();
    }

    /** Whoever may write scope maps at a registry of his own can name clusters that hang in them. */
    @Test
    void whatNoRuleWantsWaitsForWhatARuleWants() {
        attach(PullSecretTerms.DEFAULT);
        secrets.pass(UNTIL_DUE);
        List<ArmId> slow = IntStream.range(0, 80)
                .mapToObj(number -> ArmId.parse(CLUSTER.toString().replace("aks-shop", "a-slow-" + number)))
                .toList();
        for (ArmId id : slow) {
            Cluster sample = cluster(ProvisioningState.SUCCEEDED);
            cloud.put(Samples.cluster(id, Map.of(), sample.state(), sample.identity(), sample.apiServer()));
            secrets.namespace(id, "his");
            secrets.plant(new CredentialKey(new Pairing(id, REGISTRY), CredentialKind.ACR_TOKEN), id, "his");
            cloud.troubles.hang(Call.LIST_NAMESPACES, id);
        }
        secrets.madeLast(TOKEN);
        RotatePullSecrets byName = new Program(
                        cloud, secrets, Program.rule("aks-shop", Method.SECRET, PullSecretTerms.DEFAULT))
                .rotatePullSecrets;
        List<Outcome> outcomes = byName.rotate(Patience.of(Duration.ofSeconds(2)));
        assertThat(outcomes).contains(provisioned(CredentialKind.ACR_TOKEN, DUE, true, "shop"));
    }

    @Test
    void whatIsRenewedByHandIsRenewedBeforeItIsDue() {
        attach(PullSecretTerms.DEFAULT);
        secrets.pass(Duration.ofDays(1));
        assertThat(by(PullSecretTerms.DEFAULT).rotateNow(PAIR))
                .isEqualTo(provisioned(CredentialKind.ACR_TOKEN, secrets.now(), true, "shop"));
        assertThat(secrets.held(CLUSTER, REGISTRY)).isEqualTo(Map.of("shop", "password-2"));
        assertThat(secrets.passwords(TOKEN)).hasSize(1);
    }

    @Test
    void whatIsRenewedByHandIsRenewedEvenInTheMomentInWhichItWasMade() {
        attach(PullSecretTerms.DEFAULT);
        assertThat(by(PullSecretTerms.DEFAULT).rotateNow(PAIR)).isEqualTo(provisioned(true, "shop"));
        assertThat(secrets.held(CLUSTER, REGISTRY)).isEqualTo(Map.of("shop", "password-2"));
    }

    @Test
    void renewingByHandMakesNoSecretWhereThereIsNone() {
        assertThat(by(PullSecretTerms.DEFAULT).rotateNow(PAIR))
                .isEqualTo(new Outcome.Ignored(CLUSTER + " has no pull secret for " + REGISTRY
                        + "; to attach it by the method secret makes one."));
        assertThat(secrets.made()).isEmpty();
    }

    @Test
    void renewingByHandTellsThatTheIssuerMayNotBeAsked() {
        attach(PullSecretTerms.DEFAULT);
        cloud.troubles.refuse(Call.FIND_CREDENTIAL, TOKEN, NO_RIGHT);
        assertThat(by(PullSecretTerms.DEFAULT).rotateNow(PAIR)).isEqualTo(new Outcome.Refused(PAIR, NO_RIGHT));
    }

    static Stream<Call> callsOfARenewal() {
        return Stream.of(
                Call.LIST_CREDENTIALS,
                Call.FIND_CLUSTER,
                Call.FIND_REGISTRY,
                Call.LIST_NAMESPACES,
                Call.FIND_CREDENTIAL,
                Call.ADD_PASSWORD,
                Call.PROVE,
                Call.STORE,
                Call.REMOVE_PASSWORD);
    }

    /** As the timer of one instance runs, and a person calls another one. */
    @ParameterizedTest
    @MethodSource("callsOfARenewal")
    void whatIsDetachedDuringARenewalStaysDetached(Call call) {
        attachByHand(PullSecretTerms.DEFAULT);
        secrets.pass(UNTIL_DUE);
        Object about = about(call, TOKEN);
        cloud.troubles.meanwhile(
                call, about, () -> assertThat(new Program(cloud, secrets).revokePullAccess.detach(PAIR))
                        .isInstanceOf(Outcome.Revoked.class));
        new Program(cloud, secrets).rotatePullSecrets.rotate();
        assertThat(secrets.made()).isEmpty();
        assertThat(secrets.held(CLUSTER, REGISTRY)).isEmpty();
    }

    private static Object about(Call call, CredentialKey key) {
        return switch (call) {
            case FIND_CLUSTER, LIST_NAMESPACES, STORE -> CLUSTER;
            case FIND_REGISTRY, LIST_CREDENTIALS -> REGISTRY;
            default -> key;
        };
    }

    @Test
    void whatNoRuleWantsAnyMoreIsRenewedWhereItStandsAndNotSpread() {
        attach(PullSecretTerms.DEFAULT);
        secrets.namespace(CLUSTER, "web");
        secrets.pass(UNTIL_DUE);
        assertThat(new Program(cloud, secrets).rotatePullSecrets.rotate())
                .containsExactly(provisioned(CredentialKind.ACR_TOKEN, DUE, true, "shop"));
        assertThat(secrets.held(CLUSTER, REGISTRY)).isEqualTo(Map.of("shop", "password-2"));
    }

    @Test
    void whatARuleLetsInByARoleAloneIsNotSpreadBySecretEither() {
        attach(PullSecretTerms.DEFAULT);
        secrets.namespace(CLUSTER, "web");
        assertThat(new Program(cloud, secrets, Program.everything(Method.ROLE)).rotatePullSecrets.rotate())
                .containsExactly(provisioned(false, "shop"));
    }

    /** The event came when the cluster was not ready, and does not come again. */
    @Test
    void roleThatARuleWantsAndIsMissingIsGiven() {
        Program program = new Program(cloud, secrets, Program.everything(Method.ROLE));
        assertThat(program.rotatePullSecrets.rotate()).singleElement().isInstanceOf(Outcome.Granted.class);
        assertThat(program.rotatePullSecrets.rotate())
                .as("nothing is left to tell")
                .isEmpty();
        assertThat(cloud.assignments()).hasSize(1);
    }

    @Test
    void roleThatCannotBeGivenIsReported() {
        cloud.troubles.refuse(Call.ASSIGN, Samples.KUBELET, NO_RIGHT);
        assertThat(new Program(cloud, secrets, Program.everything(Method.ROLE)).rotatePullSecrets.rotate())
                .containsExactly(new Outcome.Refused(PAIR, NO_RIGHT));
    }

    /** Its notes and name are right, and this program never gave it a role: somebody else may have made it. */
    @Test
    void applicationThatIsNotProvenToBeThisProgramsGetsNothing() {
        attach(APPLICATIONS);
        cloud.disownAssignments();
        secrets.pass(UNTIL_DUE);
        assertThat(withoutRule().rotate())
                .containsExactly(new Outcome.Ignored(CLUSTER + " has no pull secret for " + REGISTRY + " any more."));
        assertThat(secrets.passwords(APPLICATION))
                .as("it holds a role, and is left alone")
                .hasSize(1);
        assertThat(secrets.held(CLUSTER, REGISTRY)).isEqualTo(Map.of("shop", "password-1"));
    }

    /** Somebody has made the assignment again, and ARM says who. */
    @Test
    void applicationThatIsNotProvenToBeThisProgramsIsReplacedWhereARuleWantsOne() {
        attach(APPLICATIONS);
        cloud.disownAssignments();
        assertThat(by(APPLICATIONS).rotate())
                .containsExactly(provisioned(CredentialKind.SERVICE_PRINCIPAL, true, "shop"));
        assertThat(cloud.assignments())
                .extracting(RoleAssignment::principal)
                .containsExactly(SmallSecrets.principalOf(APPLICATION, 2));
    }

    @Test
    void applicationThatNeverGotItsRoleIsRemoved() {
        attach(APPLICATIONS);
        cloud.removeAssignments();
        assertThat(withoutRule().rotate())
                .containsExactly(
                        new Outcome.Ignored(CLUSTER + " has no pull secret for " + REGISTRY + " any more."),
                        revoked("the credential " + APPLICATION.name()));
        assertThat(secrets.made()).isEmpty();
    }

    /** A rule by role, which names applications all the same. */
    private RotatePullSecrets withoutRule() {
        return new Program(cloud, secrets, Program.everything(Method.ROLE, APPLICATIONS)).rotatePullSecrets;
    }

    /** Under a rule by auto whose role does: whoever names the pair in something of hers gets no password into the cluster. */
    @ParameterizedTest
    @EnumSource(CredentialKind.class)
    void plantedCredentialMakesNoSecretWhereARoleDoes(CredentialKind kind) {
        Program program = new Program(cloud, secrets, Program.everything(Method.AUTO));
        assertThat(program.ensurePullAccess.ensure(PAIR, Optional.empty())).isInstanceOf(Outcome.Granted.class);
        CredentialKey planted = new CredentialKey(PAIR, kind);
        secrets.namespace(CLUSTER, "hers");
        secrets.plant(planted, CLUSTER, "hers");
        secrets.empty(CLUSTER, "hers");
        program.rotatePullSecrets.rotate();
        assertThat(secrets.held(CLUSTER, REGISTRY)).isEmpty();
        assertThat(secrets.made()).doesNotContain(kind == CredentialKind.ACR_TOKEN ? APPLICATION : TOKEN);
    }

    /** An administrator has narrowed the role on purpose. */
    @ParameterizedTest
    @EnumSource(CredentialKind.class)
    void plantedCredentialLeadsNotRoundACondition(CredentialKind kind) {
        cloud.put(Samples.assignment(Samples.KUBELET, PullRole.ACR_PULL, REGISTRY.toString(), "only backend/"));
        Program program = new Program(cloud, secrets, Program.everything(Method.AUTO));
        secrets.plant(new CredentialKey(PAIR, kind), CLUSTER, "shop");
        secrets.empty(CLUSTER, "shop");
        program.rotatePullSecrets.rotate();
        assertThat(secrets.held(CLUSTER, REGISTRY)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(CredentialKind.class)
    void plantedCredentialLeadsNotRoundALock(CredentialKind kind) {
        Problem locked = problem(Kind.LOCKED);
        cloud.troubles.refuse(Call.ASSIGN, Samples.KUBELET, locked);
        Program program = new Program(cloud, secrets, Program.everything(Method.AUTO));
        secrets.plant(new CredentialKey(PAIR, kind), CLUSTER, "shop");
        secrets.empty(CLUSTER, "shop");
        assertThat(program.rotatePullSecrets.rotate()).contains(new Outcome.Refused(PAIR, locked));
        assertThat(secrets.held(CLUSTER, REGISTRY)).isEmpty();
    }

    /** Whoever can write tokens at the registry and secrets in one namespace makes a second credential of a pair. */
    @Test
    void credentialInUseIsNotTakenBackForAnotherOneThatNoRuleWants() {
        attach(APPLICATIONS);
        secrets.namespace(CLUSTER, "hers");
        secrets.plant(TOKEN, CLUSTER, "hers");
        withoutRule().rotate();
        assertThat(secrets.made()).contains(APPLICATION);
        assertThat(cloud.assignments()).hasSize(1);
        assertThat(secrets.held(CLUSTER, REGISTRY)).containsEntry("shop", "password-1");
    }

    /** Of a cluster that hangs, a stranger could name hundreds. */
    @Test
    void clusterIsNotLookedIntoForAnApplicationThatIsNotProven() {
        attach(APPLICATIONS);
        cloud.removeAssignments();
        cloud.troubles.unavailable(Call.LIST_NAMESPACES, CLUSTER, BUSY, Optional.empty());
        assertThat(withoutRule().rotate())
                .containsExactly(
                        new Outcome.Ignored(CLUSTER + " has no pull secret for " + REGISTRY + " any more."),
                        revoked("the credential " + APPLICATION.name()));
    }

    @Test
    void serviceAccountsThatComeLaterGetTheirReferenceAndLoseItWhenTheRuleWantsThemNoMore() {
        attach(referredToBy("web-*"));
        secrets.account(CLUSTER, "shop", "web-1");
        secrets.account(CLUSTER, "shop", "builder");
        assertThat(by(referredToBy("web-*")).rotate()).containsExactly(provisioned(true, "shop"));
        assertThat(secrets.added(CLUSTER, "shop")).containsExactly("web-1");
        assertThat(by(referredToBy("web-*")).rotate()).containsExactly(provisioned(false, "shop"));
        withoutRule().rotate();
        assertThat(secrets.added(CLUSTER, "shop")).as("without a rule").containsExactly("web-1");
        assertThat(by(referredToBy("builder")).rotate()).containsExactly(provisioned(true, "shop"));
        assertThat(secrets.added(CLUSTER, "shop")).containsExactly("builder");
    }

    private static PullSecretTerms referredToBy(String pattern) {
        PullSecretTerms terms = PullSecretTerms.DEFAULT;
        return new PullSecretTerms(
                terms.kind(),
                terms.repositories(),
                terms.namespaces(),
                ServiceAccountPatterns.of(List.of(pattern)),
                terms.lifetime(),
                terms.renewAfter());
    }

    @Test
    void applicationThatOthersHaveAHandInIsReplacedWhereARuleWantsIt() {
        attach(APPLICATIONS);
        secrets.pass(UNTIL_DUE);
        UUID tainted = SmallSecrets.principalOf(APPLICATION);
        Problem hands = problem(Kind.FOREIGN_CREDENTIAL);
        cloud.troubles.refuse(Call.VOUCH, tainted, hands);
        assertThat(by(APPLICATIONS).rotate())
                .singleElement()
                .isInstanceOfSatisfying(Outcome.Provisioned.class, done -> assertThat(done.notes())
                        .containsExactly(hands));
        assertThat(cloud.assignments())
                .extracting(RoleAssignment::principal)
                .containsExactly(SmallSecrets.principalOf(APPLICATION, 2));
        assertThat(secrets.held(CLUSTER, REGISTRY)).isEqualTo(Map.of("shop", "password-2"));
    }

    @Test
    void applicationThatOthersHaveAHandInIsToldWhereNoRuleWantsIt() {
        attach(APPLICATIONS);
        secrets.pass(UNTIL_DUE);
        Problem hands = problem(Kind.FOREIGN_CREDENTIAL);
        cloud.troubles.refuse(Call.VOUCH, SmallSecrets.principalOf(APPLICATION), hands);
        assertThat(new Program(cloud, secrets, Program.everything(Method.ROLE, APPLICATIONS))
                        .rotatePullSecrets.rotate())
                .containsExactly(new Outcome.Refused(PAIR, hands));
        assertThat(secrets.passwords(APPLICATION)).hasSize(1);
    }

    @Test
    void renewalByHandThatLeavesAPasswordAliveIsRefused() {
        secrets.namespace(CLUSTER, "web");
        new Program(cloud, secrets, Program.everything(Method.SECRET)).ensurePullAccess.ensure(PAIR, Optional.empty());
        cloud.troubles.refuse(Call.STORE, "web", NO_RIGHT);
        assertThat(by(PullSecretTerms.DEFAULT).rotateNow(PAIR))
                .isInstanceOfSatisfying(Outcome.Refused.class, refused -> {
                    assertThat(refused.problem().kind()).isEqualTo(Kind.PREVIOUS_PASSWORD);
                    assertThat(refused.namespaces()).hasSize(2);
                });
    }

    private void attachByHand(PullSecretTerms terms) {
        assertThat(new Program(cloud, secrets).ensurePullAccess.ensure(PAIR, Optional.of(Method.SECRET)))
                .isEqualTo(provisioned(terms.kind(), true, "shop"));
    }

    /** What no rule wants is renewed where it is in use: that somebody keeps the pair out of the rules ends no pull. */
    @Test
    void whatIsKeptOutOfTheRulesIsRenewedWhereItStandsAndNotSpread() {
        attach(PullSecretTerms.DEFAULT);
        secrets.pass(UNTIL_DUE);
        secrets.namespace(CLUSTER, "web");
        RotatePullSecrets use = new Program(
                        cloud, secrets, Program.except(Program.everything(Method.SECRET), "aks-shop/acrshop"))
                .rotatePullSecrets;
        assertThat(use.rotate()).containsExactly(provisioned(CredentialKind.ACR_TOKEN, DUE, true, "shop"));
        assertThat(secrets.held(CLUSTER, REGISTRY)).containsOnlyKeys("shop");
    }

    private void attach(PullSecretTerms terms) {
        assertThat(new Program(cloud, secrets, Program.everything(Method.SECRET, terms))
                        .ensurePullAccess.ensure(PAIR, Optional.empty()))
                .isEqualTo(provisioned(terms.kind(), true, "shop"));
    }

    private RotatePullSecrets by(PullSecretTerms terms) {
        return new Program(cloud, secrets, Program.everything(Method.SECRET, terms)).rotatePullSecrets;
    }

    private static Arguments given(String since, BiConsumer<SmallCloud, SmallSecrets> change, Outcome... expected) {
        return Arguments.of(since, change, List.of(expected));
    }
}
