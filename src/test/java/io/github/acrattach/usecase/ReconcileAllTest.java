package io.github.acrattach.usecase;

import static io.github.acrattach.domain.Samples.CLUSTER;
import static io.github.acrattach.domain.Samples.GRANT;
import static io.github.acrattach.domain.Samples.KUBELET;
import static io.github.acrattach.domain.Samples.REGISTRY;
import static io.github.acrattach.domain.Samples.SUBSCRIPTION;
import static io.github.acrattach.domain.Samples.problem;
import static io.github.acrattach.usecase.Expected.APPLICATION;
import static io.github.acrattach.usecase.Expected.GRANTED;
import static io.github.acrattach.usecase.Expected.PAIR;
import static io.github.acrattach.usecase.Expected.TOKEN;
import static io.github.acrattach.usecase.Expected.cluster;
import static io.github.acrattach.usecase.Expected.defect;
import static io.github.acrattach.usecase.Expected.provisioned;
import static io.github.acrattach.usecase.Expected.revoked;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.acrattach.domain.Cluster;
import io.github.acrattach.domain.Outcome;
import io.github.acrattach.domain.Pairing;
import io.github.acrattach.domain.PairingRule;
import io.github.acrattach.domain.PairingRule.Method;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.Problem.Kind;
import io.github.acrattach.domain.PullGrant;
import io.github.acrattach.domain.PullIdentity;
import io.github.acrattach.domain.PullRole;
import io.github.acrattach.domain.PullSecretTerms;
import io.github.acrattach.domain.Samples;
import io.github.acrattach.usecase.Troubles.Hanging;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(30)
class ReconcileAllTest {

    private static final PairingRule BY_ROLE = Program.everything(Method.ROLE);
    private static final PairingRule BY_TOKEN = Program.everything(Method.SECRET);
    private static final PairingRule BY_APPLICATION = Program.everything(Method.SECRET, Program.APPLICATIONS);
    private static final PairingRule FOR_OTHERS = Program.rule("other-*", Method.ROLE, PullSecretTerms.DEFAULT);

    private static final Outcome ALREADY =
            new Outcome.AlreadyGranted(PAIR, GRANT, Samples.given(SmallCloud.made(GRANT)));
    private static final Outcome ROLE_GONE =
            revoked("the role assignment " + SmallCloud.made(GRANT).id());
    private static final Outcome SECRET_GONE =
            revoked("the secret acr-attach-acrshop in namespace shop", "the credential " + TOKEN.name());
    private static final Outcome LEFT_OVER = new Outcome.Ignored("No rule pairs " + CLUSTER + " with " + REGISTRY
            + ", but this program made something for them. Reconcile with \"revoke\": true takes it back.");
    private static final Problem NO_RIGHT = problem(Kind.MISSING_RIGHT);
    private static final Problem BUSY = problem(Kind.THROTTLED);

    private final SmallCloud cloud = SmallCloud.sample();
    private final SmallSecrets secrets = new SmallSecrets(cloud);

    ReconcileAllTest() {
        secrets.namespace(CLUSTER, "shop");
    }

    @Test
    void secretOfNodesThatMayNotSignInByTheirRoleIsNotTakenBack() {
        attach(BY_TOKEN);
        granted(this);
        cloud.put(Expected.takingNoArmTokens());
        for (String version : List.of("1.28.9", "1.31.9")) {
            cloud.put(Expected.running(version));
            assertThat(by(BY_ROLE).reconcile(true))
                    .singleElement()
                    .isInstanceOfSatisfying(Outcome.AlreadyGranted.class, already -> assertThat(already.notes())
                            .hasSize(1));
        }
        assertThat(secrets.held(CLUSTER, REGISTRY)).containsOnlyKeys("shop");
        cloud.put(Expected.running("1.33.5"));
        assertThat(by(BY_ROLE).reconcile(true)).containsExactly(ALREADY, SECRET_GONE);
    }

    /** What there is, the rule, and how it ends: when it is told only, and when it is taken back too. */
    static Stream<Arguments> rounds() {
        PullGrant byApplication =
                new PullGrant(CLUSTER, REGISTRY, SmallSecrets.principalOf(APPLICATION), PullRole.ACR_PULL);
        return Stream.of(
                given("nothing is made", BY_ROLE, test -> {}, List.of(GRANTED), List.of(GRANTED)),
                given("it is granted", BY_ROLE, ReconcileAllTest::granted, List.of(ALREADY), List.of(ALREADY)),
                given(
                        "it is granted, and no rule wants it",
                        FOR_OTHERS,
                        ReconcileAllTest::granted,
                        List.of(LEFT_OVER),
                        List.of(ROLE_GONE)),
                given(
                        "it is granted for a cluster that is gone",
                        BY_ROLE,
                        test -> {
                            granted(test);
                            test.cloud.delete(CLUSTER);
                        },
                        List.of(LEFT_OVER),
                        List.of(ROLE_GONE)),
                given("no pair, and nothing made", FOR_OTHERS, test -> {}, List.of(), List.of()),
                given(
                        "it is provisioned",
                        BY_TOKEN,
                        test -> test.attach(BY_TOKEN),
                        List.of(provisioned(false, "shop")),
                        List.of(provisioned(false, "shop"))),
                given(
                        "it is provisioned, and no rule wants it",
                        FOR_OTHERS,
                        test -> test.attach(BY_TOKEN),
                        List.of(LEFT_OVER),
                        List.of(SECRET_GONE)),
                given(
                        "it is provisioned, and now wanted by role",
                        BY_ROLE,
                        test -> test.attach(BY_TOKEN),
                        List.of(GRANTED),
                        List.of(GRANTED)),
                given(
                        "it is provisioned, and now granted too",
                        BY_ROLE,
                        test -> {
                            test.attach(BY_TOKEN);
                            granted(test);
                        },
                        List.of(ALREADY),
                        List.of(ALREADY, SECRET_GONE)),
                given(
                        "it is provisioned by an application, and now wanted by a token",
                        BY_TOKEN,
                        test -> test.attach(BY_APPLICATION),
                        List.of(provisioned(true, "shop")),
                        List.of(
                                provisioned(true, "shop"),
                                revoked(
                                        "the role assignment "
                                                + SmallCloud.made(byApplication).id(),
                                        "the credential " + APPLICATION.name()))),
                given(
                        "the grant is refused",
                        BY_ROLE,
                        test -> test.cloud.troubles.refuse(Call.ASSIGN, KUBELET, NO_RIGHT),
                        List.of(new Outcome.Refused(PAIR, NO_RIGHT)),
                        List.of(new Outcome.Refused(PAIR, NO_RIGHT))),
                given(
                        "a defect ends the grant",
                        BY_ROLE,
                        test -> test.cloud.troubles.fail(Call.ASSIGN, KUBELET, new IllegalStateException("No.")),
                        List.of(defect(PAIR)),
                        List.of(defect(PAIR))),
                given(
                        "the registry's assignments cannot be read",
                        BY_ROLE,
                        test -> test.cloud.troubles.unavailable(
                                Call.LIST_ASSIGNMENTS, REGISTRY, BUSY, Optional.empty()),
                        List.of(
                                new Outcome.Postponed(PAIR, BUSY),
                                new Outcome.Postponed(Optional.empty(), BUSY, Optional.empty())),
                        List.of(
                                new Outcome.Postponed(PAIR, BUSY),
                                new Outcome.Postponed(Optional.empty(), BUSY, Optional.empty()))),
                given(
                        "it is granted, but clusters may not be listed",
                        BY_ROLE,
                        test -> {
                            granted(test);
                            test.cloud.troubles.refuse(Call.LIST_CLUSTERS, SUBSCRIPTION, NO_RIGHT);
                        },
                        List.of(new Outcome.Refused(NO_RIGHT), unlisted()),
                        List.of(new Outcome.Refused(NO_RIGHT), unlisted())),
                given(
                        "it is granted, but clusters may neither be listed nor read",
                        BY_ROLE,
                        test -> {
                            granted(test);
                            test.cloud.troubles.refuse(Call.LIST_CLUSTERS, SUBSCRIPTION, NO_RIGHT);
                            test.cloud.troubles.refuse(Call.FIND_CLUSTER, CLUSTER, BUSY);
                        },
                        List.of(new Outcome.Refused(NO_RIGHT), new Outcome.Refused(PAIR, BUSY)),
                        List.of(new Outcome.Refused(NO_RIGHT), new Outcome.Refused(PAIR, BUSY))),
                given(
                        "registries may not be listed",
                        BY_ROLE,
                        test -> test.cloud.troubles.refuse(Call.LIST_REGISTRIES, SUBSCRIPTION, NO_RIGHT),
                        List.of(new Outcome.Refused(NO_RIGHT)),
                        List.of(new Outcome.Refused(NO_RIGHT))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rounds")
    void whatNoRuleWantsIsToldOnly(
            String given, PairingRule rule, Consumer<ReconcileAllTest> arrange, List<Outcome> told) {
        arrange.accept(this);
        assertThat(by(rule).reconcile(false)).as(given).isEqualTo(told);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rounds")
    void whatNoRuleWantsIsTakenBack(
            String given,
            PairingRule rule,
            Consumer<ReconcileAllTest> arrange,
            List<Outcome> told,
            List<Outcome> takenBack) {
        arrange.accept(this);
        assertThat(by(rule).reconcile(true)).as(given).isEqualTo(takenBack);
    }

    /** Somebody has decided about it: what is done for all at once is not what takes it back. */
    @Test
    void whatIsKeptOutOfTheRulesIsNeitherAttachedNorTakenBack() {
        attach(BY_TOKEN);
        granted(this);
        PairingRule without = Program.except(BY_TOKEN, "aks-shop/acrshop");
        for (boolean revoke : List.of(false, true)) {
            assertThat(by(without).reconcile(revoke)).singleElement().satisfies(outcome -> assertThat(
                            ((Outcome.Ignored) outcome).reason())
                    .contains("ACR_ATTACH_RULES_ALL_EXCLUDED_PAIRS", "POST /api/detach"));
        }
        assertThat(secrets.made()).containsExactly(TOKEN);
        assertThat(cloud.assignments()).containsExactly(SmallCloud.made(GRANT));
        assertThat(by(Program.except(BY_ROLE, "*/acrother")).reconcile(false))
                .as("another pair")
                .containsExactly(ALREADY);
    }

    @Test
    void whatIsToldOnlyStays() {
        attach(BY_TOKEN);
        granted(this);
        by(FOR_OTHERS).reconcile(false);
        assertThat(secrets.made()).containsExactly(TOKEN);
        assertThat(cloud.assignments()).containsExactly(SmallCloud.made(GRANT));
    }

    @Test
    void pairThatHangsIsPostponedWhenTheTimeForAllIsOver() throws InterruptedException {
        Cluster other = cluster("aks-other", new PullIdentity.Kubelet(new UUID(7, 7)));
        PullGrant grant = new PullGrant(other.id(), REGISTRY, new UUID(7, 7), PullRole.ACR_PULL);
        Outcome expected = new Outcome.Granted(new Pairing(other.id(), REGISTRY), grant);
        Hanging hanging = cloud.troubles.hang(Call.ASSIGN, KUBELET);
        List<Outcome> outcomes = EnoughTime.of(
                patience -> {
                    cloud.delete(REGISTRY);
                    cloud.put(Samples.registry());
                    cloud.put(other);
                    return by(BY_ROLE).reconcile(false, patience);
                },
                ended -> hanging.isBegun() && ended.contains(expected));
        assertThat(outcomes).startsWith(expected, new Outcome.Postponed(PAIR, Expected.OUT_OF_TIME));
        hanging.awaitInterrupt();
    }

    private static void granted(ReconcileAllTest test) {
        test.cloud.put(SmallCloud.made(GRANT));
    }

    private void attach(PairingRule rule) {
        new Program(cloud, secrets, rule).ensurePullAccess.ensure(PAIR, Optional.empty());
        assertThat(secrets.held(CLUSTER, REGISTRY)).containsOnlyKeys("shop");
    }

    private ReconcileAll by(PairingRule rule) {
        return new Program(cloud, secrets, rule).reconcileAll;
    }

    private static Outcome unlisted() {
        return new Outcome.Ignored(CLUSTER + " and " + REGISTRY
                + " are paired by a rule, but could not be listed; they are left as they are.");
    }

    private static Arguments given(
            String what,
            PairingRule rule,
            Consumer<ReconcileAllTest> arrange,
            List<Outcome> told,
            List<Outcome> takenBack) {
        return Arguments.of(what, rule, arrange, told, takenBack);
    }
}
