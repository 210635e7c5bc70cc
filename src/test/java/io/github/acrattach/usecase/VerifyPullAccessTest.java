package io.github.acrattach.usecase;

import static io.github.acrattach.domain.Samples.CLUSTER;
import static io.github.acrattach.domain.Samples.GRANT;
import static io.github.acrattach.domain.Samples.REGISTRY;
import static io.github.acrattach.domain.Samples.problem;
import static io.github.acrattach.domain.Samples.registry;
import static io.github.acrattach.usecase.Expected.PAIR;
import static io.github.acrattach.usecase.Expected.TOKEN;
import static io.github.acrattach.usecase.Expected.provisioned;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.acrattach.domain.Outcome;
import io.github.acrattach.domain.PairingRule.Method;
import io.github.acrattach.domain.Password;
import io.github.acrattach.domain.PowerState;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.Problem.Kind;
import io.github.acrattach.domain.ProvisioningState;
import io.github.acrattach.domain.Registry;
import io.github.acrattach.domain.Samples;
import io.github.acrattach.domain.Secret;
import io.github.acrattach.domain.SecretStatus;
import io.github.acrattach.domain.SecretStep;
import io.github.acrattach.domain.Step;
import io.github.acrattach.usecase.VerifyPullAccess.Verified;
import io.github.acrattach.usecase.VerifyPullAccess.VerifiedSecret;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class VerifyPullAccessTest {

    private static final Step GRANT_IT = new Step.Grant(GRANT);
    private static final Problem NO_RIGHT = problem(Kind.MISSING_RIGHT);
    private static final Problem BUSY = problem(Kind.THROTTLED);
    private static final Optional<Duration> SOON = Optional.of(Duration.ofSeconds(7));

    private final SmallCloud cloud = SmallCloud.sample();
    private final SmallSecrets secrets = new SmallSecrets(cloud);
    private Object before = "";

    VerifyPullAccessTest() {
        secrets.namespace(CLUSTER, "shop");
    }

    @AfterEach
    void nothingIsChanged() {
        assertThat(everything()).isEqualTo(before);
    }

    /** What is there of a pair that no rule makes by secret, and what is seen of it. */
    static Stream<Arguments> roles() {
        return Stream.of(
                given("nothing is granted", cloud -> {}, Optional.of(registry()), GRANT_IT),
                given(
                        "it is granted",
                        cloud -> cloud.put(SmallCloud.made(GRANT)),
                        Optional.of(registry()),
                        new Step.End(new Outcome.AlreadyGranted(PAIR, GRANT, Samples.given(SmallCloud.made(GRANT))))),
                given(
                        "the cluster is gone",
                        cloud -> cloud.delete(CLUSTER),
                        Optional.of(registry()),
                        new Step.End(new Outcome.Gone(PAIR, CLUSTER))),
                given(
                        "the registry is gone",
                        cloud -> cloud.delete(REGISTRY),
                        Optional.empty(),
                        new Step.End(new Outcome.Gone(PAIR, REGISTRY))),
                given(
                        "the registry may not be read",
                        cloud -> cloud.troubles.refuse(Call.FIND_REGISTRY, REGISTRY, NO_RIGHT),
                        Optional.empty(),
                        new Step.End(new Outcome.Refused(PAIR, NO_RIGHT))),
                given(
                        "Azure does not answer",
                        cloud -> cloud.troubles.unavailable(Call.FIND_CLUSTER, CLUSTER, BUSY, SOON),
                        Optional.empty(),
                        new Step.End(new Outcome.Postponed(Optional.of(PAIR), BUSY, SOON))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void roles(String given, Consumer<SmallCloud> change, Optional<Registry> seen, Step next) {
        change.accept(cloud);
        assertThat(verified(Method.ROLE))
                .as(given)
                .isEqualTo(new Verified(
                        PAIR, Method.ROLE, seen, next, Optional.empty(), Optional.empty(), Optional.empty()));
    }

    @Test
    void whatKeepsTheTwoOutOfARuleIsSeen() {
        before = everything();
        VerifyPullAccess use = new Program(
                        cloud, secrets, Program.except(Program.everything(Method.SECRET), "aks-*/acrshop"))
                .verifyPullAccess;
        Verified verified = use.verify(PAIR, Optional.empty());
        assertThat(verified.method()).isEqualTo(Method.ROLE);
        assertThat(verified.exclusion().orElseThrow().by())
                .isEqualTo("The setting ACR_ATTACH_RULES_ALL_EXCLUDED_PAIRS");
    }

    @Test
    void secretThatIsWantedAndNotMadeIsToBeMade() {
        Verified verified = verified(Method.SECRET);
        assertThat(verified.role()).isEqualTo(GRANT_IT);
        assertThat(verified.method()).isEqualTo(Method.SECRET);
        assertSecret(verified, new SecretStep.Make(), Optional.empty());
    }

    @Test
    void secretThatIsMadeIsTriedAtTheRegistry() {
        attach();
        Verified verified = verified(Method.SECRET);
        assertSecret(
                verified,
                new SecretStep.End(provisioned(false, "shop")),
                Optional.of(secrets.passwords(TOKEN).get(0)));
    }

    @Test
    void secretIsSeenWhereARoleIsWantedNow() {
        attach();
        Verified verified = verified(Method.ROLE);
        assertThat(verified.role()).isEqualTo(GRANT_IT);
        assertSecret(
                verified,
                new SecretStep.End(provisioned(false, "shop")),
                Optional.of(secrets.passwords(TOKEN).get(0)));
    }

    @Test
    void passwordThatTheRegistryRejectsIsToBeTriedAgain() {
        attach();
        secrets.spoil(TOKEN);
        Password password = secrets.passwords(TOKEN).get(0);
        Verified verified = verified(Method.SECRET);
        assertSecret(verified, new SecretStep.Prove(new Secret("value of " + password.id())), Optional.of(password));
        assertThat(verified.secret().flatMap(way -> way.facts().proofOf(password)))
                .hasValueSatisfying(proof -> assertThat(proof.problem()).contains(SmallSecrets.WRONG_PASSWORD));
    }

    @Test
    void clusterThatMayNotBeLookedIntoIsToldAsThat() {
        attach();
        cloud.troubles.refuse(Call.LIST_NAMESPACES, CLUSTER, NO_RIGHT);
        assertThat(verified(Method.SECRET).secret().map(VerifiedSecret::next))
                .contains(new SecretStep.End(new Outcome.Refused(PAIR, NO_RIGHT)));
    }

    @Test
    void registryWithoutALoginServerOfItsOwnIsToldInsteadOfTheRoleThatIsNotWanted() {
        cloud.put(Samples.registry(REGISTRY, registry().tags(), registry().state(), "", Optional.empty()));
        assertThat(verified(Method.ROLE).role()).isEqualTo(GRANT_IT);
        assertThat(verified(Method.SECRET).role())
                .isInstanceOfSatisfying(Step.End.class, end -> assertThat(end.outcome())
                        .isInstanceOfSatisfying(
                                Outcome.Refused.class,
                                refused -> assertThat(refused.problem().kind()).isEqualTo(Kind.FOREIGN_ADDRESS)));
        cloud.put(SmallCloud.made(GRANT));
        assertThat(verified(Method.SECRET).pullsByRole()).isTrue();
    }

    @Test
    void secretInAStoppedClusterIsToldAsThat() {
        attach();
        cloud.put(Expected.cluster(PowerState.STOPPED));
        for (Method method : Method.values()) {
            assertThat(verified(method).role())
                    .as(method.toString())
                    .isInstanceOfSatisfying(Step.End.class, end -> assertThat(
                                    end.outcome().trouble().map(Problem::kind))
                            .contains(Kind.CLUSTER_STOPPED));
        }
        cloud.put(SmallCloud.made(GRANT));
        assertThat(verified(Method.SECRET).pullsByRole()).isTrue();
    }

    @Test
    void roleOfAStoppedClusterWithoutASecretIsToldAsMissing() {
        cloud.put(Expected.cluster(PowerState.STOPPED));
        assertThat(verified(Method.ROLE).role()).isEqualTo(GRANT_IT);
        assertThat(verified(Method.AUTO).role()).isEqualTo(GRANT_IT);
    }

    @Test
    void roleWithWhichNodesCannotSignInHidesNoSecretThatWorks() {
        attach();
        cloud.put(Expected.takingNoArmTokens());
        cloud.put(Expected.running("1.28.9"));
        cloud.put(SmallCloud.made(GRANT));
        Verified verified = verified(Method.ROLE);
        assertThat(verified.pullsByRole()).isFalse();
        assertThat(verified.secret().map(VerifiedSecret::next))
                .contains(new SecretStep.End(provisioned(false, "shop")));
        cloud.put(Expected.running("1.31.9"));
        assertThat(verified(Method.ROLE).pullsByRole()).isTrue();
    }

    @Test
    void roleWithWhichNodesCannotSignInIsToldWhereAutoMadeNoSecret() {
        cloud.put(Expected.takingNoArmTokens());
        cloud.put(Expected.running("1.28.9"));
        cloud.put(SmallCloud.made(GRANT));
        assertThat(verified(Method.AUTO).secret())
                .as("which the role keeps it from making")
                .isEmpty();
        assertThat(verified(Method.SECRET).secret().map(VerifiedSecret::next)).contains(new SecretStep.Make());
        attach();
        assertThat(verified(Method.AUTO).secret().map(VerifiedSecret::next))
                .contains(new SecretStep.End(provisioned(false, "shop")));
    }

    @Test
    void failedOperationSaysNothingOfTheWays() {
        attach();
        cloud.put(Expected.cluster(ProvisioningState.FAILED));
        assertThat(verified(Method.SECRET).secret().map(VerifiedSecret::next))
                .contains(new SecretStep.End(provisioned(false, "shop")));
        cloud.put(SmallCloud.made(GRANT));
        assertThat(verified(Method.ROLE).pullsByRole()).isTrue();
    }

    private static void assertSecret(Verified verified, SecretStep next, Optional<Password> held) {
        assertThat(verified.secret()).hasValueSatisfying(way -> {
            assertThat(way.next()).isEqualTo(next);
            assertThat(way.status().map(SecretStatus::password)).isEqualTo(held);
        });
    }

    private void attach() {
        new Program(cloud, secrets).ensurePullAccess.ensure(PAIR, Optional.of(Method.SECRET));
        assertThat(secrets.held(CLUSTER, REGISTRY)).containsOnlyKeys("shop");
    }

    private Verified verified(Method method) {
        before = everything();
        return new Program(cloud, secrets, Program.everything(method)).verifyPullAccess.verify(PAIR, Optional.empty());
    }

    private Object everything() {
        return List.of(cloud.assignments(), secrets.made(), secrets.passwords(TOKEN), secrets.held(CLUSTER, REGISTRY));
    }

    private static Arguments given(String what, Consumer<SmallCloud> change, Optional<Registry> seen, Step next) {
        return Arguments.of(what, change, seen, next);
    }
}
