package io.github.acrattach.usecase;

import static io.github.acrattach.domain.Samples.CLUSTER;
import static io.github.acrattach.domain.Samples.REGISTRY;
import static io.github.acrattach.domain.Samples.SUBSCRIPTION;
import static io.github.acrattach.domain.Samples.problem;
import static io.github.acrattach.usecase.Expected.PAIR;
import static io.github.acrattach.usecase.Expected.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.Change;
import io.github.acrattach.domain.CredentialKey;
import io.github.acrattach.domain.CredentialKind;
import io.github.acrattach.domain.Outcome;
import io.github.acrattach.domain.Pairing;
import io.github.acrattach.domain.PairingRule;
import io.github.acrattach.domain.PairingRule.Method;
import io.github.acrattach.domain.PowerState;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.Problem.Kind;
import io.github.acrattach.domain.PullSecretTerms;
import io.github.acrattach.domain.Registry;
import io.github.acrattach.domain.Samples;
import io.github.acrattach.domain.Selector;
import io.github.acrattach.domain.access.Code;
import io.github.acrattach.domain.access.Finding;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A registry that is moved to another group or subscription has another id, and is pulled from all the time. */
class MovedRegistryTest {

    private static final ArmId MOVED = ArmId.parse(REGISTRY.toString().replace("/platform/", "/east/"));
    private static final Pairing NOW = new Pairing(CLUSTER, MOVED);
    private static final CredentialKey NEW = new CredentialKey(NOW, CredentialKind.ACR_TOKEN);

    private final SmallCloud cloud = SmallCloud.sample();
    private final SmallSecrets secrets = new SmallSecrets(cloud);
    private final Program ruled = new Program(cloud, secrets, Program.everything(Method.SECRET));
    private final Program unruled = new Program(cloud, secrets);

    MovedRegistryTest() {
        secrets.namespace(CLUSTER, "shop");
        secrets.namespace(CLUSTER, "web");
        ruled.ensurePullAccess.ensure(PAIR, Optional.empty());
        assertThat(held(REGISTRY)).isEqualTo(Map.of("shop", "password-1", "web", "password-1"));
    }

    @Test
    void eventOfTheFormerIdTakesNothingThatLivesOn() {
        secrets.move(REGISTRY, MOVED);

        Outcome outcome = deleted(ruled);

        assertThat(outcome).isInstanceOfSatisfying(Outcome.Revoked.class, revoked -> {
            assertThat(revoked.removed()).isEmpty();
            assertThat(revoked.kept())
                    .containsExactly(
                            "the secret acr-attach-acrshop in namespace shop, because its login server is that of a"
                                    + " registry which is there",
                            "the secret acr-attach-acrshop in namespace web, because its login server is that of a"
                                    + " registry which is there");
            assertThat(revoked.notes()).extracting(Problem::kind).containsExactly(Kind.MOVED);
        });
        assertThat(held(REGISTRY)).hasSize(2);
        assertThat(secrets.made()).hasSize(1);
    }

    @Test
    void detachingTheFormerIdTakesNothingThatLivesOn() {
        secrets.move(REGISTRY, MOVED);

        assertThat(ruled.revokePullAccess.detach(PAIR))
                .isInstanceOfSatisfying(Outcome.Revoked.class, revoked -> assertThat(revoked.kept())
                        .hasSize(2));
        assertThat(held(REGISTRY)).hasSize(2);
    }

    @Test
    void deletionThatIsNoMoveTakesAllBack() {
        cloud.delete(REGISTRY);
        cloud.put(registry(MOVED, "acrshop-0123456789abcdef.azurecr.io"));

        assertThat(deleted(ruled))
                .isInstanceOfSatisfying(Outcome.Revoked.class, revoked -> assertThat(revoked.removed())
                        .hasSize(2));
        assertThat(held(REGISTRY)).isEmpty();
    }

    @Test
    void registriesOfTheNameAreLookedForOnceForAllClusters() {
        for (String name : List.of("aks-1", "aks-2", "aks-3")) {
            cloud.put(Expected.cluster(name, Samples.cluster().identity()));
        }
        secrets.move(REGISTRY, MOVED);
        int before = cloud.troubles.asked(Call.LIST_REGISTRIES, SUBSCRIPTION);

        deleted(ruled);

        assertThat(cloud.troubles.asked(Call.LIST_REGISTRIES, SUBSCRIPTION) - before)
                .as("once to prove that it is gone, and once for the others of its name")
                .isEqualTo(2);
    }

    @Test
    void registriesThatCannotBeListedMayHoldTheOneThatWasMoved() {
        secrets.move(REGISTRY, MOVED);
        cloud.put(Expected.elsewhere(Samples.cluster().identity()));
        cloud.troubles.refuse(Call.LIST_REGISTRIES, Expected.ELSEWHERE, problem(Kind.MISSING_RIGHT));

        assertThat(deleted(ruled)).isEqualTo(new Outcome.Refused(PAIR, problem(Kind.MISSING_RIGHT)));
        assertThat(held(REGISTRY)).hasSize(2);
    }

    @Test
    void timerTakesTheSecretOverAndThenTheFormerTokenBack() {
        secrets.move(REGISTRY, MOVED);

        Outcome outcome = ruled.rotatePullSecrets.rotate().get(0);

        assertThat(outcome).isInstanceOfSatisfying(Outcome.Provisioned.class, done -> {
            assertThat(done.pairing()).contains(NOW);
            assertThat(done.notes()).extracting(Problem::kind).containsExactly(Kind.MOVED);
        });
        assertThat(held(MOVED)).isEqualTo(Map.of("shop", "password-2", "web", "password-2"));
        assertThat(held(REGISTRY)).isEmpty();
        assertThat(secrets.made()).containsExactly(NEW);
    }

    @ParameterizedTest
    @ValueSource(strings = {"STORE", "REMOVE_CREDENTIAL"})
    void whatAKilledRunLeftIsDoneByTheTimer(Call killedAt) {
        secrets.move(REGISTRY, MOVED);
        Object about =
                killedAt == Call.STORE ? CLUSTER : NEW.named(TOKEN.name()).orElseThrow();
        cloud.troubles.fail(killedAt, about, new IllegalStateException("Killed."));
        ruled.ensurePullAccess.ensure(NOW, Optional.empty());
        cloud.troubles.end(killedAt, about);
        assertThat(secrets.made()).hasSize(2);

        secrets.pass(Duration.ofMinutes(2));
        ruled.rotatePullSecrets.rotate();

        assertThat(held(MOVED)).hasSize(2);
        assertThat(secrets.made()).containsExactly(NEW);
    }

    @Test
    void passwordThatIsNotProvenToPullReplacesNothing() {
        secrets.move(REGISTRY, MOVED);
        cloud.troubles.unavailable(Call.PROVE, NEW, problem(Kind.THROTTLED), Optional.empty());

        Outcome outcome = ruled.ensurePullAccess.ensure(NOW, Optional.empty());

        assertThat(outcome.postponed()).map(Outcome.Postponed::problem).contains(problem(Kind.THROTTLED));
        assertThat(held(REGISTRY)).isEqualTo(Map.of("shop", "password-1", "web", "password-1"));
        assertThat(secrets.made()).hasSize(2);
    }

    @Test
    void formerTokenStaysWhileANamespaceRefusesTheNewPassword() {
        secrets.move(REGISTRY, MOVED);
        cloud.troubles.refuse(Call.STORE, "web", problem(Kind.QUOTA_EXCEEDED));

        ruled.rotatePullSecrets.rotate();

        assertThat(held(MOVED)).containsOnlyKeys("shop");
        assertThat(held(REGISTRY)).containsOnlyKeys("web");
        assertThat(secrets.made()).hasSize(2);
    }

    @Test
    void withoutARuleTheTimerSaysWhatToDoAndAttachDoesIt() {
        secrets.move(REGISTRY, MOVED);

        assertThat(unruled.rotatePullSecrets.rotate()).singleElement().satisfies(outcome -> {
            assertThat(outcome.trouble()).map(Problem::kind).contains(Kind.MOVED);
            assertThat(outcome.trouble().orElseThrow().fix())
                    .contains("POST /api/attach", MOVED.toString(), "\"method\": \"secret\"");
        });
        assertThat(held(REGISTRY)).hasSize(2);

        unruled.ensurePullAccess.ensure(NOW, Optional.of(Method.SECRET));
        assertThat(held(MOVED)).hasSize(2);
        assertThat(secrets.made()).containsExactly(NEW);
    }

    @Test
    void ruleThatWantsARoleIsNotToldToAttachByASecret() {
        Program byRole = new Program(cloud, secrets, Program.everything(Method.ROLE));
        secrets.move(REGISTRY, MOVED);

        assertThat(byRole.rotatePullSecrets.rotate()).singleElement().satisfies(outcome -> {
            Problem problem = outcome.trouble().orElseThrow();
            assertThat(problem.cause()).contains("no rule wants a pull secret").doesNotContain("no rule pairs");
            assertThat(problem.fix()).contains("\"revoke\": true");
        });
    }

    @Test
    void whatTheMoveEndedIsNotSaidToPull() {
        Program byApplications = new Program(cloud, secrets, Program.everything(Method.SECRET, Program.APPLICATIONS));
        byApplications.rotatePullSecrets.rotate();
        secrets.move(REGISTRY, MOVED);

        assertThat(note(deleted(byApplications)))
                .as("an application loses its role by a move")
                .satisfies(note -> {
                    assertThat(note.cause()).contains("its pulls fail").doesNotContain("as before");
                    assertThat(note.fix()).contains("POST /api/attach", MOVED.toString());
                });
    }

    @Test
    void registryMadeAgainElsewhereHasNoTokenOfBefore() {
        cloud.delete(REGISTRY);
        cloud.put(registry(MOVED, Samples.registry().loginServer()));

        assertThat(note(deleted(ruled)).cause()).contains("its pulls fail").doesNotContain("as before");
        assertThat(held(REGISTRY)).hasSize(2);
    }

    @Test
    void stoppedClusterKeepsWhatOpensTheRegistryElsewhere() {
        secrets.move(REGISTRY, MOVED);
        cloud.put(Expected.cluster(PowerState.STOPPED));

        Outcome outcome = deleted(ruled);

        assertThat(((Outcome.Revoked) outcome).kept())
                .singleElement()
                .asString()
                .contains("is stopped");
        assertThat(note(outcome).cause()).contains("as before", MOVED.toString());
    }

    @Test
    void anotherRegistryOfTheNameIsNotTakenForTheOneThatIsGoneWhileTheClusterIsStopped() {
        cloud.delete(REGISTRY);
        cloud.put(registry(MOVED, "acrshop-0123456789abcdef.azurecr.io"));
        cloud.put(Expected.cluster(PowerState.STOPPED));

        assertThat(deleted(ruled)).isInstanceOfSatisfying(Outcome.Revoked.class, revoked -> {
            assertThat(revoked.notes()).isEmpty();
            assertThat(revoked.kept()).singleElement().asString().contains("lets nobody in any more");
        });
    }

    @Test
    void whetherAStoppedClustersRegistryWasMovedHasToBeSeen() {
        secrets.move(REGISTRY, MOVED);
        cloud.put(Expected.cluster(PowerState.STOPPED));
        cloud.troubles.refuse(Call.LIST_CREDENTIALS, MOVED, problem(Kind.MISSING_RIGHT));

        assertThat(deleted(ruled)).isEqualTo(new Outcome.Refused(PAIR, problem(Kind.MISSING_RIGHT)));
        assertThat(secrets.made()).hasSize(1);
    }

    @Test
    void registryThatLeftASubscriptionBeforeThatWasDeletedIsTakenOver() {
        ArmId far = ArmId.parse(REGISTRY.toString().replace(SUBSCRIPTION.toString(), new UUID(7, 7).toString()));
        ArmId left = ArmId.parse(REGISTRY.toString().replace(SUBSCRIPTION.toString(), new UUID(8, 8).toString()));
        secrets.move(REGISTRY, left);
        Pairing before = new Pairing(CLUSTER, left);
        unruled.ensurePullAccess.ensure(before, Optional.of(Method.SECRET));
        secrets.move(left, far);
        cloud.troubles.refuse(Call.FIND_REGISTRY, left, problem(Kind.REJECTED));

        Outcome outcome = unruled.ensurePullAccess.ensure(new Pairing(CLUSTER, far), Optional.of(Method.SECRET));

        assertThat(outcome).isInstanceOf(Outcome.Provisioned.class);
        assertThat(held(far)).hasSize(2);
        assertThat(held(left)).isEmpty();
    }

    @Test
    void passwordOfBeforeIsReplacedByRotatingTheNewId() {
        secrets.move(REGISTRY, MOVED);

        assertThat(ruled.rotatePullSecrets.rotateNow(NOW)).isInstanceOf(Outcome.Provisioned.class);
        assertThat(held(MOVED)).isEqualTo(Map.of("shop", "password-2", "web", "password-2"));
        assertThat(secrets.made()).as("the password of before is dead").containsExactly(NEW);
    }

    @Test
    void tokenOfBeforeThatStandsNowhereIsRevokedByRotatingTheNewId() {
        secrets.move(REGISTRY, MOVED);
        secrets.empty(CLUSTER, "shop");
        secrets.empty(CLUSTER, "web");

        ruled.rotatePullSecrets.rotateNow(NOW);

        assertThat(secrets.made()).containsExactly(NEW);
    }

    @Test
    void rotatingWithoutARuleSaysThatThePasswordOfBeforePulls() {
        secrets.move(REGISTRY, MOVED);

        assertThat(unruled.rotatePullSecrets.rotateNow(NOW).trouble())
                .hasValueSatisfying(problem -> assertThat(problem.kind()).isEqualTo(Kind.MOVED));
    }

    @Test
    void rotatingTheFormerIdIsNotSaidToNeedNothing() {
        secrets.move(REGISTRY, MOVED);

        assertThat(ruled.rotatePullSecrets.rotateNow(PAIR))
                .isEqualTo(new Outcome.Gone(PAIR, REGISTRY).near(List.of(MOVED)));
        assertThat(held(REGISTRY)).hasSize(2);
    }

    @Test
    void ruleThatGoesByResourceGroupDoesNotFollowAMoveAndThatIsSaid() {
        Program byGroup = new Program(
                cloud,
                secrets,
                new PairingRule(
                        "group",
                        Selector.of(List.of(), List.of(), List.of("*"), List.of()),
                        Selector.of(List.of(), List.of("platform"), List.of(), List.of()),
                        List.of(),
                        Method.SECRET,
                        PullSecretTerms.DEFAULT));
        secrets.move(REGISTRY, MOVED);

        Outcome outcome = deleted(byGroup);

        assertThat(((Outcome.Revoked) outcome).notes()).singleElement().satisfies(note -> {
            assertThat(note.cause()).contains("does not select it where it is now", MOVED.toString());
            assertThat(note.fix()).contains("POST /api/attach");
        });
        assertThat(held(REGISTRY)).hasSize(2);
    }

    @Test
    void registryMadeAgainInAnotherGroupIsNoMoveAndItsDeadSecretIsOverwritten() {
        cloud.delete(REGISTRY);
        secrets.spoil(TOKEN);
        cloud.put(registry(MOVED, Samples.registry().loginServer()));

        ruled.ensurePullAccess.ensure(NOW, Optional.empty());

        assertThat(held(MOVED)).hasSize(2);
        assertThat(held(REGISTRY)).isEmpty();
    }

    @Test
    void secretOfARegistryThatIsThereIsAnothers() {
        cloud.put(registry(MOVED, Samples.registry().loginServer()));

        Outcome outcome = ruled.ensurePullAccess.ensure(NOW, Optional.empty());

        assertThat(outcome.trouble()).map(Problem::kind).contains(Kind.FOREIGN_SECRET);
        assertThat(outcome.trouble().orElseThrow().fix()).doesNotContain("delete");
        assertThat(held(REGISTRY)).hasSize(2);
    }

    @Test
    void whetherTheFormerIdIsGoneHasToBeSeen() {
        secrets.move(REGISTRY, MOVED);
        cloud.troubles.refuse(Call.FIND_REGISTRY, REGISTRY, problem(Kind.MISSING_RIGHT));

        Outcome outcome = ruled.ensurePullAccess.ensure(NOW, Optional.empty());

        assertThat(outcome.trouble()).map(Problem::kind).contains(Kind.MISSING_RIGHT);
        assertThat(outcome.trouble().orElseThrow().cause()).contains("cannot be seen", REGISTRY.toString());
        assertThat(held(REGISTRY)).hasSize(2);
    }

    @Test
    void anotherSubscriptionIsAnotherPlaceLikeAnyOther() {
        ArmId far = ArmId.parse(REGISTRY.toString().replace(SUBSCRIPTION.toString(), new UUID(7, 7).toString()));
        secrets.move(REGISTRY, far);

        assertThat(deleted(ruled)).isInstanceOfSatisfying(Outcome.Revoked.class, revoked -> assertThat(revoked.kept())
                .hasSize(2));
        unruled.ensurePullAccess.ensure(new Pairing(CLUSTER, far), Optional.of(Method.SECRET));

        assertThat(held(far)).hasSize(2);
        assertThat(held(REGISTRY)).isEmpty();
    }

    @Test
    void moveInTheMiddleOfARenewalIsTakenUpUnderTheNewId() {
        secrets.pass(Duration.ofDays(75));
        cloud.troubles.meanwhile(Call.STORE, CLUSTER, () -> secrets.move(REGISTRY, MOVED));
        ruled.rotatePullSecrets.rotate();

        secrets.pass(Duration.ofMinutes(2));
        ruled.rotatePullSecrets.rotate();

        assertThat(held(MOVED)).hasSize(2);
        assertThat(held(REGISTRY)).isEmpty();
        assertThat(secrets.made()).containsExactly(NEW);
        assertThat(secrets.passwords(NEW)).hasSize(1);
    }

    @Test
    void detachingTheNewIdTakesWhatWasMadeUnderTheFormerOne() {
        secrets.move(REGISTRY, MOVED);

        unruled.revokePullAccess.detach(NOW);

        assertThat(secrets.made()).isEmpty();
    }

    @Test
    void whoAsksForTheFormerIdIsToldTheNewOne() {
        secrets.move(REGISTRY, MOVED);
        Outcome.Gone moved = new Outcome.Gone(PAIR, REGISTRY).near(List.of(MOVED));

        Finding first = ruled.verifyPullAccess
                .verify(PAIR, Optional.empty())
                .verdict()
                .first()
                .orElseThrow();
        assertThat(first.code()).contains(Code.REGISTRY_MOVED);
        assertThat(first.cause().orElseThrow()).contains(MOVED.toString());
        assertThat(ruled.ensurePullAccess.ensure(PAIR, Optional.empty())).isEqualTo(moved);
        assertThat(ruled.verifyPullAccess
                        .verify(NOW, Optional.empty())
                        .secret()
                        .orElseThrow()
                        .ofFormerId())
                .as("what the cluster pulls with until it is taken over")
                .hasValueSatisfying(proof -> assertThat(proof.problem()).isEmpty());
    }

    @Test
    void roleIsGivenWhereTheRegistryIsNow() {
        Program byRole = new Program(cloud, secrets, Program.everything(Method.ROLE));
        byRole.ensurePullAccess.ensure(PAIR, Optional.empty());
        secrets.move(REGISTRY, MOVED);
        assertThat(cloud.assignments()).isEmpty();

        assertThat(byRole.handleChange.ofOneDelivery().apply(new Change.RegistryWritten(MOVED)))
                .singleElement()
                .isInstanceOf(Outcome.Granted.class);
        assertThat(cloud.assignments()).singleElement().satisfies(each -> assertThat(each.scope())
                .isEqualTo(MOVED.toString()));
    }

    private Map<String, String> held(ArmId registry) {
        return secrets.held(CLUSTER, registry);
    }

    private static Problem note(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Revoked.class);
        return ((Outcome.Revoked) outcome).notes().get(0);
    }

    private static Outcome deleted(Program program) {
        return program.handleChange
                .ofOneDelivery()
                .apply(new Change.Deleted(REGISTRY))
                .get(0);
    }

    private static Registry registry(ArmId id, String loginServer) {
        Registry sample = Samples.registry();
        return Samples.registry(id, sample.tags(), sample.state(), loginServer, sample.roleAssignmentMode());
    }
}
