package io.github.acrattach.usecase;

import static io.github.acrattach.domain.Samples.CLUSTER;
import static io.github.acrattach.domain.Samples.GRANT;
import static io.github.acrattach.domain.Samples.KUBELET;
import static io.github.acrattach.domain.Samples.REGISTRY;
import static io.github.acrattach.domain.Samples.SUBSCRIPTION;
import static io.github.acrattach.domain.Samples.problem;
import static io.github.acrattach.usecase.Expected.APPLICATION;
import static io.github.acrattach.usecase.Expected.PAIR;
import static io.github.acrattach.usecase.Expected.cluster;
import static io.github.acrattach.usecase.Expected.provisioned;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.acrattach.domain.Change;
import io.github.acrattach.domain.Cluster;
import io.github.acrattach.domain.FormerGrants;
import io.github.acrattach.domain.Outcome;
import io.github.acrattach.domain.PairingRule;
import io.github.acrattach.domain.PairingRule.Method;
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
import io.github.acrattach.port.CloudUnavailable;
import io.github.acrattach.usecase.Troubles.Hanging;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A cluster's identity is exchanged in every way, and what was granted to an earlier one goes: that, and nothing else. */
@Timeout(30)
class WithdrawFormerGrantsTest {

    private static final UUID NEXT = new UUID(9, 1);
    private static final UUID CLIENT = new UUID(9, 2);
    private static final UUID OTHER_CLIENT = new UUID(9, 3);
    private static final UUID OF_CLIENT = new UUID(9, 4);
    private static final UUID OF_OTHER_CLIENT = new UUID(9, 5);

    private static final PairingRule BY_ROLE = Program.everything(Method.ROLE);
    private static final PairingRule FOR_OTHERS = Program.rule("other-*", Method.ROLE, PullSecretTerms.DEFAULT);

    private static final Change WRITTEN = new Change.ClusterWritten(CLUSTER);
    private static final Change DELETED = new Change.Deleted(CLUSTER);

    private static final RoleAssignment FORMER = SmallCloud.made(GRANT);
    private static final PullGrant GRANT_NOW = grant(NEXT, PullRole.ACR_PULL);
    private static final RoleAssignment NOW = SmallCloud.made(GRANT_NOW);
    private static final String ROLE = "the role assignment " + FORMER.id();
    private static final FormerGrants REMOVED = new FormerGrants(List.of(ROLE), List.of(), List.of());

    private static final Problem NO_RIGHT = problem(Kind.MISSING_RIGHT);
    private static final Problem LOCKED = problem(Kind.LOCKED);
    private static final Problem BUSY = problem(Kind.THROTTLED);

    private final SmallCloud cloud = SmallCloud.sample();
    private final SmallSecrets secrets = new SmallSecrets(cloud);

    WithdrawFormerGrantsTest() {
        secrets.namespace(CLUSTER, "shop");
        cloud.putPrincipal(CLIENT, OF_CLIENT);
        cloud.putPrincipal(OTHER_CLIENT, OF_OTHER_CLIENT);
    }

    /** How a pair that a rule makes by role comes to be looked at. */
    private enum Path {
        CLUSTER_EVENT(program -> program.handleChange.ofOneDelivery().apply(WRITTEN)),
        REGISTRY_EVENT(program -> program.handleChange.ofOneDelivery().apply(new Change.RegistryWritten(REGISTRY))),
        RECONCILE(program -> program.reconcileAll.reconcile(false)),
        RECONCILE_AND_REVOKE(program -> program.reconcileAll.reconcile(true)),
        ATTACH(program -> program.ensurePullAccess.ensure(PAIR, Optional.empty()));

        private final Consumer<Program> taken;

        Path(Consumer<Program> taken) {
            this.taken = taken;
        }
    }

    /** One identity after the other, and the principal of the last. */
    private record Exchange(UUID last, PullIdentity... identities) {}

    static Stream<Arguments> exchanges() {
        PullIdentity kubelet = new PullIdentity.Kubelet(KUBELET);
        PullIdentity next = new PullIdentity.Kubelet(NEXT);
        PullIdentity client = new PullIdentity.ServicePrincipal(CLIENT);
        PullIdentity other = new PullIdentity.ServicePrincipal(OTHER_CLIENT);
        return Stream.of(
                        new Exchange(NEXT, kubelet, next),
                        new Exchange(KUBELET, kubelet, next, kubelet),
                        new Exchange(KUBELET, client, kubelet),
                        new Exchange(OF_CLIENT, kubelet, client),
                        new Exchange(OF_CLIENT, client, kubelet, client),
                        new Exchange(OF_OTHER_CLIENT, client, other),
                        new Exchange(NEXT, kubelet, client, other, next))
                .flatMap(exchange -> Arrays.stream(Path.values())
                        .map(path -> Arguments.of(Arrays.toString(exchange.identities()), exchange, path)));
    }

    @ParameterizedTest(name = "{0} by {2}")
    @MethodSource
    void exchanges(String identities, Exchange exchange, Path path) {
        for (PullIdentity identity : exchange.identities()) {
            cloud.put(cluster(identity));
            path.taken.accept(by(BY_ROLE));
        }
        assertThat(holders()).containsExactly(exchange.last());
    }

    @ParameterizedTest
    @EnumSource
    void allThatWereExchangedUnseenGoAtOnce(Path path) {
        cloud.put(FORMER);
        cloud.put(SmallCloud.made(grant(OF_CLIENT, PullRole.ACR_PULL)));
        cloud.put(SmallCloud.made(grant(OF_CLIENT, PullRole.REPOSITORY_READER)));
        exchange();
        path.taken.accept(by(BY_ROLE));
        assertThat(cloud.assignments()).containsExactly(NOW);
    }

    @ParameterizedTest
    @EnumSource
    void registryInAnotherModeByNowTakesTheFormerRoleBackToo(Path path) {
        cloud.put(FORMER);
        exchange();
        cloud.put(inMode("AbacRepositoryPermissions"));
        path.taken.accept(by(BY_ROLE));
        assertThat(cloud.assignments()).containsExactly(SmallCloud.made(grant(NEXT, PullRole.REPOSITORY_READER)));
    }

    /** What goes on around a cluster that is deleted and made again under its name. */
    private enum Happening {
        GONE((test, program) -> test.cloud.delete(CLUSTER)),
        CREATING((test, program) -> test.cloud.put(Samples.cluster(
                CLUSTER,
                Samples.cluster().tags(),
                ProvisioningState.IN_PROGRESS,
                new PullIdentity.Unknown("It names none yet."),
                Samples.API_SERVER))),
        MADE((test, program) -> test.exchange()),
        WRITTEN_COMES((test, program) -> program.handleChange.ofOneDelivery().apply(WRITTEN)),
        DELETED_COMES((test, program) -> program.handleChange.ofOneDelivery().apply(DELETED));

        private final BiConsumer<WithdrawFormerGrantsTest, Program> done;

        Happening(BiConsumer<WithdrawFormerGrantsTest, Program> done) {
            this.done = done;
        }
    }

    /** The deletion's event never, once or twice, the creation's at least once when it is made: in every order. */
    static Stream<List<Happening>> orders() {
        List<List<Happening>> orders =
                List.of(List.of(Happening.GONE, Happening.CREATING, Happening.MADE, Happening.WRITTEN_COMES));
        List<List<Happening>> all = new ArrayList<>(orders);
        for (Happening event : List.of(Happening.DELETED_COMES, Happening.DELETED_COMES, Happening.WRITTEN_COMES)) {
            orders = orders.stream()
                    .flatMap(order -> withOneMore(event, order))
                    .distinct()
                    .toList();
            all.addAll(orders);
        }
        return all.stream();
    }

    private static Stream<List<Happening>> withOneMore(Happening event, List<Happening> order) {
        return Stream.iterate(1, at -> at <= order.size(), at -> at + 1).map(at -> {
            List<Happening> more = new ArrayList<>(order);
            more.add(at, event);
            return more;
        });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("orders")
    void clusterThatWasMadeAgainKeepsTheGrantOfItsOwnIdentityAlone(List<Happening> order) {
        cloud.put(FORMER);
        boolean isGranted = false;
        for (Happening happening : order) {
            happening.done.accept(this, by(BY_ROLE));
            assertThat(isGranted && !holders().contains(NEXT))
                    .as("a gap at %s", happening)
                    .isFalse();
            isGranted = holders().contains(NEXT);
        }
        assertThat(cloud.assignments()).containsExactly(NOW);
    }

    /** What stands beside the former grant, and stays. */
    static Stream<Arguments> others() {
        Cluster other = cluster("aks-other", new PullIdentity.Kubelet(OF_CLIENT));
        return Stream.of(
                Arguments.of(
                        "somebody else's, for the former identity",
                        Samples.assignment(KUBELET, PullRole.ACR_PULL, "/subscriptions/" + SUBSCRIPTION, null)),
                Arguments.of("one of our description and a name that is not ours", described(FORMER, "0c0ffee0")),
                Arguments.of(
                        "one of another cluster's",
                        SmallCloud.made(new PullGrant(other.id(), REGISTRY, OF_CLIENT, PullRole.ACR_PULL))),
                Arguments.of(
                        "a credential's",
                        SmallCloud.made(new PullGrant(
                                CLUSTER, REGISTRY, OF_CLIENT, PullRole.ACR_PULL, Optional.of(APPLICATION)))),
                Arguments.of(
                        "the same identity's in another mode",
                        SmallCloud.made(grant(NEXT, PullRole.REPOSITORY_READER))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void others(String what, RoleAssignment theirs) {
        cloud.put(FORMER);
        cloud.put(theirs);
        exchange();
        assertThat(by(BY_ROLE).handleChange.ofOneDelivery().apply(WRITTEN)).containsExactly(granted(REMOVED));
        assertThat(cloud.assignments()).containsExactlyInAnyOrder(NOW, theirs);
    }

    /** What makes it doubtful whether anybody needs the former grant, and how it is told. */
    static Stream<Arguments> doubts() {
        return Stream.of(
                kept(
                        "another cluster has that identity",
                        cloud -> cloud.put(cluster("aks-other", new PullIdentity.Kubelet(KUBELET))),
                        cluster("aks-other", new PullIdentity.Kubelet(KUBELET)).id() + " pulls with the same identity"),
                kept(
                        "one has it where no rule looks",
                        cloud -> cloud.put(Expected.elsewhere(new PullIdentity.Kubelet(KUBELET))),
                        Expected.elsewhere(new PullIdentity.Kubelet(KUBELET)).id() + " pulls with the same identity"),
                kept(
                        "the directory does not tell whom another one has",
                        cloud -> {
                            cloud.put(cluster("aks-other", new PullIdentity.ServicePrincipal(CLIENT)));
                            cloud.troubles.refuse(Call.FIND_PRINCIPAL, CLIENT, NO_RIGHT);
                        },
                        "it cannot be told whether "
                                + cluster("aks-other", new PullIdentity.Kubelet(KUBELET))
                                        .id()
                                + " pulls with the same identity: It is so."),
                kept(
                        "another one is being made, and shows none yet",
                        cloud -> cloud.put(
                                cluster("aks-other", ProvisioningState.IN_PROGRESS, Expected.shown(Map.of()))),
                        "it cannot be told whether "
                                + cluster("aks-other", new PullIdentity.Kubelet(KUBELET))
                                        .id()
                                + " pulls with the same identity: Azure is still making or changing it"),
                kept(
                        "another one shows it beside others",
                        cloud -> cloud.put(cluster(
                                "aks-other",
                                Expected.shown(
                                        Map.of("kubeletidentity", CLIENT.toString(), "kubelet2", KUBELET.toString())))),
                        "it cannot be told whether "
                                + cluster("aks-other", new PullIdentity.Kubelet(KUBELET))
                                        .id()
                                + " pulls with the same identity: The cluster has several kubelet identities (kubelet2,"
                                + " kubeletidentity), and Azure does not say which of them pulls."),
                kept(
                        "clusters may not be listed",
                        cloud -> cloud.troubles.refuse(Call.LIST_CLUSTERS, SUBSCRIPTION, NO_RIGHT),
                        "it cannot be told who else pulls with the same identity: It is so."),
                kept(
                        "the list lacks the cluster",
                        cloud -> cloud.leaveOutOfLists(CLUSTER),
                        "it cannot be told who else pulls with the same identity: Azure lists clusters without"
                                + " aks-shop"),
                Arguments.of(
                        "it is locked",
                        (Consumer<SmallCloud>) cloud -> cloud.troubles.refuse(Call.REMOVE_ASSIGNMENT, KUBELET, LOCKED),
                        granted(new FormerGrants(List.of(), List.of(), List.of(LOCKED)))),
                Arguments.of(
                        "the cluster may not be read any more",
                        (Consumer<SmallCloud>) cloud -> cloud.troubles.meanwhile(
                                Call.ASSIGN, NEXT, () -> cloud.troubles.refuse(Call.FIND_CLUSTER, CLUSTER, NO_RIGHT)),
                        granted(new FormerGrants(List.of(), List.of(), List.of(NO_RIGHT)))),
                Arguments.of(
                        "the cluster cannot be read at that moment",
                        (Consumer<SmallCloud>) cloud -> cloud.troubles.meanwhile(
                                Call.ASSIGN,
                                NEXT,
                                () -> cloud.troubles.unavailable(Call.FIND_CLUSTER, CLUSTER, BUSY, Optional.empty())),
                        left(BUSY)),
                Arguments.of(
                        "it cannot be removed at that moment",
                        (Consumer<SmallCloud>) cloud ->
                                cloud.troubles.unavailable(Call.REMOVE_ASSIGNMENT, KUBELET, BUSY, Optional.empty()),
                        left(BUSY)),
                Arguments.of(
                        "a defect ends the removal",
                        (Consumer<SmallCloud>) cloud ->
                                cloud.troubles.fail(Call.REMOVE_ASSIGNMENT, KUBELET, new IllegalStateException("No.")),
                        left(Expected.defect(PAIR).trouble().orElseThrow())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void doubts(String what, Consumer<SmallCloud> doubt, Outcome expected) {
        cloud.put(FORMER);
        exchange();
        doubt.accept(cloud);
        assertThat(by(BY_ROLE).handleChange.ofOneDelivery().apply(WRITTEN))
                .as(what)
                .containsExactly(expected);
        assertThat(holders()).containsExactlyInAnyOrder(KUBELET, NEXT);
    }

    /** Why it cannot be told for certain whom the cluster has now. */
    static Stream<Arguments> unknown() {
        return Stream.of(
                given("it is being changed", cloud -> cloud.put(next(ProvisioningState.IN_PROGRESS))),
                given("it is on its way out", cloud -> cloud.put(next(ProvisioningState.DELETING))),
                given("it shows none", cloud -> cloud.put(cluster(new PullIdentity.Unknown("It names none.")))),
                given(
                        "it shows one that the directory does not know",
                        cloud -> cloud.put(cluster(new PullIdentity.ServicePrincipal(UUID.randomUUID())))),
                given("it shows one that the directory does not tell", cloud -> {
                    cloud.put(cluster(new PullIdentity.ServicePrincipal(CLIENT)));
                    cloud.troubles.refuse(Call.FIND_PRINCIPAL, CLIENT, NO_RIGHT);
                }),
                given("it may not be read", cloud -> {
                    cloud.troubles.refuse(Call.FIND_CLUSTER, CLUSTER, NO_RIGHT);
                    cloud.troubles.refuse(Call.LIST_CLUSTERS, SUBSCRIPTION, NO_RIGHT);
                }));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void unknown(String what, Consumer<SmallCloud> change) {
        cloud.put(FORMER);
        change.accept(cloud);
        Arrays.stream(Path.values()).forEach(path -> path.taken.accept(by(BY_ROLE)));
        by(BY_ROLE).rotatePullSecrets.rotate();
        by(FOR_OTHERS).reconcileAll.reconcile(false);
        assertThat(cloud.assignments()).as(what).contains(FORMER);
    }

    /** That lasts for months, and what failed need not have been the exchange. */
    @Test
    void clusterWhoseLastOperationFailedIsAtRestToo() {
        for (Consumer<Program> look : List.<Consumer<Program>>of(
                program -> program.reconcileAll.reconcile(false), program -> program.rotatePullSecrets.rotate())) {
            for (PairingRule rule : List.of(BY_ROLE, FOR_OTHERS)) {
                cloud.put(FORMER);
                cloud.put(NOW);
                cloud.put(next(ProvisioningState.FAILED));
                look.accept(by(rule));
                assertThat(cloud.assignments()).containsExactly(NOW);
            }
        }
    }

    @Test
    void clusterWhoseLastOperationFailedIsLetInAndLosesTheFormerGrantAfterThat() {
        for (Consumer<Program> look : List.<Consumer<Program>>of(
                program -> program.handleChange.ofOneDelivery().apply(WRITTEN),
                program -> program.rotatePullSecrets.rotate())) {
            cloud.put(FORMER);
            cloud.put(next(ProvisioningState.FAILED));
            look.accept(by(BY_ROLE));
            assertThat(cloud.assignments()).containsExactly(NOW);
            cloud.removeAssignments();
        }
    }

    @Test
    void untilTheIdentityOfNowIsLetInTheFormerGrantStays() {
        cloud.put(FORMER);
        exchange();
        cloud.troubles.refuse(Call.ASSIGN, NEXT, problem(Kind.LIMIT_EXCEEDED));
        Arrays.stream(Path.values()).forEach(path -> path.taken.accept(by(BY_ROLE)));
        by(BY_ROLE).rotatePullSecrets.rotate();
        assertThat(cloud.assignments()).containsExactly(FORMER);
    }

    @Test
    void whereNothingIsFormerNobodyIsAskedAboutIt() {
        cloud.troubles.fail(Call.LIST_SUBSCRIPTIONS, UUID.class, new IllegalStateException("It was asked."));
        Program program = by(BY_ROLE);
        assertThat(program.handleChange.ofOneDelivery().apply(WRITTEN)).containsExactly(Expected.GRANTED);
        assertThat(program.handleChange.ofOneDelivery().apply(WRITTEN))
                .containsExactly(new Outcome.AlreadyGranted(PAIR, GRANT, Samples.given(FORMER)));
    }

    @Test
    void identityOfAnotherClusterGoesWhenThatOneHasItNoMore() {
        cloud.put(FORMER);
        exchange();
        cloud.put(cluster("aks-other", new PullIdentity.Kubelet(KUBELET)));
        by(BY_ROLE).handleChange.ofOneDelivery().apply(WRITTEN);
        by(BY_ROLE).reconcileAll.reconcile(true);
        assertThat(holders()).containsExactlyInAnyOrder(KUBELET, NEXT);
        cloud.delete(cluster("aks-other", new PullIdentity.Kubelet(KUBELET)).id());
        assertThat(by(BY_ROLE).handleChange.ofOneDelivery().apply(WRITTEN)).containsExactly(already(REMOVED));
        assertThat(holders()).containsExactly(NEXT);
    }

    @Test
    void killedBeforeItIsWithdrawnTheNextEventDoesIt() {
        cloud.put(FORMER);
        exchange();
        cloud.troubles.fail(Call.LIST_SUBSCRIPTIONS, UUID.class, new IllegalStateException("Killed."));
        cloud.troubles.fail(Call.REMOVE_ASSIGNMENT, KUBELET, new IllegalStateException("Killed."));
        by(BY_ROLE).handleChange.ofOneDelivery().apply(WRITTEN);
        cloud.troubles.end(Call.LIST_SUBSCRIPTIONS, UUID.class);
        by(BY_ROLE).handleChange.ofOneDelivery().apply(WRITTEN);
        assertThat(holders()).containsExactlyInAnyOrder(KUBELET, NEXT);
        cloud.troubles.end(Call.REMOVE_ASSIGNMENT, KUBELET);
        assertThat(by(BY_ROLE).handleChange.ofOneDelivery().apply(WRITTEN)).containsExactly(already(REMOVED));
    }

    @Test
    void twoThatWithdrawItAtOnceDoNotHinderEachOther() {
        cloud.put(FORMER);
        exchange();
        List<Outcome> ofTheOther = new ArrayList<>();
        cloud.troubles.meanwhile(
                Call.FIND_CLUSTER,
                CLUSTER,
                () -> cloud.troubles.meanwhile(
                        Call.FIND_CLUSTER,
                        CLUSTER,
                        () -> ofTheOther.addAll(
                                by(BY_ROLE).handleChange.ofOneDelivery().apply(WRITTEN))));
        assertThat(by(BY_ROLE).handleChange.ofOneDelivery().apply(WRITTEN)).containsExactly(granted(FormerGrants.NONE));
        assertThat(ofTheOther).containsExactly(already(REMOVED));
        assertThat(cloud.assignments()).containsExactly(NOW);
    }

    @Test
    void whatIsRemovedBeforeAFailureIsReported() {
        cloud.put(FORMER);
        RoleAssignment another = SmallCloud.made(grant(OF_CLIENT, PullRole.ACR_PULL));
        cloud.put(another);
        exchange();
        cloud.troubles.unavailable(Call.REMOVE_ASSIGNMENT, OF_CLIENT, BUSY, Optional.empty());
        assertThat(by(BY_ROLE).handleChange.ofOneDelivery().apply(WRITTEN))
                .containsExactly(granted(new FormerGrants(List.of(ROLE), List.of(), List.of(BUSY))));
        assertThat(cloud.assignments()).containsExactlyInAnyOrder(NOW, another);
    }

    @Test
    void whatIsLeftByAFailureTheTimerTakesUp() {
        cloud.put(FORMER);
        exchange();
        cloud.troubles.unavailable(Call.REMOVE_ASSIGNMENT, KUBELET, BUSY, Optional.empty());
        by(BY_ROLE).handleChange.ofOneDelivery().apply(WRITTEN);
        assertThat(by(BY_ROLE).rotatePullSecrets.rotate())
                .containsExactly(already(new FormerGrants(List.of(), List.of(), List.of(BUSY))));
        cloud.troubles.end(Call.REMOVE_ASSIGNMENT, KUBELET);
        assertThat(by(BY_ROLE).rotatePullSecrets.rotate()).containsExactly(already(REMOVED));
    }

    /** In a slow tenant the lists take longer than an event has. */
    @ParameterizedTest
    @EnumSource(
            value = Call.class,
            names = {"LIST_SUBSCRIPTIONS", "LIST_CLUSTERS", "REMOVE_ASSIGNMENT"})
    void grantIsReportedThoughTheTimeIsOverBeforeTheWithdrawal(Call call) throws InterruptedException {
        Hanging hanging = cloud.troubles.hang(
                call,
                switch (call) {
                    case LIST_SUBSCRIPTIONS -> UUID.class;
                    case LIST_CLUSTERS -> SUBSCRIPTION;
                    default -> KUBELET;
                });
        List<Outcome> outcomes = EnoughTime.of(
                patience -> {
                    cloud.removeAssignments();
                    cloud.put(FORMER);
                    exchange();
                    return by(BY_ROLE).handleChange.handle(WRITTEN, patience);
                },
                ended -> hanging.isBegun());
        hanging.awaitInterrupt();
        assertThat(outcomes).singleElement().isInstanceOfSatisfying(Outcome.Granted.class, granted -> {
            assertThat(granted.grant()).isEqualTo(GRANT_NOW);
            assertThat(granted.former().removed()).isEmpty();
            assertThat(granted.former()).isNotEqualTo(FormerGrants.NONE);
        });
        assertThat(holders()).containsExactlyInAnyOrder(KUBELET, NEXT);
    }

    @Test
    void reconcileThatIsOutOfTimeReportsTheGrantToo() throws InterruptedException {
        Hanging hanging = cloud.troubles.hang(Call.REMOVE_ASSIGNMENT, KUBELET);
        List<Outcome> outcomes = EnoughTime.of(
                patience -> {
                    cloud.removeAssignments();
                    cloud.put(FORMER);
                    exchange();
                    return by(BY_ROLE).reconcileAll.reconcile(false, patience);
                },
                ended -> hanging.isBegun());
        hanging.awaitInterrupt();
        assertThat(outcomes).first().isInstanceOfSatisfying(Outcome.Granted.class, granted -> assertThat(
                        granted.former().notes())
                .hasSize(1));
    }

    @Test
    void toBeGivenUpIsNoFailure() {
        for (Call call : List.of(Call.FIND_CLUSTER, Call.REMOVE_ASSIGNMENT)) {
            cloud.put(FORMER);
            cloud.put(NOW);
            exchange();
            Object about = call == Call.FIND_CLUSTER ? CLUSTER : KUBELET;
            Runnable givenUp = () -> {
                throw new CancellationException("The work was given up.");
            };
            cloud.troubles.meanwhile(
                    Call.LIST_SUBSCRIPTIONS, UUID.class, () -> cloud.troubles.meanwhile(call, about, givenUp));
            assertThatThrownBy(() -> by(BY_ROLE).handleChange.ofOneDelivery().apply(WRITTEN))
                    .isInstanceOf(CancellationException.class);
            assertThat(holders()).containsExactlyInAnyOrder(KUBELET, NEXT);
        }
    }

    /** Whoever read the cluster before the exchange takes another one's grant to the new identity for a former one. */
    @ParameterizedTest
    @EnumSource(
            value = Path.class,
            names = {"CLUSTER_EVENT", "ATTACH", "RECONCILE"})
    void grantThatAnotherOneMadeSinceIsNotTakenForAFormerOne(Path path) {
        cloud.troubles.meanwhile(Call.LIST_ASSIGNMENTS, REGISTRY, () -> {
            exchange();
            by(BY_ROLE).handleChange.ofOneDelivery().apply(WRITTEN);
        });
        path.taken.accept(by(BY_ROLE));
        assertThat(holders()).contains(NEXT);
        by(BY_ROLE).handleChange.ofOneDelivery().apply(WRITTEN);
        assertThat(holders()).containsExactly(NEXT);
    }

    @Test
    void exchangedBackAtTheLastMomentItKeepsWhatItHadBefore() {
        cloud.put(FORMER);
        cloud.put(NOW);
        cloud.troubles.meanwhile(
                Call.FIND_CLUSTER, CLUSTER, () -> cloud.troubles.meanwhile(Call.FIND_CLUSTER, CLUSTER, this::exchange));
        assertThat(by(BY_ROLE).handleChange.ofOneDelivery().apply(WRITTEN))
                .containsExactly(new Outcome.AlreadyGranted(
                        Optional.of(PAIR),
                        GRANT,
                        Samples.given(FORMER),
                        List.of(),
                        new FormerGrants(
                                List.of(),
                                List.of(),
                                List.of(Problem.of(
                                        Kind.UNAVAILABLE,
                                        "The identity of aks-shop is being changed at this moment.",
                                        CLUSTER,
                                        Problem.TAKEN_UP)))));
        assertThat(holders()).containsExactlyInAnyOrder(KUBELET, NEXT);
    }

    @Test
    void listThatShowsTheClusterItselfWithItIsADoubtToo() {
        cloud.put(NOW);
        cloud.troubles.meanwhile(Call.LIST_ASSIGNMENTS, REGISTRY, this::exchange);
        List<Outcome> outcomes = by(BY_ROLE).handleChange.ofOneDelivery().apply(WRITTEN);
        assertThat(cloud.assignments()).contains(NOW);
        assertThat(outcomes)
                .containsExactly(new Outcome.Granted(
                        Optional.of(PAIR),
                        GRANT,
                        List.of(),
                        new FormerGrants(
                                List.of(),
                                List.of("the role assignment " + NOW.id() + ", because " + CLUSTER
                                        + " pulls with the same identity"),
                                List.of())));
    }

    /** Without a rule nobody is granted anything, unless a person asks for it. */
    @Test
    void pairThatWasAttachedByHandLosesTheFormerGrantToReconcileAndTimerAndGetsNone() {
        Outcome revoked = Expected.revoked(ROLE);
        for (BiConsumer<Program, List<Outcome>> look : List.<BiConsumer<Program, List<Outcome>>>of(
                (program, told) -> told.addAll(program.reconcileAll.reconcile(false)),
                (program, told) -> told.addAll(program.reconcileAll.reconcile(true)),
                (program, told) -> told.addAll(program.rotatePullSecrets.rotate()))) {
            cloud.put(Samples.cluster());
            by(FOR_OTHERS).ensurePullAccess.ensure(PAIR, Optional.empty());
            exchange();
            by(FOR_OTHERS).handleChange.ofOneDelivery().apply(WRITTEN);
            assertThat(cloud.assignments()).containsExactly(FORMER);
            List<Outcome> told = new ArrayList<>();
            look.accept(by(FOR_OTHERS), told);
            assertThat(told).containsExactly(revoked);
            assertThat(cloud.assignments()).isEmpty();
        }
    }

    @Test
    void whoeverAttachesByHandAgainTakesTheFormerGrantBack() {
        by(FOR_OTHERS).ensurePullAccess.ensure(PAIR, Optional.empty());
        exchange();
        assertThat(by(FOR_OTHERS).ensurePullAccess.ensure(PAIR, Optional.empty()))
                .isEqualTo(granted(REMOVED));
        assertThat(cloud.assignments()).containsExactly(NOW);
    }

    @Test
    void timerTakesItBackOnceTheIdentityOfNowIsLetIn() {
        cloud.put(FORMER);
        exchange();
        assertThat(by(BY_ROLE).rotatePullSecrets.rotate()).containsExactly(granted(REMOVED));
        assertThat(cloud.assignments()).containsExactly(NOW);
    }

    /** Installs that deal in secrets alone need no right to read role assignments. */
    @Test
    void rightThatOnlyARoleNeedsIsMissedNowhereElse() {
        cloud.troubles.refuse(Call.LIST_ASSIGNMENTS, REGISTRY, NO_RIGHT);
        assertThat(by(FOR_OTHERS).rotatePullSecrets.rotate()).isEmpty();
        for (PairingRule rule : List.of(FOR_OTHERS, Program.everything(Method.SECRET))) {
            by(rule).handleChange.ofOneDelivery().apply(WRITTEN);
            assertThat(by(rule).rotatePullSecrets.rotate()).doesNotContain(new Outcome.Refused(NO_RIGHT));
            assertThat(by(rule).reconcileAll.reconcile(false)).doesNotContain(new Outcome.Refused(NO_RIGHT));
        }
    }

    @Test
    void registryThatCannotBeAskedIsReportedOnceByTimerAndReconcile() {
        cloud.put(cluster("aks-other", new PullIdentity.Kubelet(OF_CLIENT)));
        cloud.troubles.refuse(Call.LIST_ASSIGNMENTS, REGISTRY, NO_RIGHT);
        assertThat(by(BY_ROLE).rotatePullSecrets.rotate()).containsOnlyOnce(new Outcome.Refused(NO_RIGHT));
        assertThat(by(BY_ROLE).reconcileAll.reconcile(false)).containsOnlyOnce(new Outcome.Refused(NO_RIGHT));
        cloud.troubles.unavailable(Call.LIST_ASSIGNMENTS, REGISTRY, BUSY, Optional.empty());
        Outcome busy = new Outcome.Postponed(Optional.empty(), BUSY, Optional.empty());
        assertThat(by(FOR_OTHERS).rotatePullSecrets.rotate()).containsExactly(busy);
        assertThat(by(FOR_OTHERS).reconcileAll.reconcile(true)).containsExactly(busy);
    }

    @Test
    void timerThatIsOutOfTimeReportsIt() throws InterruptedException {
        Hanging hanging = cloud.troubles.hang(Call.LIST_ASSIGNMENTS, REGISTRY);
        List<Outcome> outcomes = EnoughTime.of(
                patience -> by(FOR_OTHERS).rotatePullSecrets.rotate(patience), ended -> hanging.isBegun());
        hanging.awaitInterrupt();
        assertThat(outcomes)
                .containsExactly(new Outcome.Postponed(Optional.empty(), Expected.OUT_OF_TIME, Optional.empty()));
    }

    @Test
    void directoryThatDoesNotAnswerIsReportedAndTheOthersGoOn() {
        cloud.put(FORMER);
        exchange();
        Cluster legacy = cluster("aks-other", new PullIdentity.ServicePrincipal(CLIENT));
        cloud.put(legacy);
        cloud.put(SmallCloud.made(new PullGrant(legacy.id(), REGISTRY, OF_CLIENT, PullRole.ACR_PULL)));
        cloud.troubles.meanwhile(Call.FIND_PRINCIPAL, CLIENT, () -> {
            throw new CloudUnavailable(BUSY, Optional.empty());
        });
        assertThat(by(FOR_OTHERS).rotatePullSecrets.rotate())
                .containsExactlyInAnyOrder(
                        Expected.revoked(ROLE), new Outcome.Postponed(Optional.empty(), BUSY, Optional.empty()));
    }

    /** However many clusters were exchanged. */
    @Test
    void timerAndReconcileListWhatTheyNeedOnce() {
        List<Cluster> exchanged = Stream.iterate(1, each -> each + 1)
                .limit(5)
                .map(each -> cluster("aks-" + each, new PullIdentity.Kubelet(new UUID(8, each))))
                .toList();
        exchanged.forEach(cloud::put);
        for (Consumer<Program> look : List.<Consumer<Program>>of(
                program -> program.rotatePullSecrets.rotate(), program -> program.reconcileAll.reconcile(true))) {
            look.accept(by(FOR_OTHERS));
            int listed = cloud.troubles.asked(Call.LIST_CLUSTERS, SUBSCRIPTION);
            exchanged.forEach(each ->
                    cloud.put(SmallCloud.made(new PullGrant(each.id(), REGISTRY, new UUID(7, 7), PullRole.ACR_PULL))));
            exchanged.forEach(each -> cloud.put(SmallCloud.made(
                    new PullGrant(each.id(), REGISTRY, new UUID(7, each.id().hashCode()), PullRole.ACR_PULL))));
            int read = cloud.troubles.asked(Call.LIST_ASSIGNMENTS, REGISTRY);
            look.accept(by(FOR_OTHERS));
            assertThat(cloud.assignments()).isEmpty();
            assertThat(cloud.troubles.asked(Call.LIST_ASSIGNMENTS, REGISTRY) - read)
                    .isEqualTo(1);
            assertThat(cloud.troubles.asked(Call.LIST_CLUSTERS, SUBSCRIPTION) - listed)
                    .as("one list to begin with, and one of users")
                    .isEqualTo(2);
        }
    }

    @Test
    void whatOthersNeedIsReportedByReconcileAlone() {
        cloud.put(FORMER);
        exchange();
        Cluster other = cluster("aks-other", new PullIdentity.Kubelet(KUBELET));
        cloud.put(other);
        Outcome kept = new Outcome.Revoked(
                Optional.of(PAIR),
                List.of(),
                List.of(ROLE + ", because " + other.id() + " pulls with the same identity"));
        assertThat(by(FOR_OTHERS).rotatePullSecrets.rotate()).isEmpty();
        assertThat(by(FOR_OTHERS).reconcileAll.reconcile(false))
                .hasSize(2)
                .contains(kept)
                .hasAtLeastOneElementOfType(Outcome.Ignored.class);
        assertThat(by(FOR_OTHERS).reconcileAll.reconcile(true)).containsExactly(kept);
        PairingRule ofThisOne = Program.rule("aks-shop", Method.ROLE, PullSecretTerms.DEFAULT);
        assertThat(by(ofThisOne).reconcileAll.reconcile(false))
                .singleElement()
                .satisfies(outcome -> assertThat(outcome.former().kept()).hasSize(1));
    }

    @Test
    void pairOfWhichMoreIsThereIsLeftOver() {
        RoleAssignment ofCredential = SmallCloud.made(
                new PullGrant(CLUSTER, REGISTRY, OF_CLIENT, PullRole.ACR_PULL, Optional.of(APPLICATION)));
        cloud.put(FORMER);
        cloud.put(ofCredential);
        exchange();
        assertThat(by(FOR_OTHERS).reconcileAll.reconcile(false))
                .hasSize(2)
                .contains(Expected.revoked(ROLE))
                .hasAtLeastOneElementOfType(Outcome.Ignored.class);
        assertThat(cloud.assignments()).containsExactly(ofCredential);
    }

    @Test
    void secretInPlaceOfTheRoleThatIsRefusedTakesTheFormerGrantBack() {
        PairingRule auto = Program.everything(Method.AUTO);
        Problem limit = problem(Kind.LIMIT_EXCEEDED);
        by(auto).handleChange.ofOneDelivery().apply(WRITTEN);
        exchange();
        cloud.troubles.refuse(Call.ASSIGN, NEXT, limit);
        assertThat(by(auto).handleChange.ofOneDelivery().apply(WRITTEN))
                .containsExactly(provisioned(true, "shop")
                        .insteadOfRole(Optional.of(limit))
                        .afterWithdrawing(() -> REMOVED));
        assertThat(cloud.assignments()).isEmpty();
    }

    @Test
    void pullSecretIsReportedThoughTheFormerGrantCannotBeRemovedNow() {
        PairingRule auto = Program.everything(Method.AUTO);
        Problem limit = problem(Kind.LIMIT_EXCEEDED);
        cloud.put(FORMER);
        exchange();
        cloud.troubles.refuse(Call.ASSIGN, NEXT, limit);
        cloud.troubles.unavailable(Call.REMOVE_ASSIGNMENT, KUBELET, BUSY, Optional.empty());
        assertThat(by(auto).ensurePullAccess.ensure(PAIR, Optional.empty()))
                .isEqualTo(provisioned(true, "shop")
                        .insteadOfRole(Optional.of(limit))
                        .afterWithdrawing(() -> new FormerGrants(List.of(), List.of(), List.of(BUSY))));
    }

    @Test
    void pairThatPullsByASecretNowLosesTheFormerGrantToReconcileAndTimer() {
        PairingRule bySecret = Program.everything(Method.SECRET);
        for (Consumer<Program> look : List.<Consumer<Program>>of(
                program -> program.reconcileAll.reconcile(false), program -> program.rotatePullSecrets.rotate())) {
            cloud.put(FORMER);
            exchange();
            look.accept(by(bySecret));
            assertThat(cloud.assignments()).isEmpty();
        }
    }

    /** Nothing would be granted in its place, and nodes may pull with it until they are made anew. */
    @Test
    void formerGrantOfAPairThatIsKeptOutIsLeftAloneUntilItIsDetached() {
        PairingRule keptOut = Program.except(BY_ROLE, "aks-shop/acrshop");
        cloud.put(FORMER);
        exchange();
        by(keptOut).reconcileAll.reconcile(true);
        by(keptOut).rotatePullSecrets.rotate();
        assertThat(holders()).containsExactly(KUBELET);
        by(keptOut).revokePullAccess.detach(PAIR);
        assertThat(holders()).isEmpty();
    }

    private Set<UUID> holders() {
        return cloud.assignments().stream().map(RoleAssignment::principal).collect(Collectors.toSet());
    }

    private void exchange() {
        cloud.put(next(ProvisioningState.SUCCEEDED));
    }

    private static Cluster next(ProvisioningState state) {
        Cluster sample = Samples.cluster();
        return Samples.cluster(sample.id(), sample.tags(), state, new PullIdentity.Kubelet(NEXT), sample.apiServer());
    }

    private static Registry inMode(String mode) {
        Registry sample = Samples.registry();
        return Samples.registry(sample.id(), sample.tags(), sample.state(), sample.loginServer(), Optional.of(mode));
    }

    private static PullGrant grant(UUID principal, PullRole role) {
        return new PullGrant(CLUSTER, REGISTRY, principal, role);
    }

    private static Outcome granted(FormerGrants former) {
        return new Outcome.Granted(Optional.of(PAIR), GRANT_NOW, List.of(), former);
    }

    private static Outcome left(Problem problem) {
        return granted(new FormerGrants(List.of(), List.of(), List.of(problem)));
    }

    private static Outcome already(FormerGrants former) {
        return new Outcome.AlreadyGranted(Optional.of(PAIR), GRANT_NOW, Samples.given(NOW), List.of(), former);
    }

    private static RoleAssignment described(RoleAssignment like, String name) {
        return new RoleAssignment(
                like.scope() + "/providers/Microsoft.Authorization/roleAssignments/" + name
                        + "-0000-4000-8000-000000000002",
                like.scope(),
                like.principal(),
                like.kind(),
                PullRole.REPOSITORY_READER.definition(),
                Optional.empty(),
                like.description(),
                like.authorship());
    }

    private Program by(PairingRule rule) {
        return new Program(cloud, secrets, rule);
    }

    private static Arguments kept(String what, Consumer<SmallCloud> doubt, String because) {
        return Arguments.of(
                what, doubt, granted(new FormerGrants(List.of(), List.of(ROLE + ", because " + because), List.of())));
    }

    private static Arguments given(String what, Consumer<SmallCloud> change) {
        return Arguments.of(what, change);
    }
}
