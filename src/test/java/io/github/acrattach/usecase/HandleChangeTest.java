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
import static io.github.acrattach.usecase.Expected.defect;
import static io.github.acrattach.usecase.Expected.provisioned;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.Change;
import io.github.acrattach.domain.Cluster;
import io.github.acrattach.domain.Outcome;
import io.github.acrattach.domain.Pairing;
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
import io.github.acrattach.domain.Samples;
import io.github.acrattach.domain.Selector;
import io.github.acrattach.usecase.Troubles.Hanging;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(30)
class HandleChangeTest {

    private static final Change CLUSTER_WRITTEN = new Change.ClusterWritten(CLUSTER);
    private static final Change REGISTRY_WRITTEN = new Change.RegistryWritten(REGISTRY);

    private static final String WHAT_STAYS =
            " What this program made for it before, if anything, stays: POST /api/reconcile"
                    + " with \"revoke\": true takes back what no rule pairs.";

    private static final Problem NO_RIGHT = problem(Kind.MISSING_RIGHT);
    private static final Problem BUSY = problem(Kind.THROTTLED);
    private static final Optional<Duration> SOON = Optional.of(Duration.ofSeconds(7));

    private final SmallCloud cloud = SmallCloud.sample();
    private final SmallSecrets secrets = new SmallSecrets(cloud);

    /** What is there, what happens, and how it ends for each pair that a rule makes by role. */
    static Stream<Arguments> changes() {
        return Stream.of(
                given("a cluster has come", CLUSTER_WRITTEN, cloud -> {}, GRANTED),
                given("a registry has come", REGISTRY_WRITTEN, cloud -> {}, GRANTED),
                given(
                        "it is granted already",
                        CLUSTER_WRITTEN,
                        cloud -> cloud.put(SmallCloud.made(GRANT)),
                        new Outcome.AlreadyGranted(PAIR, GRANT, Samples.given(SmallCloud.made(GRANT)))),
                given(
                        "there is a second registry",
                        CLUSTER_WRITTEN,
                        cloud -> cloud.put(registry("acrother")),
                        new Outcome.Granted(
                                new Pairing(CLUSTER, registry("acrother").id()),
                                new PullGrant(CLUSTER, registry("acrother").id(), KUBELET, PullRole.ACR_PULL)),
                        GRANTED),
                given(
                        "the cluster is gone by now",
                        CLUSTER_WRITTEN,
                        cloud -> cloud.delete(CLUSTER),
                        new Outcome.Ignored(CLUSTER + " is gone by now.")),
                given(
                        "the registry is gone by now",
                        REGISTRY_WRITTEN,
                        cloud -> cloud.delete(REGISTRY),
                        new Outcome.Ignored(REGISTRY + " is gone by now.")),
                given(
                        "an operation on the cluster failed",
                        CLUSTER_WRITTEN,
                        cloud -> cloud.put(cluster(ProvisioningState.FAILED)),
                        GRANTED),
                given(
                        "the registry is being updated",
                        REGISTRY_WRITTEN,
                        cloud -> cloud.put(Samples.registry(ProvisioningState.IN_PROGRESS, Optional.empty())),
                        GRANTED),
                given(
                        "the cluster is stopped",
                        CLUSTER_WRITTEN,
                        cloud -> cloud.put(cluster(PowerState.STOPPED)),
                        GRANTED),
                given(
                        "the cluster is being deleted",
                        CLUSTER_WRITTEN,
                        cloud -> cloud.put(cluster(ProvisioningState.DELETING)),
                        new Outcome.Ignored(CLUSTER + " is gone or being deleted.")),
                given(
                        "there is no registry",
                        CLUSTER_WRITTEN,
                        cloud -> cloud.delete(REGISTRY),
                        new Outcome.Ignored("No rule pairs " + CLUSTER + " with anything that exists." + WHAT_STAYS)),
                given(
                        "the cluster may not be read",
                        CLUSTER_WRITTEN,
                        cloud -> cloud.troubles.refuse(Call.FIND_CLUSTER, CLUSTER, NO_RIGHT),
                        new Outcome.Refused(NO_RIGHT)),
                given(
                        "registries may not be listed",
                        CLUSTER_WRITTEN,
                        cloud -> cloud.troubles.refuse(Call.LIST_REGISTRIES, SUBSCRIPTION, NO_RIGHT),
                        new Outcome.Refused(NO_RIGHT)),
                given(
                        "the cluster cannot be read now",
                        CLUSTER_WRITTEN,
                        cloud -> cloud.troubles.unavailable(Call.FIND_CLUSTER, CLUSTER, BUSY, SOON),
                        new Outcome.Postponed(Optional.empty(), BUSY, SOON)),
                given(
                        "clusters cannot be listed now",
                        REGISTRY_WRITTEN,
                        cloud -> cloud.troubles.unavailable(Call.LIST_CLUSTERS, SUBSCRIPTION, BUSY, SOON),
                        new Outcome.Postponed(Optional.empty(), BUSY, SOON)),
                given(
                        "the assignments at the registry may not be read",
                        REGISTRY_WRITTEN,
                        cloud -> cloud.troubles.refuse(Call.LIST_ASSIGNMENTS, REGISTRY, NO_RIGHT),
                        new Outcome.Refused(PAIR, NO_RIGHT)),
                given(
                        "the grant is refused",
                        CLUSTER_WRITTEN,
                        cloud -> cloud.troubles.refuse(Call.ASSIGN, KUBELET, NO_RIGHT),
                        new Outcome.Refused(PAIR, NO_RIGHT)),
                given(
                        "a cluster is deleted of which nothing is left",
                        new Change.Deleted(CLUSTER),
                        cloud -> cloud.delete(CLUSTER),
                        new Outcome.Ignored(
                                CLUSTER + " is gone, and nothing is left of it that a rule made with what is"
                                        + " still there. What else is left, the timer takes back.")),
                given(
                        "something else happens",
                        new Change.Irrelevant("It is a disk."),
                        cloud -> {},
                        new Outcome.Ignored("It is a disk.")));
    }

    @Test
    void secretOfAStoppedClusterIsNoReasonToComeAgainAndIsMadeAfterTheStart() {
        secrets.namespace(CLUSTER, "shop");
        HandleChange handleChange = new Program(cloud, secrets, Program.everything(Method.SECRET)).handleChange;
        for (PowerState power : List.of(PowerState.STOPPED, PowerState.STOPPING)) {
            cloud.put(cluster(power));
            assertThat(handleChange.ofOneDelivery().apply(CLUSTER_WRITTEN))
                    .singleElement()
                    .isInstanceOfSatisfying(
                            Outcome.Refused.class,
                            refused -> assertThat(refused.problem().kind()).isEqualTo(Kind.CLUSTER_STOPPED));
        }
        assertThat(secrets.made()).isEmpty();
        cloud.put(cluster(PowerState.RUNNING));
        assertThat(handleChange.ofOneDelivery().apply(CLUSTER_WRITTEN))
                .containsExactly(Expected.provisioned(true, "shop"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void changes(String given, Change change, Consumer<SmallCloud> arrange, List<Outcome> expected) {
        arrange.accept(cloud);
        assertThat(byRule("*").ofOneDelivery().apply(change)).as(given).isEqualTo(expected);
    }

    /** The way that the rule names, whether the role is refused, and how it ends. */
    static Stream<Arguments> ways() {
        return Stream.of(
                Arguments.of(Method.ROLE, false, GRANTED),
                Arguments.of(Method.ROLE, true, new Outcome.Refused(PAIR, NO_RIGHT)),
                Arguments.of(Method.AUTO, false, GRANTED),
                Arguments.of(Method.AUTO, true, provisioned(true, "shop").insteadOfRole(Optional.of(NO_RIGHT))),
                Arguments.of(Method.SECRET, false, provisioned(true, "shop")));
    }

    @ParameterizedTest(name = "{0}, role refused: {1}")
    @MethodSource
    void ways(Method method, boolean roleIsRefused, Outcome expected) {
        secrets.namespace(CLUSTER, "shop");
        if (roleIsRefused) {
            cloud.troubles.refuse(Call.ASSIGN, KUBELET, NO_RIGHT);
        }
        HandleChange use = new Program(cloud, secrets, Program.everything(method)).handleChange;
        assertThat(use.ofOneDelivery().apply(CLUSTER_WRITTEN)).containsExactly(expected);
    }

    @Test
    void firstRuleOfSeveralCounts() {
        secrets.namespace(CLUSTER, "shop");
        PairingRule first = new PairingRule(
                "first",
                Selector.of(List.of(), List.of(), List.of("*"), List.of()),
                Selector.of(List.of(), List.of(), List.of("acrshop"), List.of()),
                List.of(),
                Method.SECRET,
                PullSecretTerms.DEFAULT);
        assertThat(new Program(cloud, secrets, first, rule("*"))
                        .handleChange
                        .ofOneDelivery()
                        .apply(CLUSTER_WRITTEN))
                .containsExactly(provisioned(true, "shop"));
    }

    /** A tag that is set on it is an event of its own: that must not be what lets it in again. */
    @Test
    void tagKeepsAClusterOutOfEveryRule() {
        cloud.put(tagged(Map.of("team", "shop", "ACR-Attach", "off")));
        assertThat(byRule("*").ofOneDelivery().apply(CLUSTER_WRITTEN))
                .singleElement()
                .satisfies(outcome -> assertThat(reason(outcome))
                        .contains("The tag acr-attach=off of aks-shop", "acrshop", "POST /api/detach"));
        assertThat(byRule("*").ofOneDelivery().apply(REGISTRY_WRITTEN)).hasSize(1);
        assertThat(cloud.assignments()).isEmpty();
    }

    @Test
    void settingKeepsOnePairApartAndTheOthersGoOn() {
        cloud.put(registry("acrother"));
        cloud.put(registry("acrthird"));
        PairingRule rule = Program.except(rule("*"), "aks-shop/acro*", "aks-shop/acrthird");
        List<Outcome> outcomes =
                new Program(cloud, secrets, rule).handleChange.ofOneDelivery().apply(CLUSTER_WRITTEN);
        assertThat(outcomes).hasSize(2).contains(GRANTED);
        assertThat(reason(outcomes.get(1)))
                .startsWith("The setting ACR_ATTACH_RULES_ALL_EXCLUDED_PAIRS keeps aks-shop and acrother, and 1 more"
                        + " such pairs, apart.");
    }

    /** Whoever takes a tag away, or changes it, does not take the role away: that is asked for. */
    @Test
    void roleStandsWhenTheTagThatJoinedIsTakenAway() {
        PairingRule joined = new PairingRule(
                "team",
                Selector.of(List.of(), List.of(), List.of("*"), List.of()),
                Selector.of(List.of(), List.of(), List.of("*"), List.of()),
                List.of("team"),
                Method.ROLE,
                PullSecretTerms.DEFAULT);
        HandleChange use = new Program(cloud, secrets, joined).handleChange;
        assertThat(use.ofOneDelivery().apply(CLUSTER_WRITTEN)).containsExactly(GRANTED);
        cloud.put(tagged(Map.of()));
        assertThat(use.ofOneDelivery().apply(CLUSTER_WRITTEN))
                .singleElement()
                .satisfies(outcome -> assertThat(reason(outcome)).endsWith(WHAT_STAYS));
        assertThat(cloud.assignments()).containsExactly(SmallCloud.made(GRANT));
    }

    /** Nobody tells this program why a role is gone; docs/operations.md says how to keep it away. */
    @Test
    void roleThatSomebodyTookAwayByHandIsGivenAgainUnlessThePairIsKeptOut() {
        assertThat(byRule("*").ofOneDelivery().apply(CLUSTER_WRITTEN)).containsExactly(GRANTED);
        cloud.removeAssignments();
        assertThat(byRule("*").ofOneDelivery().apply(CLUSTER_WRITTEN)).containsExactly(GRANTED);
        cloud.removeAssignments();
        cloud.put(tagged(Map.of("acr-attach", "off")));
        byRule("*").ofOneDelivery().apply(CLUSTER_WRITTEN);
        assertThat(cloud.assignments()).isEmpty();
    }

    private static String reason(Outcome outcome) {
        return ((Outcome.Ignored) outcome).reason();
    }

    private static Cluster tagged(Map<String, String> tags) {
        Cluster sample = cluster(ProvisioningState.SUCCEEDED);
        return Samples.cluster(sample.id(), tags, sample.state(), sample.identity(), sample.apiServer());
    }

    @Test
    void whatNoRuleSelectsIsNotEvenRead() {
        cloud.troubles.fail(Call.FIND_CLUSTER, CLUSTER, new IllegalStateException("It was asked."));
        assertThat(byRule("other-*").ofOneDelivery().apply(CLUSTER_WRITTEN))
                .containsExactly(new Outcome.Ignored("No rule selects the cluster " + CLUSTER + "."));
    }

    @Test
    void oneOfFortyPairsHoldsUpNoOther() throws InterruptedException {
        List<Cluster> clusters = forty();
        FortyPairs ended =
                EnoughTime.of(patience -> fortyPairs(clusters, patience), FortyPairs::hadTimeForWhatDoesNotHang);
        List<Outcome> expected = new ArrayList<>(clusters.stream()
                .<Outcome>map(cluster -> new Outcome.Granted(pairing(cluster), grant(cluster)))
                .toList());
        expected.set(3, new Outcome.Postponed(pairing(clusters.get(3)), Expected.OUT_OF_TIME));
        expected.set(11, defect(pairing(clusters.get(11))));
        expected.set(24, new Outcome.Refused(pairing(clusters.get(24)), NO_RIGHT));
        expected.set(39, new Outcome.Postponed(Optional.of(pairing(clusters.get(39))), BUSY, SOON));
        assertThat(ended.outcomes()).containsExactlyElementsOf(expected);
        ended.hanging().awaitInterrupt();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(ended.assignments()).isEqualTo(36);
    }

    private record FortyPairs(List<Outcome> outcomes, Hanging hanging, int assignments) {

        boolean hadTimeForWhatDoesNotHang() {
            List<Problem> lackOfTime = List.of(Expected.OUT_OF_TIME, Expected.NOT_REACHED);
            return hanging.isBegun()
                    && outcomes.stream()
                                    .filter(outcome -> outcome.trouble()
                                            .filter(lackOfTime::contains)
                                            .isPresent())
                                    .count()
                            == 1;
        }
    }

    private static FortyPairs fortyPairs(List<Cluster> clusters, Patience patience) {
        SmallCloud cloud = SmallCloud.sample();
        clusters.forEach(cloud::put);
        Hanging hanging = cloud.troubles.hang(Call.ASSIGN, principal(3));
        cloud.troubles.fail(Call.ASSIGN, principal(11), new IllegalStateException("A defect."));
        cloud.troubles.refuse(Call.ASSIGN, principal(24), NO_RIGHT);
        cloud.troubles.unavailable(Call.ASSIGN, principal(39), BUSY, SOON);
        List<Outcome> outcomes = new Program(cloud, new SmallSecrets(cloud), rule("fleet-*"))
                .handleChange.handle(REGISTRY_WRITTEN, patience);
        return new FortyPairs(outcomes, hanging, cloud.assignments().size());
    }

    @Test
    void fortyPairsThatAllHangEndTogetherWithTheTime() {
        List<Cluster> clusters = forty();
        clusters.forEach(cloud::put);
        IntStream.range(0, 40).forEach(i -> cloud.troubles.hang(Call.ASSIGN, principal(i)));
        List<Outcome> outcomes =
                EnoughTime.of(patience -> byRule("fleet-*").handle(REGISTRY_WRITTEN, patience), ended -> problems(ended)
                        .contains(Expected.OUT_OF_TIME));
        assertThat(outcomes)
                .extracting(outcome -> outcome.pairing().orElseThrow())
                .containsExactlyElementsOf(
                        clusters.stream().map(HandleChangeTest::pairing).toList());
        assertThat(problems(outcomes)).containsOnly(Expected.OUT_OF_TIME, Expected.NOT_REACHED);
        assertThat(cloud.assignments()).isEmpty();
    }

    private static List<Problem> problems(List<Outcome> outcomes) {
        return outcomes.stream()
                .filter(outcome -> outcome.pairing().isPresent())
                .map(outcome -> outcome.postponed().orElseThrow().problem())
                .toList();
    }

    @Test
    void changeOfWhichNothingCanBeReadInTimeIsPostponed() {
        cloud.troubles.hang(Call.FIND_CLUSTER, CLUSTER);
        List<Outcome> outcomes = byRule("*").handle(CLUSTER_WRITTEN, Patience.of(Duration.ofMillis(50)));
        assertThat(outcomes)
                .containsExactly(new Outcome.Postponed(Optional.empty(), Expected.OUT_OF_TIME, Optional.empty()));
    }

    private HandleChange byRule(String clusters) {
        return new Program(cloud, secrets, rule(clusters)).handleChange;
    }

    private static PairingRule rule(String clusters) {
        return Program.rule(clusters, Method.ROLE, PullSecretTerms.DEFAULT);
    }

    private static List<Cluster> forty() {
        return IntStream.range(0, 40)
                .mapToObj(i -> cluster("fleet-%02d".formatted(i), new PullIdentity.Kubelet(principal(i))))
                .toList();
    }

    private static UUID principal(int number) {
        return new UUID(7, number + 1);
    }

    private static Pairing pairing(Cluster cluster) {
        return new Pairing(cluster.id(), REGISTRY);
    }

    private static PullGrant grant(Cluster cluster) {
        UUID principal = ((PullIdentity.Kubelet) cluster.identity()).objectId();
        return new PullGrant(cluster.id(), REGISTRY, principal, PullRole.ACR_PULL);
    }

    private static Registry registry(String name) {
        return Samples.registry(
                ArmId.parse(REGISTRY.toString().replace("acrshop", name)),
                Map.of(),
                ProvisioningState.SUCCEEDED,
                name + ".azurecr.io",
                Optional.empty());
    }

    private static Arguments given(String what, Change change, Consumer<SmallCloud> arrange, Outcome... expected) {
        return Arguments.of(what, change, arrange, List.of(expected));
    }
}
