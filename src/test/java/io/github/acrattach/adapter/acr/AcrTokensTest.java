package io.github.acrattach.adapter.acr;

import static io.github.acrattach.adapter.azure.Answered.error;
import static io.github.acrattach.adapter.azure.Answered.found;
import static io.github.acrattach.adapter.azure.Answered.strayPage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.Estates;
import io.github.acrattach.InstalledRights;
import io.github.acrattach.adapter.azure.AzureAt;
import io.github.acrattach.concurrent.SideBySide;
import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.CredentialKey;
import io.github.acrattach.domain.CredentialKind;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.MadeCredential;
import io.github.acrattach.domain.NamespaceSelector;
import io.github.acrattach.domain.NewPassword;
import io.github.acrattach.domain.Pairing;
import io.github.acrattach.domain.Password;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.Problem.Kind;
import io.github.acrattach.domain.PullCredential;
import io.github.acrattach.domain.PullCredential.Flaw;
import io.github.acrattach.domain.PullSecretTerms;
import io.github.acrattach.domain.Samples;
import io.github.acrattach.domain.ServiceAccountPatterns;
import io.github.acrattach.domain.Version;
import io.github.acrattach.emulator.Client;
import io.github.acrattach.emulator.Emulator;
import io.github.acrattach.emulator.EmulatorOptions;
import io.github.acrattach.emulator.estate.Estate;
import io.github.acrattach.emulator.frontdoor.Fault;
import io.github.acrattach.emulator.http.Answer;
import io.github.acrattach.port.CloudUnavailable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The real SDK against the emulator. */
class AcrTokensTest {

    private static final ArmId CLUSTER = ArmId.parse(Estates.cluster("aks-shop"));
    private static final ArmId REGISTRY = ArmId.parse(Estates.registry("acrshop"));
    private static final CredentialKey KEY = key(CLUSTER, REGISTRY);
    private static final PullSecretTerms TERMS = PullSecretTerms.DEFAULT;
    private static final String ROLE = "Container Registry Contributor and Data Access Configuration Administrator";
    private static final String TOKENS = "/tokens/";
    private static final String SCOPE_MAPS = "/scopeMaps/";
    private static final String TOKEN = REGISTRY + TOKENS + KEY.name();
    private static final String SCOPE_MAP = REGISTRY + SCOPE_MAPS + KEY.name();
    private static final Instant LATER = Instant.now().plus(Duration.ofDays(90));

    private Emulator emulator;
    private AcrTokens tokens;

    @AfterEach
    void stop() {
        if (emulator != null) {
            emulator.close();
        }
    }

    private void start() {
        start(Estates.changed(
                estate -> Estates.assign(estate, Estates.PROGRAM, ROLE, "/subscriptions/" + Estates.PRODUCTION)));
    }

    private void start(Estate estate) {
        emulator = Emulator.start(EmulatorOptions.of(estate));
        tokens = new AcrTokens(AzureAt.emulator(emulator), Clock.systemUTC(), Samples.VERSION);
    }

    @Test
    void nothingIsFoundBeforeItIsMade() {
        start();
        assertThat(find(TERMS)).isInstanceOf(Lookup.Absent.class);
        assertThat(tokens.at(REGISTRY)).isEqualTo(new Lookup.Found<>(List.of()));
        assertThat(tokens.remove(KEY)).isInstanceOf(Lookup.Absent.class);
    }

    @Test
    void makesATokenThatMayOnlyPull() {
        start();
        PullCredential made = found(make(TERMS));
        assertThat(made.complete()).isTrue();
        assertThat(made.username()).isEqualTo(KEY.name());
        assertThat(made.principal()).isEmpty();
        assertThat(made.passwords()).isEmpty();
        assertThat(properties(SCOPE_MAP).path("actions"))
                .singleElement()
                .satisfies(action -> assertThat(action.asText()).isEqualTo("repositories/*/content/read"));
        assertThat(properties(SCOPE_MAP).path("description").asText())
                .isEqualTo(KEY.description(Samples.VERSION).toString());
        assertThat(properties(TOKEN).path("scopeMapId").asText()).isEqualToIgnoringCase(SCOPE_MAP);
        assertThat(found(find(TERMS))).isEqualTo(made);
    }

    @Test
    void madeTwiceIsOneAndKeepsItsPassword() {
        start();
        found(make(TERMS));
        Password password = found(addPassword()).password();
        emulator.requests().clear();
        assertThat(found(make(TERMS)).passwords()).containsExactly(password);
        assertThat(writes()).isEmpty();
    }

    @Test
    void madeByTwoAtOnceIsOne() {
        start();
        List<Lookup<PullCredential>> both = SideBySide.both(() -> make(TERMS), () -> make(TERMS), List::of);
        assertThat(both).allSatisfy(each -> assertThat(found(each).complete()).isTrue());
        assertThat(tokens.at(REGISTRY)).isEqualTo(new Lookup.Found<>(List.of(KEY)));
    }

    @Test
    void crashBetweenScopeMapAndTokenIsMended() {
        start();
        emulator.faults()
                .add(Fault.reply("/tokens/", error(400, "Broken", "No."))
                        .onlyFor("PUT")
                        .times(1));
        assertThat(make(TERMS)).isInstanceOf(Lookup.Denied.class);
        assertThat(emulator.resource(SCOPE_MAP)).isPresent();
        assertThat(find(TERMS)).isInstanceOf(Lookup.Absent.class);
        assertThat(found(make(TERMS)).complete()).isTrue();
    }

    @Test
    void otherRepositoriesMakeItIncompleteUntilItIsMadeAgain() {
        start();
        found(make(TERMS));
        Password password = found(addPassword()).password();
        PullSecretTerms narrower = terms("shop/*", "base");
        assertThat(found(find(narrower)).flaw()).contains(Flaw.OTHER_REPOSITORIES);
        PullCredential made = found(make(narrower));
        assertThat(made.complete()).isTrue();
        assertThat(made.passwords()).containsExactly(password);
        assertThat(properties(SCOPE_MAP).path("actions"))
                .extracting(each -> each.asText())
                .containsExactlyInAnyOrder("repositories/shop/*/content/read", "repositories/base/content/read");
    }

    @Test
    void scopeMapThatLetsNothingBePulledIsNoRight() {
        start();
        found(make(TERMS));
        emulator.faults()
                .add(Fault.reply(
                                "/scopeMaps/",
                                Answer.text(
                                        200,
                                        Answer.JSON,
                                        "{\"id\":\"" + SCOPE_MAP + "\",\"name\":\"" + KEY.name()
                                                + "\",\"properties\":{\"description\":"
                                                + properties(SCOPE_MAP).path("description")
                                                + ",\"provisioningState\":\"Succeeded\",\"actions\":"
                                                + "[\"repositories/shop/web/metadata/read\"]}}"))
                        .onlyFor("GET"));
        assertThat(found(find(TERMS)).flaw()).contains(Flaw.WITHOUT_RIGHT);
    }

    @Test
    void disabledTokenIsEnabledAgain() {
        start();
        found(make(TERMS));
        emulator.faults()
                .add(Fault.reply(
                                "/tokens/",
                                Answer.text(
                                        200,
                                        Answer.JSON,
                                        "{\"id\":\"" + TOKEN + "\",\"name\":\"" + KEY.name()
                                                + "\",\"properties\":{\"status\":\"disabled\",\"scopeMapId\":\""
                                                + SCOPE_MAP + "\",\"provisioningState\":\"Succeeded\"}}"))
                        .onlyFor("GET")
                        .times(2));
        assertThat(found(find(TERMS)).flaw()).contains(Flaw.DISABLED);
        assertThat(found(make(TERMS)).complete()).isTrue();
        assertThat(emulator.requests().matching(request -> request.method().equals("PATCH")))
                .hasSize(1);
    }

    @Test
    void somebodyElsesScopeMapIsNotTouched() {
        start();
        String body = "{\"properties\":{\"description\":\"mine\",\"actions\":[\"repositories/a/content/read\"]}}";
        Client.you(emulator).put(SCOPE_MAP, body);
        emulator.requests().clear();
        for (Lookup<?> answer : List.of(find(TERMS), make(TERMS), tokens.remove(KEY))) {
            assertThat(answer).isInstanceOfSatisfying(Lookup.Denied.class, denied -> assertThat(
                            denied.problem().cause())
                    .contains(KEY.name(), "did not make"));
        }
        assertThat(writes()).isEmpty();
        assertThat(tokens.at(REGISTRY)).isEqualTo(new Lookup.Found<>(List.of()));
    }

    @Test
    void somebodyElsesTokenIsNotTouched() {
        start();
        Client.you(emulator)
                .put(TOKEN, "{\"properties\":{\"scopeMapId\":\"" + REGISTRY + "/scopeMaps/_repositories_pull\"}}");
        emulator.requests().clear();
        assertThat(make(TERMS)).isInstanceOf(Lookup.Denied.class);
        assertThat(tokens.remove(KEY)).isInstanceOf(Lookup.Denied.class);
        assertThat(writes()).isEmpty();
    }

    /** Its name is free to whoever looks, and not yet to whoever makes one. */
    @Test
    void nameOfATokenThatIsStillBeingDeletedIsWaitedFor() {
        start();
        found(make(TERMS));
        found(tokens.remove(KEY));
        emulator.faults()
                .add(Fault.reply("/tokens/", error(409, "AnotherOperationInProgress", "The token is being deleted."))
                        .onlyFor("PUT"));
        assertThatThrownBy(() -> make(TERMS)).isInstanceOf(CloudUnavailable.class);
        emulator.faults().clear();
        assertThat(found(make(TERMS)).passwords()).isEmpty();
    }

    @Test
    void passwordsFillBothSlotsAndNotAThird() {
        start();
        found(make(TERMS));
        NewPassword first = found(addPassword());
        NewPassword second = found(addPassword());
        assertThat(first.password().id()).startsWith("password1@");
        assertThat(second.password().id()).startsWith("password2@");
        assertThat(first.password().expires()).isBetween(LATER.minusSeconds(1), LATER.plusSeconds(1));
        PullCredential both = found(find(TERMS));
        assertThat(both.passwords()).containsExactlyInAnyOrder(first.password(), second.password());
        assertThatThrownBy(() -> tokens.addPassword(both, LATER)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void slotThatAnotherRunHasFilledSinceIsLeftAlone() {
        start();
        PullCredential empty = found(make(TERMS));
        Password first = found(tokens.addPassword(empty, LATER)).password();
        Password second = found(tokens.addPassword(empty, LATER)).password();
        assertThat(found(find(TERMS)).passwords()).containsExactlyInAnyOrder(first, second);
        assertThatThrownBy(() -> tokens.addPassword(empty, LATER))
                .isInstanceOfSatisfying(
                        CloudUnavailable.class,
                        unavailable -> assertThat(unavailable.problem().kind()).isEqualTo(Kind.IN_PROGRESS));
        assertThat(found(find(TERMS)).passwords()).containsExactlyInAnyOrder(first, second);
    }

    @Test
    void expiredPasswordGivesWay() {
        start();
        PullCredential made = found(make(TERMS));
        PullCredential worn = with(
                made,
                List.of(
                        new Password("password1@2024-01-01T00:00:00Z", Instant.EPOCH, Instant.EPOCH.plusSeconds(1)),
                        new Password("password2@2024-02-01T00:00:00Z", Instant.EPOCH, LATER)));
        assertThat(found(tokens.addPassword(worn, LATER)).password().id()).startsWith("password1@");
    }

    @Test
    void whetherAPasswordHasExpiredIsReadFromTheClock() {
        start();
        found(make(TERMS));
        Password first = found(addPassword()).password();
        Password second = found(addPassword()).password();
        AcrTokens later = new AcrTokens(
                AzureAt.emulator(emulator), Clock.offset(Clock.systemUTC(), Duration.ofDays(91)), Samples.VERSION);
        assertThat(found(later.addPassword(found(find(TERMS)), LATER.plus(Duration.ofDays(90))))
                        .password())
                .isNotIn(first, second);
    }

    @Test
    void removedPasswordIsGoneAndTheOtherOneStays() {
        start();
        found(make(TERMS));
        Password first = found(addPassword()).password();
        Password second = found(addPassword()).password();
        PullCredential both = found(find(TERMS));
        assertThat(tokens.removePassword(both, first)).isEqualTo(new Lookup.Found<>(first));
        assertThat(found(find(TERMS)).passwords()).containsExactly(second);
        assertThat(tokens.removePassword(both, first)).isEqualTo(new Lookup.Found<>(first));
        assertThat(tokens.removePassword(both, second)).isEqualTo(new Lookup.Found<>(second));
        assertThat(found(find(TERMS)).passwords()).isEmpty();
    }

    @Test
    void lateRemovalDoesNotEndWhatHasFilledTheSlotSince() {
        start();
        PullCredential empty = found(make(TERMS));
        Password old = found(tokens.addPassword(empty, LATER)).password();
        found(tokens.removePassword(empty, old));
        Password anew = found(tokens.addPassword(empty, LATER)).password();
        assertThat(anew.id()).startsWith("password1@").isNotEqualTo(old.id());
        assertThat(tokens.removePassword(empty, old)).isEqualTo(new Lookup.Found<>(old));
        assertThat(found(find(TERMS)).passwords()).containsExactly(anew);
    }

    @Test
    void removedWithItsScopeMapAndThenAbsent() {
        start();
        found(make(TERMS));
        assertThat(tokens.at(REGISTRY)).isEqualTo(new Lookup.Found<>(List.of(KEY)));
        assertThat(tokens.remove(KEY)).isEqualTo(new Lookup.Found<>(KEY));
        assertThat(emulator.resource(TOKEN)).isEmpty();
        assertThat(emulator.resource(SCOPE_MAP)).isEmpty();
        assertThat(tokens.remove(KEY)).isInstanceOf(Lookup.Absent.class);
    }

    @Test
    void registryThatIsGoneIsAbsent() {
        start();
        ArmId gone = ArmId.parse(Estates.registry("acrgone"));
        assertThat(tokens.find(key(CLUSTER, gone), TERMS, List.of())).isInstanceOf(Lookup.Absent.class);
        assertThat(tokens.make(key(CLUSTER, gone), TERMS, Set.of())).isInstanceOf(Lookup.Absent.class);
        assertThat(tokens.at(gone)).isInstanceOf(Lookup.Absent.class);
    }

    @Test
    void onlyAzuresOwnWordMakesATokenAbsent() {
        start();
        PullCredential made = found(make(TERMS));
        for (String part : List.of("/tokens/", "/scopeMaps/")) {
            emulator.faults().add(Fault.reply(part, strayPage()));
            assertThatThrownBy(() -> find(TERMS)).isInstanceOf(CloudUnavailable.class);
            assertThatThrownBy(() -> make(TERMS)).isInstanceOf(CloudUnavailable.class);
            assertThatThrownBy(() -> tokens.remove(KEY)).isInstanceOf(CloudUnavailable.class);
            emulator.faults().clear();
            emulator.faults().add(Fault.reply(part, error(404, "SubscriptionNotFound", "Not here.")));
            assertThat(find(TERMS)).isInstanceOf(Lookup.Denied.class);
            assertThat(tokens.remove(KEY)).isInstanceOf(Lookup.Denied.class);
            emulator.faults().clear();
        }
        assertThat(found(find(TERMS))).isEqualTo(made);
    }

    @Test
    void registryThatIsNotProvenToBeGoneDoesNotLackTokens() {
        start();
        emulator.faults().add(Fault.reply("/scopeMaps$", error(404, "NotFound", "Not here.")));
        assertThatThrownBy(() -> tokens.at(REGISTRY)).isInstanceOf(CloudUnavailable.class);
    }

    @Test
    void missingRightsAreToldWithTheRoleThatGivesThem() {
        start(Estates.changed(estate -> Estates.without(estate, ROLE)));
        assertThat(make(TERMS)).isInstanceOfSatisfying(Lookup.Denied.class, denied -> {
            Problem problem = denied.problem();
            assertThat(problem.kind()).isEqualTo(Kind.MISSING_RIGHT);
            assertThat(problem.action()).contains("Microsoft.ContainerRegistry/registries/scopeMaps/write");
            assertThat(problem.scope()).contains(REGISTRY.toString());
            assertThat(problem.caller()).contains(Estates.PROGRAM);
            assertThat(problem.fix())
                    .startsWith("az role assignment create --assignee-object-id \"" + Estates.PROGRAM + '"')
                    .contains(
                            "--role \"Container Registry Contributor and Data Access Configuration Administrator\"",
                            "--scope \"" + REGISTRY + '"');
        });
    }

    @Test
    void valueOfAPasswordIsToldOnlyByItsBirth() {
        start();
        found(make(TERMS));
        NewPassword born = found(addPassword());
        String value = born.value().reveal();
        assertThat(value).isNotBlank();
        assertThat(born.toString()).doesNotContain(value);
        assertThat(found(find(TERMS)).toString()).doesNotContain(value);
        emulator.faults()
                .add(Fault.reply(
                                "generateCredentials",
                                Answer.text(200, Answer.JSON, "{\"username\":\"x\",\"passwords\":[]}"))
                        .times(1));
        assertThatThrownBy(this::addPassword).isInstanceOfSatisfying(CloudUnavailable.class, unavailable -> assertThat(
                        unavailable.problem().kind())
                .isEqualTo(Kind.UNAVAILABLE));
    }

    @Test
    void answerWithoutATimeOfBirthIsCompletedFromTheToken() {
        start();
        found(make(TERMS));
        emulator.faults()
                .add(Fault.reply(
                                "generateCredentials",
                                Answer.text(
                                        200,
                                        Answer.JSON,
                                        "{\"passwords\":[{\"name\":\"password1\",\"value\":\"made-up-value\"}]}"))
                        .times(1));
        // The token holds no password of that end: another run's, as far as anybody can tell.
        assertThatThrownBy(this::addPassword).isInstanceOfSatisfying(CloudUnavailable.class, unavailable -> {
            assertThat(unavailable.problem().kind()).isEqualTo(Kind.IN_PROGRESS);
            assertThat(unavailable.toString()).doesNotContain("made-up-value");
        });
    }

    @Test
    void longRunningCreationIsWaitedFor() {
        start();
        String operation = "/subscriptions/" + REGISTRY.subscription() + "/operationStatuses/tokens-1";
        emulator.faults()
                .add(Fault.reply(
                                "/tokens/",
                                Answer.text(
                                                201,
                                                Answer.JSON,
                                                "{\"id\":\"" + TOKEN + "\",\"name\":\"" + KEY.name()
                                                        + "\",\"properties\":{\"provisioningState\":\"Creating\"}}")
                                        .with("Azure-AsyncOperation", emulator.uri() + operation))
                        .onlyFor("PUT")
                        .afterTheOperation()
                        .times(1));
        emulator.faults()
                .add(Fault.reply(operation, Answer.text(200, Answer.JSON, "{\"status\":\"Creating\"}"))
                        .times(2));
        emulator.faults().add(Fault.reply(operation, Answer.text(200, Answer.JSON, "{\"status\":\"Succeeded\"}")));
        assertThat(found(make(TERMS)).complete()).isTrue();
        assertThat(emulator.requests().matching(request -> request.path().equals(operation)))
                .hasSize(3);
    }

    /** As of others' custom roles for tokens: whoever makes one, polls its status with a right of its own. */
    @ParameterizedTest
    @ValueSource(strings = {TOKENS, SCOPE_MAPS})
    void rightsOfTheTemplatesSufficeToFollowACreation(String type) {
        start(Estates.changed(InstalledRights.of("secret-method")));
        String child = REGISTRY + type + KEY.name();
        emulator.faults()
                .add(Fault.reply(
                                type,
                                Answer.text(
                                                201,
                                                Answer.JSON,
                                                "{\"id\":\"" + child + "\",\"name\":\"" + KEY.name()
                                                        + "\",\"properties\":{\"provisioningState\":\"Creating\"}}")
                                        .with(
                                                "Azure-AsyncOperation",
                                                emulator.uri() + child + "/operationStatuses/1?api-version=2025-11-01"))
                        .onlyFor("PUT")
                        .afterTheOperation()
                        .times(1));
        assertThat(found(make(TERMS)).complete()).isTrue();
        assertThat(emulator.requests().matching(request -> request.path().contains("/operationStatuses/")))
                .hasSize(1);
    }

    @Test
    void longNamesFitIntoTheDescriptionOfAScopeMap() {
        start();
        ArmId wide = ArmId.parse("/subscriptions/" + Estates.PRODUCTION + "/resourceGroups/" + "g".repeat(90)
                + "/providers/" + ArmId.CLUSTER + '/' + "c".repeat(63));
        found(tokens.make(key(wide, REGISTRY), TERMS, Set.of()));
        assertThat(found(tokens.find(key(wide, REGISTRY), TERMS, List.of())).complete())
                .isTrue();
        assertThat(tokens.at(REGISTRY)).isEqualTo(new Lookup.Found<>(List.of(key(wide, REGISTRY))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"acr-attach", "acr-attach 9.0.0"})
    void whatAnotherVersionMadeIsTakenAsItIs(String maker) {
        start();
        PullCredential made = found(make(TERMS));
        ObjectNode properties = properties(SCOPE_MAP);
        String description = maker + ": lets " + CLUSTER + " pull.";
        properties.put("description", description);
        Client.you(emulator).put(SCOPE_MAP, "{\"properties\":" + properties + '}');
        assertThat(properties(SCOPE_MAP).path("description").asText()).isEqualTo(description);
        emulator.requests().clear();
        assertThat(found(find(TERMS))).isEqualTo(made);
        assertThat(found(make(TERMS))).isEqualTo(made);
        assertThat(tokens.at(REGISTRY)).isEqualTo(new Lookup.Found<>(List.of(KEY)));
        assertThat(writes()).isEmpty();
        assertThat(tokens.remove(KEY)).isEqualTo(new Lookup.Found<>(KEY));
    }

    /** What a version makes in the longest way, and one with a shorter name in the shorter one, is the same to both. */
    @Test
    void lengthOfAVersionDoesNotDecideWhoseAScopeMapIs() {
        for (String version : List.of("1.0", "1".repeat(64))) {
            for (int length = 1; length <= 63; length++) {
                ArmId cluster = ArmId.parse("/subscriptions/" + Estates.PRODUCTION + "/resourceGroups/" + "g".repeat(60)
                        + "/providers/" + ArmId.CLUSTER + '/' + "c".repeat(length));
                String label = Label.of(key(cluster, REGISTRY), new Version(version));
                assertThat(label).hasSizeLessThanOrEqualTo(256);
                assertThat(Label.clusterIn(label)).contains(cluster);
            }
        }
    }

    private static CredentialKey key(ArmId cluster, ArmId registry) {
        return new CredentialKey(new Pairing(cluster, registry), CredentialKind.ACR_TOKEN);
    }

    private static PullSecretTerms terms(String... repositories) {
        return new PullSecretTerms(
                CredentialKind.ACR_TOKEN,
                List.of(repositories),
                NamespaceSelector.all(),
                ServiceAccountPatterns.NONE,
                TERMS.lifetime(),
                TERMS.renewAfter());
    }

    private static PullCredential with(PullCredential credential, List<Password> passwords) {
        return new PullCredential(
                credential.key(),
                credential.username(),
                credential.issuerId(),
                credential.principal(),
                credential.flaw(),
                passwords);
    }

    private Lookup<PullCredential> find(PullSecretTerms terms) {
        return tokens.find(KEY, terms, List.of());
    }

    private Lookup<PullCredential> make(PullSecretTerms terms) {
        return tokens.make(KEY, terms, Set.of()).map(MadeCredential::credential);
    }

    /** Beside those that are there now. */
    private Lookup<NewPassword> addPassword() {
        return tokens.addPassword(found(find(TERMS)), LATER);
    }

    private ObjectNode properties(String id) {
        return (ObjectNode) emulator.resource(id).orElseThrow().path("properties");
    }

    private List<io.github.acrattach.emulator.frontdoor.RecordedRequest> writes() {
        return emulator.requests()
                .matching(request ->
                        request.path().contains("acrshop/") && !request.method().equals("GET"));
    }
}
