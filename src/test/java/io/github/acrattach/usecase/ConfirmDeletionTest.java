package io.github.acrattach.usecase;

import static io.github.acrattach.domain.Samples.CLUSTER;
import static io.github.acrattach.domain.Samples.GRANT;
import static io.github.acrattach.domain.Samples.REGISTRY;
import static io.github.acrattach.domain.Samples.SUBSCRIPTION;
import static io.github.acrattach.domain.Samples.problem;
import static io.github.acrattach.usecase.Expected.APPLICATION;
import static io.github.acrattach.usecase.Expected.PAIR;
import static io.github.acrattach.usecase.Expected.TOKEN;
import static io.github.acrattach.usecase.Expected.cluster;
import static io.github.acrattach.usecase.Expected.postponed;
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
import io.github.acrattach.domain.RoleAssignment;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A pair that is let in by an application, and is not found for a while, whoever looks. */
class ConfirmDeletionTest {

    private static final Problem NO_RIGHT = problem(Kind.MISSING_RIGHT);
    private static final Problem BUSY = problem(Kind.THROTTLED);
    private static final int ALWAYS = Integer.MAX_VALUE;

    private final SmallCloud cloud = SmallCloud.sample();
    private final SmallSecrets secrets = new SmallSecrets(cloud);
    private final Program program = new Program(cloud, secrets, Program.everything(Method.SECRET, APPLICATIONS));

    ConfirmDeletionTest() {
        secrets.namespace(CLUSTER, "shop");
        program.ensurePullAccess.ensure(PAIR, Optional.empty());
        assertThat(secrets.held(CLUSTER, REGISTRY)).containsOnlyKeys("shop");
    }

    /** In which way one of the two is, or seems, not to be there, though it is. */
    enum Doubt {
        FOUND_AT_THE_SECOND_LOOK((cloud, id) -> cloud.troubles.overlook(find(id), id, 1)),
        FOUND_AT_THE_THIRD_LOOK((cloud, id) -> cloud.troubles.overlook(find(id), id, 2)),
        FOUND_AT_THE_SECOND_LOOK_BUT_NOT_LISTED((cloud, id) -> {
            cloud.troubles.overlook(find(id), id, 1);
            cloud.leaveOutOfLists(id);
        }),
        FOUND_BUT_NOT_LISTED(SmallCloud::leaveOutOfLists),
        LISTED((cloud, id) -> cloud.troubles.overlook(find(id), id, ALWAYS)),
        NOT_TO_BE_LISTED((cloud, id) -> {
            cloud.troubles.overlook(find(id), id, ALWAYS);
            cloud.troubles.refuse(list(id), SUBSCRIPTION, NO_RIGHT);
        }),
        NOT_LISTED_NOW((cloud, id) -> {
            cloud.troubles.overlook(find(id), id, ALWAYS);
            cloud.troubles.unavailable(list(id), SUBSCRIPTION, BUSY, Optional.empty());
        }),
        NOT_TO_BE_FOUND((cloud, id) -> {
            cloud.troubles.refuse(find(id), id, NO_RIGHT);
            cloud.leaveOutOfLists(id);
        }),
        NOT_FOUND_NOW((cloud, id) -> {
            cloud.troubles.unavailable(find(id), id, BUSY, Optional.empty());
            cloud.leaveOutOfLists(id);
        });

        private final BiConsumer<SmallCloud, ArmId> about;

        Doubt(BiConsumer<SmallCloud, ArmId> about) {
            this.about = about;
        }

        private static Call find(ArmId id) {
            return id.equals(CLUSTER) ? Call.FIND_CLUSTER : Call.FIND_REGISTRY;
        }

        private static Call list(ArmId id) {
            return id.equals(CLUSTER) ? Call.LIST_CLUSTERS : Call.LIST_REGISTRIES;
        }
    }

    /** Who takes back what belongs to what is gone. */
    enum Way {
        TIMER(program -> program.rotatePullSecrets.rotate()),
        RENEWAL_BY_HAND(program -> List.of(program.rotatePullSecrets.rotateNow(PAIR))),
        DELETION_OF_THE_CLUSTER(program -> program.handleChange.ofOneDelivery().apply(new Change.Deleted(CLUSTER))),
        DELETION_OF_THE_REGISTRY(program -> program.handleChange.ofOneDelivery().apply(new Change.Deleted(REGISTRY))),
        RECONCILING(program -> program.reconcileAll.reconcile(true));

        private final Function<Program, List<Outcome>> work;

        Way(Function<Program, List<Outcome>> work) {
            this.work = work;
        }
    }

    static Stream<Arguments> doubts() {
        return Stream.of(Doubt.values()).flatMap(doubt -> Stream.of(CLUSTER, REGISTRY)
                .flatMap(id -> Stream.of(Way.values()).map(way -> Arguments.of(doubt, id.name(), way, id))));
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource
    void doubts(Doubt doubt, String name, Way way, ArmId id) {
        List<RoleAssignment> assignments = cloud.assignments();
        Map<String, String> held = secrets.held(CLUSTER, REGISTRY);
        doubt.about.accept(cloud, id);
        assertThat(way.work.apply(program))
                .isNotEmpty()
                .noneMatch(outcome -> outcome instanceof Outcome.Revoked revoked
                        && !revoked.removed().isEmpty());
        assertThat(secrets.made()).containsExactly(APPLICATION);
        if (way == Way.RENEWAL_BY_HAND) {
            assertThat(secrets.held(CLUSTER, REGISTRY)).containsOnlyKeys(held.keySet());
        } else {
            assertThat(secrets.held(CLUSTER, REGISTRY)).isEqualTo(held);
        }
        assertThat(cloud.assignments()).isEqualTo(assignments);
    }

    @ParameterizedTest(name = "{1} {2}")
    @MethodSource("ways")
    void whatIsGoneIsTakenBackByEachWay(ArmId id, String name, Way way) {
        String left = id.equals(CLUSTER)
                ? "the role assignment " + cloud.assignments().get(0).id()
                : "the secret acr-attach-acrshop in namespace shop";
        cloud.delete(id);
        assertThat(way.work.apply(program)).contains(revoked(left, "the credential " + APPLICATION.name()));
        assertThat(secrets.made()).isEmpty();
        assertThat(cloud.assignments()).isEmpty();
    }

    static Stream<Arguments> ways() {
        return Stream.of(
                Arguments.of(CLUSTER, "cluster", Way.TIMER),
                Arguments.of(CLUSTER, "cluster", Way.RENEWAL_BY_HAND),
                Arguments.of(CLUSTER, "cluster", Way.DELETION_OF_THE_CLUSTER),
                Arguments.of(CLUSTER, "cluster", Way.RECONCILING),
                Arguments.of(REGISTRY, "registry", Way.TIMER),
                Arguments.of(REGISTRY, "registry", Way.RENEWAL_BY_HAND),
                Arguments.of(REGISTRY, "registry", Way.DELETION_OF_THE_REGISTRY),
                Arguments.of(REGISTRY, "registry", Way.RECONCILING));
    }

    @Test
    void whatIsThereAfterAllIsSaidToBe() {
        cloud.troubles.overlook(Call.FIND_CLUSTER, CLUSTER, 1);
        assertThat(Way.TIMER.work.apply(program)).containsExactly(there());
    }

    @Test
    void whatIsNotFoundButListedComesBackLater() {
        cloud.troubles.overlook(Call.FIND_CLUSTER, CLUSTER, ALWAYS);
        Outcome expected = postponed(
                Kind.UNAVAILABLE,
                "Azure does not find aks-shop, but lists it. Nothing is taken back for it before the two agree.",
                CLUSTER);
        assertThat(Way.TIMER.work.apply(program)).containsExactly(expected);
        assertThat(Way.DELETION_OF_THE_CLUSTER.work.apply(program))
                .extracting(Outcome::trouble)
                .containsExactly(expected.trouble());
    }

    @Test
    void listThatMayNotBeReadIsARefusal() {
        cloud.troubles.overlook(Call.FIND_CLUSTER, CLUSTER, ALWAYS);
        cloud.troubles.refuse(Call.LIST_CLUSTERS, SUBSCRIPTION, NO_RIGHT);
        assertThat(Way.RENEWAL_BY_HAND.work.apply(program)).containsExactly(new Outcome.Refused(PAIR, NO_RIGHT));
    }

    @Test
    void secretThatARoleReplacesGoesWholeThoughTheClusterIsOverlooked() {
        cloud.put(SmallCloud.made(GRANT));
        cloud.troubles.overlook(Call.FIND_CLUSTER, CLUSTER, 1);
        new Program(cloud, secrets, Program.everything(Method.ROLE)).reconcileAll.reconcile(true);
        assertThat(secrets.made()).isEmpty();
        assertThat(secrets.held(CLUSTER, REGISTRY)).isEmpty();
        assertThat(cloud.assignments()).containsExactly(SmallCloud.made(GRANT));
    }

    @Test
    void credentialThatATokenReplacesGoesWithItsRoleThoughTheRegistryIsOverlooked() {
        cloud.troubles.overlook(Call.FIND_REGISTRY, REGISTRY, 1);
        new Program(cloud, secrets, Program.everything(Method.SECRET)).reconcileAll.reconcile(true);
        assertThat(secrets.made()).containsExactly(TOKEN);
        assertThat(cloud.assignments()).isEmpty();
    }

    @Test
    void whatIsListedOnItsWayOutIsGone() {
        cloud.put(cluster(ProvisioningState.DELETING));
        cloud.troubles.overlook(Call.FIND_CLUSTER, CLUSTER, ALWAYS);
        Way.DELETION_OF_THE_CLUSTER.work.apply(program);
        assertThat(secrets.made()).isEmpty();
    }

    @Test
    void whatWasProvenAndIsThereAgainIsLeftAlone() {
        cloud.troubles.overlook(Call.FIND_CLUSTER, CLUSTER, 2);
        cloud.leaveOutOfLists(CLUSTER);
        assertThat(Way.DELETION_OF_THE_CLUSTER.work.apply(program)).containsExactly(there());
    }

    private static Outcome there() {
        return new Outcome.Ignored(CLUSTER + " and " + REGISTRY + " are there; nothing was taken back from them.");
    }
}
