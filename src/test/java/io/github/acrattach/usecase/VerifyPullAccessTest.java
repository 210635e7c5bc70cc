package io.github.acrattach.usecase;

import static io.github.acrattach.domain.Samples.CLUSTER;
import static io.github.acrattach.domain.Samples.GRANT;
import static io.github.acrattach.domain.Samples.REGISTRY;
import static io.github.acrattach.domain.Samples.problem;
import static io.github.acrattach.domain.Samples.registry;
import static io.github.acrattach.usecase.Expected.PAIR;
import static io.github.acrattach.usecase.Expected.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.acrattach.domain.Outcome;
import io.github.acrattach.domain.PairingRule.Method;
import io.github.acrattach.domain.PowerState;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.Problem.Kind;
import io.github.acrattach.domain.ProvisioningState;
import io.github.acrattach.domain.Samples;
import io.github.acrattach.domain.SecretStatus;
import io.github.acrattach.domain.access.Check.Way;
import io.github.acrattach.domain.access.Code;
import io.github.acrattach.domain.access.Finding;
import io.github.acrattach.domain.access.Verdict;
import io.github.acrattach.domain.access.Verdict.Answer;
import io.github.acrattach.usecase.VerifyPullAccess.Verified;
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

    /** What is there of a pair that no rule makes by secret, and what is said of it. */
    static Stream<Arguments> roles() {
        return Stream.of(
                given("nothing is granted", cloud -> {}, Answer.MISSING, Code.NO_RIGHT),
                given(
                        "it is granted just now",
                        cloud -> cloud.put(SmallCloud.made(GRANT)),
                        Answer.GRANTED,
                        Code.NOT_EFFECTIVE_YET),
                given("the cluster is gone", cloud -> cloud.delete(CLUSTER), Answer.MISSING, Code.CLUSTER_NOT_FOUND),
                given("the registry is gone", cloud -> cloud.delete(REGISTRY), Answer.MISSING, Code.REGISTRY_NOT_FOUND),
                given(
                        "the registry may not be read",
                        cloud -> cloud.troubles.refuse(Call.FIND_REGISTRY, REGISTRY, NO_RIGHT),
                        Answer.UNKNOWN,
                        Code.REGISTRY_NOT_READABLE));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void roles(String given, Consumer<SmallCloud> change, Answer answer, Code code) {
        change.accept(cloud);
        assertVerdict(verified(Method.ROLE), answer, code);
    }

    @Test
    void azureThatDoesNotAnswerIsToldWithWhenToAskAgain() {
        cloud.troubles.unavailable(Call.FIND_CLUSTER, CLUSTER, BUSY, SOON);
        Verified verified = verified(Method.ROLE);
        assertThat(verified.unanswered()).contains(new Outcome.Postponed(Optional.of(PAIR), BUSY, SOON));
        assertThat(verified.verdict().answer()).isEqualTo(Answer.UNKNOWN);
    }

    @Test
    void whatKeepsTheTwoOutOfARuleIsSeen() {
        before = everything();
        VerifyPullAccess use = new Program(
                        cloud, secrets, Program.except(Program.everything(Method.SECRET), "aks-*/acrshop"))
                .verifyPullAccess;
        Verified verified = use.verify(PAIR, Optional.empty());
        assertThat(verified.verdict().way()).isEqualTo(Way.ROLE);
        assertThat(verified.exclusion().orElseThrow().by())
                .isEqualTo("The setting ACR_ATTACH_RULES_ALL_EXCLUDED_PAIRS");
    }

    @Test
    void secretThatIsWantedAndNotMadeIsMissing() {
        assertVerdict(verified(Method.SECRET), Answer.MISSING, Code.NO_CREDENTIAL);
    }

    @Test
    void secretThatIsMadeIsTriedAtTheRegistry() {
        attach();
        Verified verified = verified(Method.SECRET);
        assertVerdict(verified, Answer.EFFECTIVE, null);
        assertThat(verified.verdict().way()).isEqualTo(Way.SECRET);
        assertThat(verified.secret().orElseThrow().status().map(SecretStatus::password))
                .contains(secrets.passwords(TOKEN).get(0));
    }

    @Test
    void secretIsSeenWhereARoleIsWantedNow() {
        attach();
        Verified verified = verified(Method.ROLE);
        assertVerdict(verified, Answer.EFFECTIVE, null);
        assertThat(verified.verdict().way()).isEqualTo(Way.SECRET);
    }

    @Test
    void passwordThatTheRegistryRejectsIsTold() {
        attach();
        secrets.spoil(TOKEN);
        assertVerdict(verified(Method.SECRET), Answer.BLOCKED, Code.CREDENTIAL_REFUSED);
    }

    @Test
    void registryThatDoesNotAnswerLeavesTheRestAsItWasSeen() {
        attach();
        cloud.troubles.unavailable(Call.PROVE, TOKEN, Samples.problem(Problem.Kind.UNAVAILABLE), Optional.empty());
        assertVerdict(verified(Method.SECRET), Answer.UNKNOWN, Code.CREDENTIAL_NOT_TRIED);
        assertThat(verified(Method.SECRET).secret()).isPresent();
    }

    @Test
    void clusterThatMayNotBeLookedIntoIsToldAsThat() {
        attach();
        cloud.troubles.refuse(Call.LIST_NAMESPACES, CLUSTER, NO_RIGHT);
        assertThat(verified(Method.SECRET).verdict().answer()).isEqualTo(Answer.UNKNOWN);
    }

    @Test
    void registryWithoutALoginServerOfItsOwnTakesARoleAndNoSecret() {
        cloud.put(Samples.registry(REGISTRY, registry().tags(), registry().state(), "", Optional.empty()));
        assertVerdict(verified(Method.ROLE), Answer.MISSING, Code.NO_RIGHT);
        assertThat(verified(Method.SECRET).verdict().answer()).isNotEqualTo(Answer.EFFECTIVE);
        cloud.put(SmallCloud.made(GRANT));
        assertThat(verified(Method.SECRET).verdict().answer()).isEqualTo(Answer.GRANTED);
    }

    @Test
    void stoppedClusterIsToldBeforeAnythingElse() {
        cloud.put(Expected.cluster(PowerState.STOPPED));
        assertVerdict(verified(Method.ROLE), Answer.MISSING, Code.CLUSTER_STOPPED);
        cloud.put(SmallCloud.made(GRANT));
        assertVerdict(verified(Method.ROLE), Answer.BLOCKED, Code.CLUSTER_STOPPED);
    }

    @Test
    void secretInAStoppedClusterIsBlockedByThat() {
        attach();
        cloud.put(Expected.cluster(PowerState.STOPPED));
        assertVerdict(verified(Method.SECRET), Answer.BLOCKED, Code.CLUSTER_STOPPED);
    }

    @Test
    void roleWithWhichNodesCannotSignInHidesNoSecretThatWorks() {
        attach();
        cloud.put(Expected.takingNoArmTokens());
        cloud.put(Expected.running("1.28.9"));
        cloud.put(SmallCloud.made(GRANT));
        assertVerdict(verified(Method.ROLE), Answer.EFFECTIVE, null);
        assertThat(verified(Method.ROLE).verdict().way()).isEqualTo(Way.SECRET);
        cloud.put(Expected.running("1.31.9"));
        assertVerdict(verified(Method.ROLE), Answer.EFFECTIVE, null);
    }

    @Test
    void roleWithWhichNodesCannotSignInIsToldWhereAutoMadeNoSecret() {
        cloud.put(Expected.takingNoArmTokens());
        cloud.put(Expected.running("1.28.9"));
        cloud.put(SmallCloud.made(GRANT));
        assertVerdict(verified(Method.AUTO), Answer.BLOCKED, Code.ARM_TOKENS_REFUSED);
        assertVerdict(verified(Method.SECRET), Answer.MISSING, Code.NO_CREDENTIAL);
    }

    @Test
    void failedOperationSaysNothingOfTheWays() {
        attach();
        cloud.put(Expected.cluster(ProvisioningState.FAILED));
        assertVerdict(verified(Method.SECRET), Answer.EFFECTIVE, null);
        cloud.put(SmallCloud.made(GRANT));
        assertVerdict(verified(Method.ROLE), Answer.EFFECTIVE, null);
    }

    private static void assertVerdict(Verified verified, Answer answer, Code code) {
        Verdict verdict = verified.verdict();
        assertThat(verdict.answer()).as(verdict.toString()).isEqualTo(answer);
        assertThat(verdict.first().flatMap(Finding::code)).isEqualTo(Optional.ofNullable(code));
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

    private static Arguments given(String what, Consumer<SmallCloud> change, Answer answer, Code code) {
        return Arguments.of(what, change, answer, code);
    }
}
