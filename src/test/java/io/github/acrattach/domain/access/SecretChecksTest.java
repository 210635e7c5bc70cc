package io.github.acrattach.domain.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.ClusterNamespace;
import io.github.acrattach.domain.CredentialKey;
import io.github.acrattach.domain.CredentialKind;
import io.github.acrattach.domain.Held;
import io.github.acrattach.domain.ImageReference;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.Pairing;
import io.github.acrattach.domain.Password;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.Proof;
import io.github.acrattach.domain.PullCredential;
import io.github.acrattach.domain.PullCredential.Flaw;
import io.github.acrattach.domain.PullRole;
import io.github.acrattach.domain.PullSecret;
import io.github.acrattach.domain.PullSecretTerms;
import io.github.acrattach.domain.Purpose;
import io.github.acrattach.domain.References;
import io.github.acrattach.domain.Registry;
import io.github.acrattach.domain.RoleAssignment;
import io.github.acrattach.domain.Samples;
import io.github.acrattach.domain.Secret;
import io.github.acrattach.domain.SecretFacts;
import io.github.acrattach.domain.SecretRun;
import io.github.acrattach.domain.ServiceAccountPatterns;
import io.github.acrattach.domain.access.Finding.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretChecksTest {

    private static final Pairing PAIR = new Pairing(Samples.CLUSTER, Samples.REGISTRY);
    private static final Instant NOW = Instant.parse("2026-05-01T00:00:00Z");
    private static final String ATTACH = "POST /api/attach {\"cluster\": \"" + Samples.CLUSTER + "\"";
    private static final Secret VALUE = new Secret("made-up-value");
    private static final Password CURRENT = password("current", Duration.ofDays(5));
    private static final Password PREVIOUS = password("previous", Duration.ofDays(50));
    private static final Password EXPIRED = password("expired", Duration.ofDays(100));
    private static final UUID PRINCIPAL = UUID.fromString("7a6b5c4d-3e2f-4a1b-8c9d-0e1f2a3b4c5d");

    private CredentialKind kind = CredentialKind.ACR_TOKEN;
    private Optional<Flaw> flaw = Optional.empty();
    private List<Password> passwords = List.of(CURRENT);
    private Optional<Lookup<PullCredential>> credential = Optional.empty();
    private final List<ClusterNamespace> namespaces = new ArrayList<>();
    private Optional<Problem> unseen = Optional.empty();
    private List<RoleAssignment> assignments = List.of();
    private Proof said = Proof.PULLS.at(NOW.plusSeconds(2));
    private Optional<Proof> formerly = Optional.empty();
    private PullSecretTerms terms = PullSecretTerms.DEFAULT;
    private Registry registry = Samples.registry();
    private Optional<ImageReference> image = Optional.empty();

    @Test
    void whatPullsIsProvenWithItsTime() {
        holds("shop", CURRENT, VALUE);
        assertThat(credential()).satisfies(finding -> {
            assertThat(finding.state()).isEqualTo(State.OK);
            assertThat(finding.code()).isEmpty();
            assertThat(finding.provenAt()).contains(NOW.plusSeconds(2));
            assertThat(finding.seen())
                    .isEqualTo(
                            "pulled at 2026-05-01T00:00:02Z from acrshop.azurecr.io, valid until " + CURRENT.expires());
        });
        assertThat(namespaces())
                .singleElement()
                .isEqualTo(Finding.ok(Check.NAMESPACES, "secret acr-attach-acrshop in shop (by default)"));
    }

    @Test
    void credentialThatIsNotThereIsNamed() {
        credential = Optional.of(new Lookup.Absent<>());
        empty("shop");
        assertFails(credential(), Code.NO_CREDENTIAL, "no ACR token acr-attach-aks-shop-", ATTACH);
    }

    @Test
    void credentialWithoutAnyPasswordIsNone() {
        passwords = List.of();
        empty("shop");
        assertFails(credential(), Code.NO_CREDENTIAL, "has no password", ATTACH);
    }

    @Test
    void credentialThatMayNotBeReadIsNotSaidToBeMissing() {
        credential = Optional.of(new Lookup.Denied<>(Samples.problem(Problem.Kind.MISSING_RIGHT)));
        assertThat(credential())
                .isEqualTo(Finding.unknown(
                        Check.CREDENTIAL, Code.CREDENTIAL_NOT_READABLE, Samples.problem(Problem.Kind.MISSING_RIGHT)));
    }

    @Test
    void tokenThatSomebodyDisabledIsTold() {
        holds("shop", CURRENT, VALUE);
        flaw = Optional.of(Flaw.DISABLED);
        said = rejected();
        assertFails(
                credential(), Code.CREDENTIAL_DISABLED, "is disabled", "az acr token update --registry \"acrshop\"");
    }

    @Test
    void applicationThatNobodyMaySignInAsIsTold() {
        holdsByApplication();
        flaw = Optional.of(Flaw.SIGN_IN_DISABLED);
        said = rejected();
        assertFails(
                credential(),
                Code.CREDENTIAL_DISABLED,
                "the application acr-attach-aks-shop-",
                "az ad sp update --id \"" + PRINCIPAL + "\" --set accountEnabled=true");
    }

    @Test
    void expiredPasswordIsToldWithItsTime() {
        passwords = List.of(EXPIRED);
        holds("shop", EXPIRED, VALUE);
        assertFails(credential(), Code.CREDENTIAL_EXPIRED, "expired at " + EXPIRED.expires(), ATTACH);
        assertFails(namespace(Code.SECRET_OUTDATED), Code.SECRET_OUTDATED, "of an older password: shop", ATTACH);
    }

    @Test
    void passwordThatExpiredInTheClusterIsNotHiddenByOneThatNobodyHolds() {
        passwords = List.of(EXPIRED, CURRENT);
        holds("shop", EXPIRED, VALUE);
        assertFails(credential(), Code.CREDENTIAL_EXPIRED, EXPIRED.expires().toString(), ATTACH);
    }

    @Test
    void validPasswordThatNobodyHoldsIsNotTheFault() {
        empty("shop");
        assertThat(credential().state()).isEqualTo(State.OK);
        assertFails(namespace(Code.SECRET_ABSENT), Code.SECRET_ABSENT, "without the secret: shop", ATTACH);
    }

    @ParameterizedTest
    @EnumSource(
            value = Flaw.class,
            names = {"WITHOUT_RIGHT", "UNFINISHED"})
    void tokenWithoutItsScopeMapIsWithoutRight(Flaw without) {
        holds("shop", CURRENT, VALUE);
        flaw = Optional.of(without);
        said = unauthorized();
        assertFails(credential(), Code.CREDENTIAL_WITHOUT_RIGHT, "the ACR token", ATTACH);
    }

    @Test
    void scopeMapForOtherRepositoriesLetsSomeThrough() {
        narrow("shop/*");
        holds("shop", CURRENT, VALUE);
        flaw = Optional.of(Flaw.OTHER_REPOSITORIES);
        said = unauthorized();
        assertFails(
                credential(),
                Code.ONLY_SOME_REPOSITORIES,
                "names other repositories",
                "az acr scope-map show --registry");
    }

    @Test
    void applicationWithoutItsRoleIsWithoutRight() {
        holdsByApplication();
        assignments = List.of();
        said = unauthorized();
        assertFails(
                credential(),
                Code.CREDENTIAL_WITHOUT_RIGHT,
                "does not hold AcrPull",
                "az role assignment create --assignee-object-id \"" + PRINCIPAL + "\"");
    }

    @Test
    void applicationThatPullsNeedsNoRoleByItsName() {
        holdsByApplication();
        assignments = List.of();
        assertThat(credential().state()).isEqualTo(State.OK);
    }

    @Test
    void whatTheRegistryRefusesIsTold() {
        holds("shop", CURRENT, VALUE);
        said = rejected();
        assertFails(credential(), Code.CREDENTIAL_REFUSED, "refused at 2026-05-01T00:00:02Z", ATTACH);
    }

    @Test
    void freshPasswordThatIsRefusedIsWaitedFor() {
        Password fresh = new Password("fresh", NOW.minusSeconds(30), NOW.plus(Duration.ofDays(90)));
        passwords = List.of(fresh);
        holds("shop", fresh, VALUE);
        said = rejected();
        assertFails(credential(), Code.CREDENTIAL_REFUSED, "refused at", "Mend it.");
    }

    @Test
    void registryThatDoesNotAnswerProvesNothing() {
        holds("shop", CURRENT, VALUE);
        said = Proof.of(Proof.Verdict.UNREACHABLE, Samples.problem(Problem.Kind.REGISTRY_UNREACHABLE));
        assertThat(credential().state()).isEqualTo(State.UNKNOWN);
        assertThat(credential().code()).contains(Code.CREDENTIAL_NOT_TRIED);
        assertThat(credential().fix()).contains("Mend it.");
    }

    @Test
    void passwordThatNobodyMaySeeIsJudgedByItsAge() {
        blind("shop", CURRENT);
        assertThat(credential().code()).isEmpty();
        assertThat(credential().seen()).startsWith("not tried, for its value is not read here");
        Password fresh = new Password("fresh", NOW.minusSeconds(30), NOW.plus(Duration.ofDays(90)));
        passwords = List.of(fresh);
        namespaces.clear();
        blind("shop", fresh);
        assertThat(credential().code()).contains(Code.NOT_EFFECTIVE_YET);
    }

    @Test
    void repositoryThatIsNotThereIsNoFaultOfTheCredential() {
        holds("shop", CURRENT, VALUE);
        said = Proof.of(Proof.Verdict.NO_REPOSITORY, Samples.problem(Problem.Kind.REPOSITORY_MISSING));
        assertThat(credential().state()).isEqualTo(State.OK);
        assertThat(credential().code()).contains(Code.REPOSITORY_NOT_FOUND);
        assertThat(credential().provenAt())
                .as("it was let in, and pulled nothing")
                .isEmpty();
    }

    @Test
    void passwordThatIsDueIsNoted() {
        Password due = password("due", Duration.ofDays(80));
        passwords = List.of(due);
        holds("shop", due, VALUE);
        assertThat(credential().state()).isEqualTo(State.OK);
        assertThat(credential().code()).contains(Code.CREDENTIAL_DUE);
        assertThat(credential().provenAt()).contains(NOW.plusSeconds(2));
        assertThat(credential().seen())
                .startsWith("pulled at 2026-05-01T00:00:02Z")
                .contains("due for renewal since");
        assertThat(credential().fix().orElseThrow()).startsWith(ATTACH);
    }

    @Test
    void namespaceWithoutTheSecretIsNamedBesideThoseThatPull() {
        holds("shop", CURRENT, VALUE);
        empty("pay");
        assertFails(namespace(Code.SECRET_ABSENT), Code.SECRET_ABSENT, "without the secret: pay", ATTACH);
        assertThat(namespace(Code.SECRET_ABSENT).cause())
                .contains("There is no pull secret in pay. It stands as it should in shop.");
        assertThat(namespaces()).hasSize(2);
    }

    @Test
    void editedContentIsTold() {
        namespaces.add(namespace("shop", new Held.Ours(key().name(), "current", "", Optional.empty(), List.of())));
        assertFails(namespace(Code.SECRET_EDITED), Code.SECRET_EDITED, "edited: shop", ATTACH);
    }

    @Test
    void valueThatIsNotTheOneThatPullsIsEdited() {
        holds("pay", CURRENT, VALUE);
        holds("queue", CURRENT, VALUE);
        holds("shop", CURRENT, new Secret("made-up-other"));
        assertFails(namespace(Code.SECRET_EDITED), Code.SECRET_EDITED, "edited: shop", ATTACH);
    }

    @Test
    void secretOfAnotherCredentialIsOutdated() {
        namespaces.add(namespace(
                "shop", new Held.Ours("acr-attach-aks-shop-000000000000", "x", "y", Optional.of(VALUE), List.of())));
        assertFails(namespace(Code.SECRET_OUTDATED), Code.SECRET_OUTDATED, "of an older password: shop", ATTACH);
    }

    @Test
    void previousPasswordPullsStill() {
        passwords = List.of(PREVIOUS, CURRENT);
        holds("pay", CURRENT, VALUE);
        holds("shop", PREVIOUS, new Secret("made-up-before"));
        Finding previous = namespace(Code.SECRET_OF_PREVIOUS_PASSWORD);
        assertThat(previous.state()).isEqualTo(State.OK);
        assertThat(previous.seen()).isEqualTo("of the previous password: shop");
    }

    @Test
    void loginServerThatASecretDoesNotOpenIsNamed() {
        holds("shop", CURRENT, VALUE);
        registry = Samples.registry().with(List.of("acrshop.westeurope.geo.azurecr.io"));
        assertFails(
                namespace(Code.LOGIN_SERVER_NOT_COVERED),
                Code.LOGIN_SERVER_NOT_COVERED,
                "without acrshop.westeurope.geo.azurecr.io: shop",
                ATTACH);
        assertThat(namespaces()).hasSize(1);
    }

    @Test
    void imageIsPulledWhereItsOwnLoginServerIsOpened() {
        holds("shop", CURRENT, VALUE);
        registry = Samples.registry().with(List.of("acrshop.westeurope.geo.azurecr.io"));
        image = Optional.of(ImageReference.parse("acrshop.azurecr.io/shop/web:1"));
        assertThat(namespaces()).extracting(Finding::state).containsExactly(State.OK);
        image = Optional.of(ImageReference.parse("acrshop.westeurope.geo.azurecr.io/shop/web:1"));
        assertThat(namespaces()).extracting(Finding::state).containsExactly(State.FAILS);
    }

    @Test
    void secretThatOpensMoreThanThereIsPulls() {
        registry = Samples.registry().with(List.of("acrshop.westeurope.geo.azurecr.io"));
        holds("shop", CURRENT, VALUE);
        registry = Samples.registry();
        assertThat(namespaces()).extracting(Finding::state).containsExactly(State.OK);
    }

    @Test
    void somebodyElsesSecretIsTold() {
        namespaces.add(namespace("shop", new Held.Foreign("It does not carry the label.")));
        assertFails(
                namespace(Code.SECRET_OF_SOMEBODY_ELSE),
                Code.SECRET_OF_SOMEBODY_ELSE,
                "somebody else's: shop",
                "kubectl -n shop get secret acr-attach-acrshop");
    }

    @Test
    void namespaceThatMayNotBeReadIsUnknown() {
        namespaces.add(namespace("shop", new Held.Hidden(Samples.problem(Problem.Kind.MISSING_KUBERNETES_RIGHT))));
        assertThat(namespace(Code.NAMESPACE_NOT_READABLE).state()).isEqualTo(State.UNKNOWN);
        assertThat(namespace(Code.NAMESPACE_NOT_READABLE).seen()).isEqualTo("not readable: shop");
    }

    @Test
    void apiServerThatCannotBeReachedIsToldApartFromARightThatThisProgramLacks() {
        unseen = Optional.of(Samples.problem(Problem.Kind.CLUSTER_UNREACHABLE));
        assertThat(namespace(Code.CLUSTER_NOT_REACHABLE).cause()).contains("It is so.");
        unseen = Optional.of(Samples.problem(Problem.Kind.MISSING_RIGHT));
        assertThat(namespace(Code.NAMESPACE_NOT_READABLE).fix()).contains("Mend it.");
    }

    @Test
    void secretThatNoServiceAccountRefersToIsNoted() {
        holds("pay", CURRENT, VALUE);
        namespaces.add(namespace("shop", held(CURRENT, Optional.of(VALUE)), Optional.of(References.NONE)));
        Finding idle = namespace(Code.SECRET_NOT_REFERENCED);
        assertThat(idle.state()).isEqualTo(State.OK);
        assertThat(idle.seen()).isEqualTo("not referred to: shop (by no service account)");
        assertThat(namespaces())
                .contains(Finding.ok(
                        Check.NAMESPACES,
                        "secret acr-attach-acrshop in pay (by default), shop (by no service account)"));
    }

    @Test
    void serviceAccountThatIsToReferAndDoesNotIsNamed() {
        References one = new References(Set.of("default"), Set.of("web"), Set.of());
        namespaces.add(namespace("shop", held(CURRENT, Optional.of(VALUE)), Optional.of(one)));
        assertThat(namespace(Code.SECRET_NOT_REFERENCED).seen())
                .isEqualTo("not referred to: shop (by default, not by web)");
    }

    @Test
    void serviceAccountsThatMayNotBeReadMatterWhereSomeAreWanted() {
        namespaces.add(namespace("shop", held(CURRENT, Optional.of(VALUE)), Optional.empty()));
        assertThat(namespaces()).extracting(Finding::state).containsExactly(State.OK);
        terms = new PullSecretTerms(
                kind,
                terms.repositories(),
                terms.namespaces(),
                ServiceAccountPatterns.of(List.of("default")),
                terms.lifetime(),
                terms.renewAfter());
        assertThat(namespace(Code.NAMESPACE_NOT_READABLE).seen()).isEqualTo("service accounts not readable: shop");
    }

    @Test
    void namespaceThatIsGoingAwayNeedsNone() {
        holds("pay", CURRENT, VALUE);
        namespaces.add(new ClusterNamespace(
                "shop", Map.of(), true, "acr-attach-acrshop", new Held.Nothing(), Optional.empty()));
        assertThat(namespaces()).extracting(Finding::state).containsExactly(State.OK);
    }

    @Test
    void clusterWithoutANamespaceThatIsMeantIsTold() {
        empty("kube-system");
        assertThat(namespace(Code.SECRET_ABSENT).seen()).isEqualTo("no namespace that is meant");
    }

    @Test
    void manyNamespacesAreNotAllTold() {
        List.of("a", "b", "c", "d", "e", "f", "g").forEach(this::empty);
        assertThat(namespace(Code.SECRET_ABSENT).seen()).isEqualTo("without the secret: a, b, c, d, e and 2 more");
    }

    @Test
    void whatWasMadeBeforeAMovePullsOn() {
        credential = Optional.of(new Lookup.Absent<>());
        namespaces.add(namespace("shop", moved()));
        formerly = Optional.of(Proof.PULLS.at(NOW));
        assertThat(credential().state()).isEqualTo(State.OK);
        assertThat(credential().provenAt()).contains(NOW);
        assertThat(credential().seen())
                .startsWith("pulled at 2026-05-01T00:00:00Z")
                .contains("before the registry was moved");
        assertThat(namespaces()).extracting(Finding::state).containsExactly(State.OK);
    }

    @Test
    void whatWasMadeBeforeAMoveAndPullsNoMoreIsOutdated() {
        namespaces.add(namespace("shop", moved()));
        formerly = Optional.of(rejected());
        assertThat(namespace(Code.SECRET_OUTDATED).seen()).isEqualTo("of the registry's former id: shop");
    }

    @Test
    void whereNoneIsWantedBothAreSkipped() {
        assertThat(SecretChecks.skipped("no pull secret is wanted, and none stands"))
                .extracting(Finding::check, Finding::state)
                .containsExactly(tuple(Check.CREDENTIAL, State.SKIPPED), tuple(Check.NAMESPACES, State.SKIPPED));
    }

    @Test
    void clusterIsNotSaidToBeOutOfReachWhereItWasTheRegistryThatDidNotAnswer() {
        Problem silence = new Problem(
                Problem.Kind.THROTTLED,
                "Azure asks to slow down.",
                Optional.of("Microsoft.ContainerRegistry/registries/tokens/read"),
                Optional.empty(),
                Optional.empty(),
                Problem.WAITING_HELPS);
        assertThat(SecretChecks.unanswered(silence))
                .extracting(Finding::code, Finding::state)
                .containsExactly(
                        tuple(Optional.of(Code.CREDENTIAL_NOT_READABLE), State.UNKNOWN),
                        tuple(Optional.empty(), State.SKIPPED));
        assertThat(SecretChecks.unanswered(silence).get(0).fix()).contains(Problem.ASK_AGAIN);
    }

    @Test
    void credentialIsNotSaidToBeUnreadableWhereItWasTheClusterThatDidNotAnswer() {
        Problem silence = new Problem(
                Problem.Kind.UNAVAILABLE,
                "The API server answered 503.",
                Optional.of("Microsoft.ContainerService/managedClusters/namespaces/read"),
                Optional.empty(),
                Optional.empty(),
                Problem.WAITING_HELPS);
        assertThat(SecretChecks.unanswered(silence))
                .extracting(Finding::code, Finding::state)
                .containsExactly(
                        tuple(Optional.empty(), State.SKIPPED),
                        tuple(Optional.of(Code.CLUSTER_NOT_REACHABLE), State.UNKNOWN));
    }

    @Test
    void attachingIsNotSaidToNarrowATokenThatNoRuleNarrows() {
        holds("shop", CURRENT, VALUE);
        flaw = Optional.of(Flaw.OTHER_REPOSITORIES);
        said = unauthorized();
        assertThat(credential().cause().orElseThrow())
                .contains("some repositories")
                .doesNotContain("*");
        assertThat(credential().fix().orElseThrow()).contains("attaching again lets it pull all");
    }

    @Test
    void credentialIsNotSaidToBeUnreadableWhereTheWayIntoTheClusterIsClosed() {
        assertThat(SecretChecks.closed(Samples.problem(Problem.Kind.CLUSTER_STOPPED)))
                .extracting(Finding::code, Finding::state)
                .containsExactly(
                        tuple(Optional.empty(), State.SKIPPED),
                        tuple(Optional.of(Code.CLUSTER_NOT_REACHABLE), State.UNKNOWN));
    }

    @Test
    void whereNobodyAnswersBothAreUnknown() {
        assertThat(SecretChecks.unanswered(Samples.problem(Problem.Kind.THROTTLED)))
                .extracting(finding -> finding.code().orElseThrow())
                .containsExactly(Code.CREDENTIAL_NOT_READABLE, Code.CLUSTER_NOT_REACHABLE);
    }

    @Test
    void tokenForSomeRepositoriesLetsTheClusterPullThoseAlone() {
        narrow("shop/*", "base");
        holds("shop", CURRENT, VALUE);
        assertThat(findings()).anySatisfy(finding -> {
            assertThat(finding.code()).contains(Code.ONLY_SOME_REPOSITORIES);
            assertThat(finding.state()).isEqualTo(State.OK);
            assertThat(finding.cause().orElseThrow()).contains("shop/* or base");
            assertThat(finding.fix().orElseThrow()).contains("_SECRET_REPOSITORIES");
        });
    }

    @Test
    void imageOfARepositoryThatTheTokenDoesNotCoverIsRefused() {
        narrow("shop/*", "base");
        holds("shop", CURRENT, VALUE);
        image = Optional.of(ImageReference.parse("acrshop.azurecr.io/team/api:1"));
        assertThat(findings()).anySatisfy(finding -> {
            assertThat(finding.code()).contains(Code.REPOSITORY_NOT_COVERED);
            assertThat(finding.state()).isEqualTo(State.FAILS);
            assertThat(finding.cause().orElseThrow()).contains("shop/* or base").contains("team/api");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"shop/web", "shop/team/web", "base"})
    void imageOfARepositoryThatTheTokenCoversIsAsItShouldBe(String repository) {
        narrow("shop/*", "base");
        holds("shop", CURRENT, VALUE);
        image = Optional.of(ImageReference.parse("acrshop.azurecr.io/" + repository + ":1"));
        assertThat(findings()).allSatisfy(finding -> assertThat(finding.code()).isEmpty());
    }

    @Test
    void applicationIsNotNarrowedByRepositories() {
        narrow("shop/*");
        holdsByApplication();
        assertThat(findings()).allSatisfy(finding -> assertThat(finding.code()).isEmpty());
    }

    @Test
    void whetherASecretIsOutdatedIsNotKnownWithoutItsCredential() {
        holds("shop", CURRENT, VALUE);
        empty("web");
        credential = Optional.of(new Lookup.Denied<>(Samples.problem(Problem.Kind.MISSING_RIGHT)));
        assertThat(namespaces())
                .extracting(finding -> finding.code().orElseThrow(), Finding::state)
                .containsExactlyInAnyOrder(
                        tuple(Code.SECRET_ABSENT, State.FAILS), tuple(Code.CREDENTIAL_NOT_READABLE, State.UNKNOWN));
    }

    @Test
    void whatNamespacesHoldIsNotSaidWhereNobodySawIt() {
        unseen = Optional.of(Samples.problem(Problem.Kind.MISSING_KUBERNETES_RIGHT));
        assertThat(credential().seen()).doesNotContain("no namespace holds").contains("could not be read");
        unseen = Optional.empty();
        namespaces.add(namespace(
                "shop", new Held.Hidden(Samples.problem(Problem.Kind.MISSING_KUBERNETES_RIGHT)), Optional.empty()));
        assertThat(credential().seen()).doesNotContain("no namespace holds").contains("could not be read");
    }

    private static void assertFails(Finding finding, Code code, String seen, String fix) {
        assertThat(finding.code()).contains(code);
        assertThat(finding.state()).isEqualTo(State.FAILS);
        assertThat(finding.seen()).contains(seen);
        assertThat(finding.cause().orElseThrow()).endsWith(".");
        assertThat(finding.fix().orElseThrow()).startsWith(fix);
    }

    private Finding credential() {
        return findings().stream()
                .filter(each -> each.check() == Check.CREDENTIAL)
                .reduce((one, other) -> {
                    throw new AssertionError("The credential is judged twice: " + one + other);
                })
                .orElseThrow();
    }

    private List<Finding> namespaces() {
        return findings().stream()
                .filter(each -> each.check() == Check.NAMESPACES)
                .toList();
    }

    private Finding namespace(Code code) {
        return namespaces().stream()
                .filter(each -> each.code().filter(code::equals).isPresent())
                .findFirst()
                .orElseThrow(() -> new AssertionError("Nothing says " + code + ": " + namespaces()));
    }

    private List<Finding> findings() {
        return SecretChecks.of(facts(), formerly, image);
    }

    private SecretFacts facts() {
        SecretRun run = SecretRun.begin(Purpose.RULE).afterProof(VALUE, said);
        return new SecretFacts(
                key(),
                terms.of(kind),
                registry,
                credential.orElseGet(() -> new Lookup.Found<>(there())),
                unseen.<Lookup<List<ClusterNamespace>>>map(Lookup.Denied::new)
                        .orElseGet(() -> new Lookup.Found<>(namespaces)),
                new Lookup.Found<>(assignments),
                run,
                NOW);
    }

    private CredentialKey key() {
        return new CredentialKey(PAIR, kind);
    }

    private PullCredential there() {
        boolean isToken = kind == CredentialKind.ACR_TOKEN;
        return new PullCredential(
                key(),
                isToken ? key().name() : "client-id",
                "issuer-id",
                isToken ? Optional.empty() : Optional.of(PRINCIPAL),
                flaw,
                passwords);
    }

    private void holdsByApplication() {
        kind = CredentialKind.SERVICE_PRINCIPAL;
        assignments = List.of(Samples.assignment(PRINCIPAL, PullRole.ACR_PULL, Samples.REGISTRY.toString(), null));
        holds("shop", CURRENT, VALUE);
    }

    private void narrow(String... repositories) {
        terms = new PullSecretTerms(
                terms.kind(),
                List.of(repositories),
                terms.namespaces(),
                terms.serviceAccounts(),
                terms.lifetime(),
                terms.renewAfter());
    }

    private void empty(String name) {
        namespaces.add(namespace(name, new Held.Nothing()));
    }

    private void holds(String name, Password password, Secret value) {
        namespaces.add(namespace(name, held(password, Optional.of(value))));
    }

    /** As through Run Command, where no value is read. */
    private void blind(String name, Password password) {
        namespaces.add(namespace(name, held(password, Optional.empty())));
    }

    private Held held(Password password, Optional<Secret> value) {
        PullSecret secret =
                new PullSecret(there(), password, VALUE, registry.loginServers(), "acr-attach-acrshop", Set.of());
        return new Held.Ours(key().name(), password.id(), secret.inputs(), value, secret.loginServers());
    }

    private static Held moved() {
        ArmId before = ArmId.parse(Samples.REGISTRY.toString().replace("platform", "former"), ArmId.REGISTRY);
        return new Held.Moved(before, "token", Optional.of(VALUE));
    }

    private static ClusterNamespace namespace(String name, Held held) {
        return namespace(name, held, Optional.of(new References(Set.of("default"), Set.of(), Set.of())));
    }

    private static ClusterNamespace namespace(String name, Held held, Optional<References> references) {
        return new ClusterNamespace(name, Map.of(), false, "acr-attach-acrshop", held, references);
    }

    private static Password password(String id, Duration age) {
        return new Password(id, NOW.minus(age), NOW.minus(age).plus(Duration.ofDays(90)));
    }

    private static Proof rejected() {
        return Proof.of(Proof.Verdict.REJECTED, Samples.problem(Problem.Kind.CREDENTIAL_REJECTED))
                .at(NOW.plusSeconds(2));
    }

    private static Proof unauthorized() {
        return Proof.of(Proof.Verdict.UNAUTHORIZED, Samples.problem(Problem.Kind.CREDENTIAL_UNAUTHORIZED))
                .at(NOW.plusSeconds(2));
    }
}
