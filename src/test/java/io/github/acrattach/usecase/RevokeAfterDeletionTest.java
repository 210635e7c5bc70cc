package io.github.acrattach.usecase;

import static io.github.acrattach.domain.Samples.CLUSTER;
import static io.github.acrattach.domain.Samples.REGISTRY;
import static io.github.acrattach.domain.Samples.SUBSCRIPTION;
import static io.github.acrattach.domain.Samples.problem;
import static io.github.acrattach.usecase.Expected.APPLICATION;
import static io.github.acrattach.usecase.Expected.PAIR;
import static io.github.acrattach.usecase.Expected.cluster;
import static io.github.acrattach.usecase.Expected.defect;
import static io.github.acrattach.usecase.Expected.revoked;
import static io.github.acrattach.usecase.Program.APPLICATIONS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.Change;
import io.github.acrattach.domain.Outcome;
import io.github.acrattach.domain.PairingRule.Method;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.Problem.Kind;
import io.github.acrattach.domain.ProvisioningState;
import io.github.acrattach.domain.PullGrant;
import io.github.acrattach.domain.PullIdentity;
import io.github.acrattach.domain.PullRole;
import io.github.acrattach.domain.Samples;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** By the event that tells of a deletion, for pairs that a rule makes by an application as a pull secret. */
class RevokeAfterDeletionTest {

    private static final String CREDENTIAL = "the credential " + APPLICATION.name();
    private static final Problem NO_RIGHT = problem(Kind.MISSING_RIGHT);
    private static final Problem BUSY = problem(Kind.THROTTLED);

    private final SmallCloud cloud = SmallCloud.sample();
    private final SmallSecrets secrets = new SmallSecrets(cloud);

    RevokeAfterDeletionTest() {
        secrets.namespace(CLUSTER, "shop");
        program("*").ensurePullAccess.ensure(PAIR, Optional.empty());
        assertThat(secrets.held(CLUSTER, REGISTRY)).containsOnlyKeys("shop");
    }

    /** What is said to be deleted, what is there, and how it ends. */
    static Stream<Arguments> deletions() {
        String role = "the role assignment "
                + SmallCloud.made(new PullGrant(
                                CLUSTER, REGISTRY, SmallSecrets.principalOf(APPLICATION), PullRole.ACR_PULL))
                        .id();
        return Stream.of(
                given("the cluster is gone", CLUSTER, cloud -> cloud.delete(CLUSTER), revoked(role, CREDENTIAL)),
                given(
                        "the cluster is on its way out",
                        CLUSTER,
                        cloud -> cloud.put(cluster(ProvisioningState.DELETING)),
                        revoked(role, CREDENTIAL)),
                given(
                        "the registry is gone",
                        REGISTRY,
                        cloud -> cloud.delete(REGISTRY),
                        revoked("the secret acr-attach-acrshop in namespace shop", CREDENTIAL)),
                given(
                        "cluster and registry are gone",
                        CLUSTER,
                        cloud -> {
                            cloud.delete(CLUSTER);
                            cloud.delete(REGISTRY);
                        },
                        new Outcome.Ignored(
                                CLUSTER + " is gone, and nothing is left of it that a rule made with what is"
                                        + " still there. What else is left, the timer takes back.")),
                given(
                        "it is not true of the cluster",
                        CLUSTER,
                        cloud -> {},
                        new Outcome.Ignored(CLUSTER + " is there; it was made again, or the event is not true.")),
                given(
                        "the deletion of the cluster failed",
                        CLUSTER,
                        cloud -> cloud.put(cluster(ProvisioningState.FAILED)),
                        new Outcome.Ignored(CLUSTER + " is there; it was made again, or the event is not true.")),
                given(
                        "the deletion of the registry failed",
                        REGISTRY,
                        cloud -> cloud.put(Samples.registry(ProvisioningState.FAILED, Optional.empty())),
                        new Outcome.Ignored(REGISTRY + " is there; it was made again, or the event is not true.")),
                given(
                        "it is not true of the registry",
                        REGISTRY,
                        cloud -> {},
                        new Outcome.Ignored(REGISTRY + " is there; it was made again, or the event is not true.")),
                given(
                        "whether it is true may not be asked",
                        CLUSTER,
                        cloud -> cloud.troubles.refuse(Call.FIND_CLUSTER, CLUSTER, NO_RIGHT),
                        new Outcome.Refused(NO_RIGHT)),
                given(
                        "whether it is true is not answered",
                        CLUSTER,
                        cloud -> cloud.troubles.unavailable(Call.FIND_CLUSTER, CLUSTER, BUSY, Optional.empty()),
                        new Outcome.Postponed(Optional.empty(), BUSY, Optional.empty())),
                given(
                        "the cluster is gone, and registries may not be listed",
                        CLUSTER,
                        cloud -> {
                            cloud.delete(CLUSTER);
                            cloud.troubles.refuse(Call.LIST_REGISTRIES, SUBSCRIPTION, NO_RIGHT);
                        },
                        new Outcome.Refused(NO_RIGHT)),
                given(
                        "the cluster is gone, and a defect stops the rest",
                        CLUSTER,
                        cloud -> {
                            cloud.delete(CLUSTER);
                            cloud.troubles.fail(Call.FIND_REGISTRY, REGISTRY, new IllegalStateException("No."));
                        },
                        defect(PAIR)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void deletions(String given, ArmId deleted, Consumer<SmallCloud> change, Outcome expected) {
        change.accept(cloud);
        assertThat(program("*").handleChange.ofOneDelivery().apply(new Change.Deleted(deleted)))
                .as(given)
                .containsExactly(expected);
    }

    @Test
    void roleThatAClusterElsewherePullsByIsKept() {
        cloud.put(Expected.elsewhere(new PullIdentity.Kubelet(SmallSecrets.principalOf(APPLICATION))));
        cloud.delete(CLUSTER);
        program("*").handleChange.ofOneDelivery().apply(new Change.Deleted(CLUSTER));
        assertThat(cloud.assignments()).hasSize(1);
    }

    /** When either event comes, the other side is gone from all lists: nothing tells with whom it was paired. */
    @Test
    void groupThatIsDeletedLeavesItsApplicationsToTheTimer() {
        cloud.delete(CLUSTER);
        cloud.delete(REGISTRY);
        Function<Change, List<Outcome>> events = program("*").handleChange.ofOneDelivery();
        assertThat(events.apply(new Change.Deleted(CLUSTER))).allMatch(Outcome.Ignored.class::isInstance);
        assertThat(events.apply(new Change.Deleted(REGISTRY))).allMatch(Outcome.Ignored.class::isInstance);
        assertThat(program("*").rotatePullSecrets.rotate()).containsExactly(revoked(CREDENTIAL));
        assertThat(secrets.made()).isEmpty();
    }

    @Test
    void whatNoRuleSelectsIsLeftAlone() {
        cloud.delete(CLUSTER);
        assertThat(program("other-*").handleChange.ofOneDelivery().apply(new Change.Deleted(CLUSTER)))
                .containsExactly(new Outcome.Ignored("No rule selects " + CLUSTER + "."));
        assertThat(secrets.made()).containsExactly(APPLICATION);
    }

    private Program program(String clusters) {
        return new Program(cloud, secrets, Program.rule(clusters, Method.SECRET, APPLICATIONS));
    }

    private static Arguments given(String what, ArmId deleted, Consumer<SmallCloud> change, Outcome expected) {
        return Arguments.of(what, deleted, change, expected);
    }
}
