package io.github.acrattach.usecase;

import static io.github.acrattach.domain.Samples.CLUSTER;
import static io.github.acrattach.domain.Samples.GRANT;
import static io.github.acrattach.domain.Samples.KUBELET;
import static io.github.acrattach.domain.Samples.REGISTRY;
import static io.github.acrattach.domain.Samples.SUBSCRIPTION;
import static io.github.acrattach.domain.Samples.problem;
import static io.github.acrattach.usecase.Expected.APPLICATION;
import static io.github.acrattach.usecase.Expected.PAIR;
import static io.github.acrattach.usecase.Expected.TOKEN;
import static io.github.acrattach.usecase.Expected.cluster;
import static io.github.acrattach.usecase.Expected.defect;
import static io.github.acrattach.usecase.Expected.postponed;
import static io.github.acrattach.usecase.Expected.revoked;
import static io.github.acrattach.usecase.Expected.shown;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.acrattach.domain.Change;
import io.github.acrattach.domain.CredentialKind;
import io.github.acrattach.domain.Outcome;
import io.github.acrattach.domain.PairingRule;
import io.github.acrattach.domain.PairingRule.Method;
import io.github.acrattach.domain.PowerState;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.Problem.Kind;
import io.github.acrattach.domain.ProvisioningState;
import io.github.acrattach.domain.PullIdentity;
import io.github.acrattach.domain.PullRole;
import io.github.acrattach.domain.PullSecretTerms;
import io.github.acrattach.domain.Samples;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RevokePullAccessTest {

    private static final String ROLE =
            "the role assignment " + SmallCloud.made(GRANT).id();
    private static final String SECRET = "the secret acr-attach-acrshop in namespace shop";
    private static final String CREDENTIAL = "the credential " + TOKEN.name();
    private static final UUID CLIENT = UUID.fromString("2c3d4e5f-6071-4829-a3b4-c5d6e7f80912");
    private static final PullIdentity BY_CLIENT = new PullIdentity.ServicePrincipal(CLIENT);

    private static final Problem NO_RIGHT = problem(Kind.MISSING_RIGHT);
    private static final Problem BUSY = problem(Kind.THROTTLED);

    private final SmallCloud cloud = SmallCloud.sample();
    private final SmallSecrets secrets = new SmallSecrets(cloud);

    RevokePullAccessTest() {
        secrets.namespace(CLUSTER, "shop");
    }

    @Test
    void secretInAStoppedClusterDiesWithItsCredentialAndIsRemovedAfterTheStart() {
        Program program = new Program(cloud, secrets);
        program.ensurePullAccess.ensure(PAIR, Optional.of(Method.SECRET));
        cloud.put(cluster(PowerState.STOPPED));
        assertThat(program.revokePullAccess.detach(PAIR)).isInstanceOfSatisfying(Outcome.Revoked.class, revoked -> {
            assertThat(revoked.removed()).containsExactly("the credential " + Expected.TOKEN.name());
            assertThat(revoked.kept()).singleElement().asString().contains("is stopped", "az aks start");
        });
        assertThat(secrets.made()).isEmpty();
        cloud.put(cluster(PowerState.RUNNING));
        assertThat(program.revokePullAccess.detach(PAIR))
                .isEqualTo(revoked("the secret acr-attach-acrshop in namespace shop"));
    }

    @Test
    void failedOperationKeepsNothingFromBeingTakenBack() {
        Program program = new Program(cloud, secrets);
        program.ensurePullAccess.ensure(PAIR, Optional.of(Method.SECRET));
        cloud.put(cluster(ProvisioningState.FAILED));
        assertThat(program.revokePullAccess.detach(PAIR))
                .isEqualTo(revoked(
                        "the secret acr-attach-acrshop in namespace shop", "the credential " + Expected.TOKEN.name()));
    }

    /** What is there of a pair that is let in by a role, and how taking it back ends. */
    static Stream<Arguments> roles() {
        String other = cluster("aks-other", BY_CLIENT).id().toString();
        return Stream.of(
                given("nothing else", cloud -> {}, revoked(ROLE)),
                given("the cluster is gone", cloud -> cloud.delete(CLUSTER), revoked(ROLE)),
                given(
                        "the cluster is being deleted",
                        cloud -> cloud.put(cluster(ProvisioningState.DELETING)),
                        revoked(ROLE)),
                given("the registry is gone, and the role with it", cloud -> cloud.delete(REGISTRY), revoked()),
                given(
                        "somebody else's assignment",
                        cloud -> cloud.put(
                                Samples.assignment(KUBELET, PullRole.ACR_PULL, "/subscriptions/" + SUBSCRIPTION, null)),
                        revoked(ROLE)),
                given(
                        "a cluster with another identity",
                        cloud -> cloud.put(cluster("aks-other", new PullIdentity.Kubelet(CLIENT))),
                        revoked(ROLE)),
                given(
                        "a cluster with the same identity",
                        cloud -> cloud.put(cluster("aks-other", new PullIdentity.Kubelet(KUBELET))),
                        kept(ROLE + ", because " + other + " pulls with the same identity")),
                given(
                        "a cluster whose service principal is the same",
                        cloud -> {
                            cloud.put(cluster("aks-other", BY_CLIENT));
                            cloud.putPrincipal(CLIENT, KUBELET);
                        },
                        kept(ROLE + ", because " + other + " pulls with the same identity")),
                given(
                        "a cluster whose service principal is unknown",
                        cloud -> cloud.put(cluster("aks-other", BY_CLIENT)),
                        revoked(ROLE)),
                given(
                        "a cluster whose service principal the directory does not tell",
                        cloud -> {
                            cloud.put(cluster("aks-other", BY_CLIENT));
                            cloud.troubles.refuse(Call.FIND_PRINCIPAL, CLIENT, NO_RIGHT);
                        },
                        kept(ROLE + ", because it cannot be told whether " + other
                                + " pulls with the same identity: It is so.")),
                given(
                        "a cluster that is being made, and shows no identity yet",
                        cloud -> cloud.put(cluster("aks-other", ProvisioningState.IN_PROGRESS, shown(Map.of()))),
                        kept(ROLE + ", because it cannot be told whether " + other
                                + " pulls with the same identity: Azure is still making or changing it")),
                given(
                        "a cluster that is being changed, and shows several identities for now",
                        cloud -> cloud.put(cluster(
                                "aks-other",
                                ProvisioningState.IN_PROGRESS,
                                shown(Map.of("kubeletidentity", CLIENT.toString(), "kubelet2", CLIENT.toString())))),
                        kept(ROLE + ", because it cannot be told whether " + other
                                + " pulls with the same identity: Azure is still making or changing it")),
                given(
                        "a cluster that shows several identities, this one among them",
                        cloud -> cloud.put(cluster(
                                "aks-other",
                                shown(Map.of("kubeletidentity", CLIENT.toString(), "kubelet2", KUBELET.toString())))),
                        kept(ROLE + ", because it cannot be told whether " + other
                                + " pulls with the same identity: The cluster has several kubelet identities (kubelet2,"
                                + " kubeletidentity), and Azure does not say which of them pulls.")),
                given(
                        "a cluster that shows several other identities",
                        cloud -> cloud.put(cluster(
                                "aks-other",
                                shown(Map.of("kubeletidentity", CLIENT.toString(), "kubelet2", CLIENT.toString())))),
                        revoked(ROLE)),
                given(
                        "a cluster that shows this identity by an unknown name",
                        cloud -> cloud.put(cluster("aks-other", shown(Map.of("kubelet2", KUBELET.toString())))),
                        kept(
                                ROLE + ", because it cannot be told whether " + other
                                        + " pulls with the same identity: The cluster's kubelet identity has the unknown name 'kubelet2'.")),
                given(
                        "a cluster whose identity cannot be read",
                        cloud -> cloud.put(cluster("aks-other", shown(Map.of("kubeletidentity", "")))),
                        kept(
                                ROLE + ", because it cannot be told whether " + other
                                        + " pulls with the same identity: The cluster's kubelet identity has no valid object id.")),
                given(
                        "a cluster at rest that has no identity",
                        cloud -> cloud.put(cluster("aks-other", shown(Map.of()))),
                        revoked(ROLE)),
                given(
                        "a cluster that was never made, and has no identity",
                        cloud -> cloud.put(cluster("aks-other", ProvisioningState.FAILED, shown(Map.of()))),
                        revoked(ROLE)),
                given(
                        "a cluster on its way out that has no identity any more",
                        cloud -> cloud.put(cluster("aks-other", ProvisioningState.DELETING, shown(Map.of()))),
                        revoked(ROLE)),
                given(
                        "clusters that cannot be listed",
                        cloud -> cloud.troubles.unavailable(Call.LIST_CLUSTERS, SUBSCRIPTION, BUSY, Optional.empty()),
                        kept(ROLE + ", because it cannot be told who else pulls with the same identity: It is so.")),
                given(
                        "a cluster with the same identity in a subscription that no rule names",
                        cloud -> cloud.put(Expected.elsewhere(new PullIdentity.Kubelet(KUBELET))),
                        kept(ROLE + ", because " + Expected.elsewhere(BY_CLIENT).id()
                                + " pulls with the same identity")),
                given(
                        "a subscription that cannot be listed, and that no rule names",
                        cloud -> {
                            cloud.put(Expected.elsewhere(BY_CLIENT));
                            cloud.troubles.refuse(Call.LIST_CLUSTERS, Expected.ELSEWHERE, NO_RIGHT);
                        },
                        kept(ROLE + ", because it cannot be told who else pulls with the same identity: It is so.")),
                given(
                        "subscriptions that cannot be listed",
                        cloud ->
                                cloud.troubles.unavailable(Call.LIST_SUBSCRIPTIONS, UUID.class, BUSY, Optional.empty()),
                        kept(ROLE + ", because it cannot be told who else pulls with the same identity: It is so.")),
                given(
                        "a list that lacks the cluster itself",
                        cloud -> cloud.leaveOutOfLists(CLUSTER),
                        kept(ROLE + ", because it cannot be told who else pulls with the same identity: Azure lists"
                                + " clusters without aks-shop")),
                given(
                        "the registry vanishes",
                        cloud -> cloud.troubles.overlook(Call.LIST_ASSIGNMENTS, REGISTRY, Integer.MAX_VALUE),
                        postponed(Kind.UNAVAILABLE, "Azure found acrshop, and a moment later did not.", REGISTRY)),
                given(
                        "no right to remove it",
                        cloud -> cloud.troubles.refuse(Call.REMOVE_ASSIGNMENT, KUBELET, NO_RIGHT),
                        new Outcome.Refused(PAIR, NO_RIGHT)),
                given(
                        "no right to list assignments",
                        cloud -> cloud.troubles.refuse(Call.LIST_ASSIGNMENTS, REGISTRY, NO_RIGHT),
                        new Outcome.Refused(PAIR, NO_RIGHT)),
                given(
                        "no right to read the cluster",
                        cloud -> cloud.troubles.refuse(Call.FIND_CLUSTER, CLUSTER, NO_RIGHT),
                        new Outcome.Refused(PAIR, NO_RIGHT)),
                given(
                        "no right in the cluster, which a role does not need",
                        cloud -> cloud.troubles.refuse(Call.CLEAR, CLUSTER, NO_RIGHT),
                        new Outcome.Revoked(Optional.of(PAIR), List.of(ROLE), List.of(unseen()))),
                given(
                        "no way into the cluster, which a role does not need",
                        cloud -> cloud.troubles.unavailable(Call.CLEAR, CLUSTER, BUSY, Optional.empty()),
                        new Outcome.Revoked(Optional.of(PAIR), List.of(ROLE), List.of(unseen()))),
                given(
                        "no right in the directory, which a role does not need",
                        cloud -> {
                            cloud.troubles.refuse(Call.FIND_CREDENTIAL, APPLICATION, NO_RIGHT);
                            cloud.troubles.refuse(Call.REMOVE_CREDENTIAL, APPLICATION, NO_RIGHT);
                        },
                        revoked(ROLE)),
                given(
                        "no answer when it is removed",
                        cloud -> cloud.troubles.unavailable(Call.REMOVE_ASSIGNMENT, KUBELET, BUSY, Optional.empty()),
                        new Outcome.Postponed(PAIR, BUSY)),
                given(
                        "a defect",
                        cloud -> cloud.troubles.fail(Call.FIND_CLUSTER, CLUSTER, new IllegalStateException("No.")),
                        defect(PAIR)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void roles(String besides, Consumer<SmallCloud> change, Outcome expected) {
        cloud.put(SmallCloud.made(GRANT));
        change.accept(cloud);
        assertThat(revoke(Method.ROLE)).as(besides).isEqualTo(expected);
    }

    /** What has happened to a pair that is let in by a pull secret, and how taking it back ends. */
    static Stream<Arguments> pullSecrets() {
        return Stream.of(
                given("nothing", cloud -> {}, revoked(SECRET, CREDENTIAL)),
                given("the cluster is gone", cloud -> cloud.delete(CLUSTER), revoked(CREDENTIAL)),
                given("the registry is gone with its tokens", cloud -> cloud.delete(REGISTRY), revoked(SECRET)),
                given(
                        "the credential may not be removed",
                        cloud -> cloud.troubles.refuse(Call.REMOVE_CREDENTIAL, TOKEN, NO_RIGHT),
                        new Outcome.Refused(PAIR, NO_RIGHT)),
                given(
                        "the cluster may not be looked into any more",
                        cloud -> cloud.troubles.refuse(Call.CLEAR, CLUSTER, NO_RIGHT),
                        new Outcome.Refused(PAIR, NO_RIGHT)),
                given(
                        "the cluster vanishes",
                        cloud -> cloud.troubles.overlook(Call.CLEAR, CLUSTER, 1),
                        postponed(Kind.UNAVAILABLE, "Azure found aks-shop, and a moment later did not.", CLUSTER)),
                given(
                        "the cluster does not answer",
                        cloud -> cloud.troubles.unavailable(Call.CLEAR, CLUSTER, BUSY, Optional.empty()),
                        new Outcome.Postponed(PAIR, BUSY)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void pullSecrets(String since, Consumer<SmallCloud> change, Outcome expected) {
        attach(CredentialKind.ACR_TOKEN);
        change.accept(cloud);
        assertThat(revoke(Method.SECRET)).as(since).isEqualTo(expected);
    }

    @Test
    void nothingIsLeftOfAnApplicationAndItsRole() {
        attach(CredentialKind.SERVICE_PRINCIPAL);
        String role = "the role assignment " + cloud.assignments().get(0).id();
        assertThat(revoke(Method.SECRET)).isEqualTo(revoked(SECRET, role, "the credential " + APPLICATION.name()));
        assertThat(cloud.assignments()).isEmpty();
        assertThat(secrets.made()).isEmpty();
        assertThat(secrets.held(CLUSTER, REGISTRY)).isEmpty();
    }

    /** No managed identity is an application of this program's. */
    @Test
    void clusterThatIsBeingMadeKeepsNoApplication() {
        attach(CredentialKind.SERVICE_PRINCIPAL);
        cloud.put(cluster("aks-other", ProvisioningState.IN_PROGRESS, shown(Map.of())));
        cloud.put(cluster("aks-odd", shown(Map.of("kubeletidentity", ""))));
        revoke(Method.SECRET);
        assertThat(cloud.assignments()).isEmpty();
        assertThat(secrets.made()).isEmpty();
    }

    @Test
    void whoDetachesIsToldThatARuleLetsTheClusterInAgain() {
        attach(CredentialKind.ACR_TOKEN);
        assertThat(by(Method.SECRET).detach(PAIR)).isInstanceOfSatisfying(Outcome.Revoked.class, revoked -> {
            assertThat(revoked.removed()).containsExactly(SECRET, CREDENTIAL);
            assertThat(revoked.notes()).singleElement().satisfies(note -> {
                assertThat(note.kind()).isEqualTo(Kind.RULE_STANDS);
                assertThat(note.cause()).contains("The rule all pairs the two", "the timer");
                assertThat(note.fix())
                        .contains(
                                "az tag update --resource-id \"" + CLUSTER
                                        + "\" --operation Merge --tags acr-attach=off",
                                "ACR_ATTACH_RULES_ALL_EXCLUDED_PAIRS=aks-shop/acrshop");
            });
        });
        assertThat(new Program(cloud, secrets).revokePullAccess.detach(PAIR)).isEqualTo(revoked());
    }

    @Test
    void whoDetachesAPairOfTwoRulesIsToldOfBoth() {
        PairingRule second = Program.rule("aks-*", Method.ROLE, PullSecretTerms.DEFAULT);
        RevokePullAccess use = new Program(
                        cloud, secrets, named("first", Program.everything(Method.ROLE)), named("next", second))
                .revokePullAccess;
        assertThat(notes(use)).singleElement().satisfies(note -> {
            assertThat(note.cause())
                    .contains("The rules first and next pair the two", "event of either", "reconcile")
                    .doesNotContain("timer");
            assertThat(note.fix())
                    .contains(
                            "ACR_ATTACH_RULES_FIRST_EXCLUDED_PAIRS=aks-shop/acrshop",
                            "ACR_ATTACH_RULES_NEXT_EXCLUDED_PAIRS=aks-shop/acrshop");
        });
    }

    @Test
    void detachingIsForGoodWhereTheRulesLeaveThePairOut() {
        PairingRule rule = Program.except(Program.everything(Method.SECRET), "aks-shop/acrshop");
        attach(CredentialKind.ACR_TOKEN);
        Program program = new Program(cloud, secrets, rule);
        assertThat(program.revokePullAccess.detach(PAIR)).isEqualTo(revoked(SECRET, CREDENTIAL));
        program.handleChange.ofOneDelivery().apply(new Change.ClusterWritten(CLUSTER));
        program.rotatePullSecrets.rotate();
        assertThat(secrets.made()).isEmpty();
    }

    private List<Problem> notes(RevokePullAccess use) {
        return ((Outcome.Revoked) use.detach(PAIR)).notes();
    }

    private static PairingRule named(String name, PairingRule rule) {
        return new PairingRule(
                name, rule.clusters(), rule.registries(), rule.joinOnTags(), rule.method(), rule.secret());
    }

    @Test
    void whatWasTakenBackIsNotTakenBackAgain() {
        attach(CredentialKind.ACR_TOKEN);
        revoke(Method.SECRET);
        assertThat(revoke(Method.SECRET)).isEqualTo(revoked());
    }

    @Test
    void credentialIsEndedEvenWhereTheClusterMayNotBeLookedInto() {
        attach(CredentialKind.ACR_TOKEN);
        cloud.troubles.refuse(Call.CLEAR, CLUSTER, NO_RIGHT);
        revoke(Method.SECRET);
        assertThat(secrets.made()).isEmpty();
    }

    @Test
    void credentialIsKeptWhileTheClusterDoesNotAnswer() {
        attach(CredentialKind.ACR_TOKEN);
        cloud.troubles.unavailable(Call.CLEAR, CLUSTER, BUSY, Optional.empty());
        revoke(Method.SECRET);
        assertThat(secrets.made()).containsExactly(TOKEN);
    }

    @Test
    void credentialIsKeptWhereTheClusterVanishes() {
        attach(CredentialKind.ACR_TOKEN);
        cloud.troubles.overlook(Call.CLEAR, CLUSTER, 1);
        revoke(Method.SECRET);
        assertThat(secrets.made()).containsExactly(TOKEN);
    }

    @Test
    void pullSecretIsTakenBackAloneWhereARoleHasTakenItsPlace() {
        attach(CredentialKind.ACR_TOKEN);
        cloud.put(SmallCloud.made(GRANT));
        assertThat(by(Method.ROLE).revokeSecret(PAIR)).isEqualTo(revoked(SECRET, CREDENTIAL));
        assertThat(cloud.assignments()).containsExactly(SmallCloud.made(GRANT));
    }

    private void attach(CredentialKind kind) {
        new Program(cloud, secrets, Program.everything(Method.SECRET, PullSecretTerms.DEFAULT.of(kind)))
                .ensurePullAccess.ensure(PAIR, Optional.empty());
        assertThat(secrets.held(CLUSTER, REGISTRY)).containsOnlyKeys("shop");
    }

    /** By detaching, without what is told of the rule. */
    private Outcome revoke(Method method) {
        Outcome outcome = by(method).detach(PAIR);
        return outcome instanceof Outcome.Revoked revoked
                ? new Outcome.Revoked(revoked.pairing(), revoked.removed(), revoked.kept())
                : outcome;
    }

    private RevokePullAccess by(Method method) {
        return new Program(cloud, secrets, Program.everything(method)).revokePullAccess;
    }

    private static Outcome kept(String what) {
        return new Outcome.Revoked(Optional.of(PAIR), List.of(), List.of(what));
    }

    private static String unseen() {
        return "whatever secret of an earlier attaching may be in the cluster, which could not be looked into"
                + " (It is so.)";
    }

    private static Arguments given(String what, Consumer<SmallCloud> change, Outcome expected) {
        return Arguments.of(what, change, expected);
    }
}
