package io.github.acrattach.usecase;

import static io.github.acrattach.domain.Samples.CLUSTER;
import static io.github.acrattach.domain.Samples.REGISTRY;
import static io.github.acrattach.domain.Samples.problem;
import static io.github.acrattach.usecase.Expected.APPLICATION;
import static io.github.acrattach.usecase.Expected.PAIR;
import static io.github.acrattach.usecase.Expected.TOKEN;
import static io.github.acrattach.usecase.Expected.postponed;
import static io.github.acrattach.usecase.Expected.provisioned;
import static io.github.acrattach.usecase.Program.APPLICATIONS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.acrattach.domain.CredentialKind;
import io.github.acrattach.domain.Held;
import io.github.acrattach.domain.NamespaceOutcome;
import io.github.acrattach.domain.NamespaceOutcome.State;
import io.github.acrattach.domain.NamespaceSelector;
import io.github.acrattach.domain.Outcome;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.Problem.Kind;
import io.github.acrattach.domain.PullRole;
import io.github.acrattach.domain.PullSecretTerms;
import io.github.acrattach.domain.Purpose;
import io.github.acrattach.domain.Samples;
import io.github.acrattach.domain.SecretRun;
import io.github.acrattach.domain.ServiceAccountPatterns;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ProvisionPullSecretTest {

    private static final Held.Foreign THEIRS = new Held.Foreign("It is the baker's.");
    private static final Problem NO_RIGHT = problem(Kind.MISSING_RIGHT);
    private static final Problem QUOTA = problem(Kind.QUOTA_EXCEEDED);
    private static final Problem BUSY = problem(Kind.THROTTLED);
    private static final Optional<Duration> SOON = Optional.of(Duration.ofSeconds(7));

    private final SmallCloud cloud = SmallCloud.sample();
    private final SmallSecrets secrets = new SmallSecrets(cloud);

    ProvisionPullSecretTest() {
        secrets.namespace(CLUSTER, "shop");
        secrets.namespace(CLUSTER, "web");
        secrets.namespace(CLUSTER, "kube-system");
    }

    /** What is there, and how it ends where nothing was made before. */
    static Stream<Arguments> firstTime() {
        Outcome removed = postponed(
                Kind.IN_PROGRESS,
                "The credential " + TOKEN.name() + ", or what it belongs to, was removed while it was being used.",
                REGISTRY);
        return Stream.of(
                given("nothing is in the way", (cloud, secrets) -> {}, provisioned(true, "shop", "web")),
                given(
                        "somebody else's secret stands in one namespace",
                        (cloud, secrets) -> secrets.occupy(CLUSTER, "web", THEIRS),
                        provisionedIn(
                                NamespaceOutcome.of("shop", State.READY).referenced(true),
                                THEIRS.obstacle(PAIR, "web", "acr-attach-acrshop")
                                        .orElseThrow())),
                given(
                        "one namespace goes away",
                        (cloud, secrets) -> secrets.terminate(CLUSTER, "web"),
                        provisionedIn(
                                NamespaceOutcome.of("shop", State.READY).referenced(true),
                                NamespaceOutcome.of("web", State.TERMINATING))),
                given(
                        "one namespace is full",
                        (cloud, secrets) -> cloud.troubles.refuse(Call.STORE, "web", QUOTA),
                        provisionedIn(
                                NamespaceOutcome.of("shop", State.READY).referenced(true),
                                NamespaceOutcome.of("web", State.REFUSED, QUOTA))),
                given(
                        "all namespaces are full",
                        (cloud, secrets) -> {
                            cloud.troubles.refuse(Call.STORE, "shop", QUOTA);
                            cloud.troubles.refuse(Call.STORE, "web", QUOTA);
                        },
                        new Outcome.Refused(
                                PAIR,
                                QUOTA,
                                List.of(
                                        NamespaceOutcome.of("shop", State.REFUSED, QUOTA),
                                        NamespaceOutcome.of("web", State.REFUSED, QUOTA)))),
                given(
                        "the issuer may not be asked",
                        (cloud, secrets) -> cloud.troubles.refuse(Call.FIND_CREDENTIAL, TOKEN, NO_RIGHT),
                        new Outcome.Refused(PAIR, NO_RIGHT)),
                given(
                        "no credential may be made",
                        (cloud, secrets) -> cloud.troubles.refuse(Call.MAKE_CREDENTIAL, TOKEN, NO_RIGHT),
                        new Outcome.Refused(PAIR, NO_RIGHT)),
                given(
                        "no password may be made",
                        (cloud, secrets) -> cloud.troubles.refuse(Call.ADD_PASSWORD, TOKEN, NO_RIGHT),
                        new Outcome.Refused(PAIR, NO_RIGHT)),
                given(
                        "the cluster may not be looked into",
                        (cloud, secrets) -> cloud.troubles.refuse(Call.LIST_NAMESPACES, CLUSTER, NO_RIGHT),
                        new Outcome.Refused(PAIR, NO_RIGHT)),
                given(
                        "the cluster goes away",
                        (cloud, secrets) ->
                                cloud.troubles.meanwhile(Call.LIST_NAMESPACES, CLUSTER, () -> cloud.delete(CLUSTER)),
                        new Outcome.Gone(PAIR, CLUSTER)),
                given(
                        "the registry goes away before the credential is made",
                        (cloud, secrets) ->
                                cloud.troubles.meanwhile(Call.MAKE_CREDENTIAL, TOKEN, () -> cloud.delete(REGISTRY)),
                        removed),
                given(
                        "the registry goes away before the password is made",
                        (cloud, secrets) ->
                                cloud.troubles.meanwhile(Call.ADD_PASSWORD, TOKEN, () -> cloud.delete(REGISTRY)),
                        removed));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void firstTime(String given, BiConsumer<SmallCloud, SmallSecrets> arrange, Outcome expected) {
        arrange.accept(cloud, secrets);
        assertThat(provisionedByToken()).as(given).isEqualTo(expected);
    }

    @Test
    void everyNamespaceThatIsMeantHoldsTheOnePasswordThereIs() {
        provisionedByToken();
        assertThat(secrets.held(CLUSTER, REGISTRY)).isEqualTo(Map.of("shop", "password-1", "web", "password-1"));
        assertThat(secrets.passwords(TOKEN)).hasSize(1);
    }

    @Test
    void passwordThatNoNamespaceTakesIsEnded() {
        cloud.troubles.refuse(Call.STORE, "shop", QUOTA);
        cloud.troubles.refuse(Call.STORE, "web", QUOTA);
        provisionedByToken();
        assertThat(secrets.passwords(TOKEN)).isEmpty();
    }

    @Test
    void nothingIsMadeForAClusterWithoutANamespaceThatIsMeant() {
        PullSecretTerms elsewhere = new PullSecretTerms(
                CredentialKind.ACR_TOKEN,
                List.of("*"),
                NamespaceSelector.of(List.of("elsewhere"), List.of(), List.of()),
                ServiceAccountPatterns.NONE,
                Duration.ofDays(90),
                0.66);
        assertThat(provision(elsewhere, Patience.of(Patience.Limit.PAIR)))
                .isEqualTo(Expected.refused(
                        Kind.NO_NAMESPACE,
                        "No namespace of the cluster aks-shop is one that the pull secret is to go to.",
                        CLUSTER,
                        "Create the namespace, or correct ACR_ATTACH_RULES_<NAME>_SECRET_NAMESPACES; the timer"
                                + " function RotatePullSecrets looks again by itself."));
        assertThat(secrets.passwords(TOKEN)).isEmpty();
    }

    @Test
    void namespaceThatComesLaterGetsThePasswordThatTheOthersHold() {
        provisionedByToken();
        secrets.namespace(CLUSTER, "late");
        assertThat(provisionedByToken()).isEqualTo(provisioned(true, "late", "shop", "web"));
        assertThat(secrets.held(CLUSTER, REGISTRY)).containsEntry("late", "password-1");
    }

    @Test
    void passwordThatWasLostIsReplaced() {
        provisionedByToken();
        secrets.empty(CLUSTER, "shop");
        secrets.empty(CLUSTER, "web");
        secrets.pass(Duration.ofMinutes(2));
        assertThat(provisionedByToken())
                .isEqualTo(provisioned(CredentialKind.ACR_TOKEN, secrets.now(), true, "shop", "web"));
        assertThat(secrets.held(CLUSTER, REGISTRY)).isEqualTo(Map.of("shop", "password-2", "web", "password-2"));
        assertThat(secrets.passwords(TOKEN)).hasSize(1);
    }

    @Test
    void passwordThatIsDueIsReplacedAndEnded() {
        provisionedByToken();
        secrets.pass(Duration.ofDays(60));
        assertThat(provisionedByToken())
                .isEqualTo(provisioned(CredentialKind.ACR_TOKEN, secrets.now(), true, "shop", "web"));
        assertThat(secrets.held(CLUSTER, REGISTRY)).isEqualTo(Map.of("shop", "password-2", "web", "password-2"));
        assertThat(secrets.passwords(TOKEN)).hasSize(1);
    }

    @Test
    void applicationIsGivenThePullRole() {
        assertThat(provision(APPLICATIONS, Patience.of(Patience.Limit.PAIR)))
                .isEqualTo(provisioned(CredentialKind.SERVICE_PRINCIPAL, true, "shop", "web"));
        assertThat(cloud.assignments()).singleElement().satisfies(made -> assertThat(made.principal())
                .isEqualTo(SmallSecrets.principalOf(APPLICATION)));
    }

    @Test
    void roleThatIsNotListedYetDoesNotHoldUpTheApplication() {
        UUID principal = SmallSecrets.principalOf(APPLICATION);
        cloud.putUnlisted(Samples.assignment(principal, PullRole.ACR_PULL, REGISTRY.toString(), null));
        assertThat(provision(APPLICATIONS, Patience.of(Patience.Limit.PAIR)))
                .isEqualTo(provisioned(CredentialKind.SERVICE_PRINCIPAL, true, "shop", "web"));
        assertThat(cloud.assignments()).isEmpty();
    }

    @Test
    void applicationThatMayNotBeGivenTheRoleGetsNoPassword() {
        cloud.troubles.refuse(Call.ASSIGN, SmallSecrets.principalOf(APPLICATION), NO_RIGHT);
        assertThat(provision(APPLICATIONS, Patience.of(Patience.Limit.PAIR)))
                .isEqualTo(new Outcome.Refused(PAIR, NO_RIGHT));
        assertThat(secrets.passwords(APPLICATION)).isEmpty();
    }

    @Test
    void noPasswordIsMadeWithoutTheTimeToStoreIt() {
        assertThat(provision(PullSecretTerms.DEFAULT, Patience.of(Duration.ofSeconds(5))))
                .isEqualTo(postponed(
                        Kind.UNAVAILABLE,
                        "Azure answered so slowly that no time is left to make a password and store it.",
                        REGISTRY));
        assertThat(secrets.passwords(TOKEN)).isEmpty();
    }

    @Test
    void passwordThatTheRegistryDoesNotLetInYetIsPostponedWithWhatTheRegistrySays() {
        provisionedByToken();
        cloud.troubles.refuse(Call.PROVE, TOKEN, BUSY);
        assertThat(provision(PullSecretTerms.DEFAULT, Patience.of(Duration.ofSeconds(3))))
                .isEqualTo(postponed(
                        Kind.NOT_EFFECTIVE, "The credential is made, but not effective yet. " + BUSY.cause(), CLUSTER));
    }

    @Test
    void passwordThatTheRegistryCannotJudgeNowIsStoredAllTheSame() {
        cloud.troubles.unavailable(Call.PROVE, TOKEN, BUSY, SOON);
        assertThat(provisionedByToken()).isEqualTo(new Outcome.Postponed(Optional.of(PAIR), BUSY, SOON));
        assertThat(secrets.held(CLUSTER, REGISTRY)).isEqualTo(Map.of("shop", "password-1", "web", "password-1"));
        cloud.troubles.end(Call.PROVE, TOKEN);
        assertThat(provisionedByToken()).isEqualTo(provisioned(false, "shop", "web"));
    }

    private Outcome provisionedByToken() {
        return provision(PullSecretTerms.DEFAULT, Patience.of(Patience.Limit.PAIR));
    }

    private Outcome provision(PullSecretTerms terms, Patience patience) {
        return new Program(cloud, secrets)
                .provisionPullSecret.provision(
                        Samples.cluster(), Samples.registry(), terms, SecretRun.begin(Purpose.RULE), patience);
    }

    private static Outcome provisionedIn(NamespaceOutcome... namespaces) {
        Outcome.Provisioned all = provisioned(true);
        return new Outcome.Provisioned(
                all.pairing(),
                all.key(),
                all.username(),
                all.expires(),
                all.renews(),
                all.changed(),
                List.of(namespaces),
                all.notes());
    }

    private static Arguments given(String what, BiConsumer<SmallCloud, SmallSecrets> arrange, Outcome expected) {
        return Arguments.of(what, arrange, expected);
    }
}
