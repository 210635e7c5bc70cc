package io.github.acrattach.adapter.graph;

import static io.github.acrattach.adapter.azure.Answered.error;
import static io.github.acrattach.adapter.azure.Answered.found;
import static io.github.acrattach.adapter.azure.Answered.strayPage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.Estates;
import io.github.acrattach.adapter.azure.Azure;
import io.github.acrattach.adapter.azure.AzureAt;
import io.github.acrattach.concurrent.SideBySide;
import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.CredentialKey;
import io.github.acrattach.domain.CredentialKind;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.MadeCredential;
import io.github.acrattach.domain.NewPassword;
import io.github.acrattach.domain.Pairing;
import io.github.acrattach.domain.Password;
import io.github.acrattach.domain.Problem.Kind;
import io.github.acrattach.domain.PullCredential;
import io.github.acrattach.domain.PullSecretTerms;
import io.github.acrattach.domain.Samples;
import io.github.acrattach.emulator.Client;
import io.github.acrattach.emulator.Emulator;
import io.github.acrattach.emulator.EmulatorOptions;
import io.github.acrattach.emulator.estate.Estate;
import io.github.acrattach.emulator.frontdoor.Fault;
import io.github.acrattach.emulator.http.Answer;
import io.github.acrattach.port.CloudUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Graph as the emulator has it. */
class GraphApplicationsTest {

    private static final ArmId CLUSTER = ArmId.parse(Estates.cluster("aks-shop"));
    private static final ArmId REGISTRY = ArmId.parse(Estates.registry("acrshop"));
    private static final CredentialKey KEY =
            new CredentialKey(new Pairing(CLUSTER, REGISTRY), CredentialKind.SERVICE_PRINCIPAL);
    private static final PullSecretTerms TERMS = PullSecretTerms.DEFAULT;
    private static final String NAMED = "applications(uniqueName='" + KEY.name() + "')";
    private static final String STRANGER = "9c8b7a65-4d3e-4f2a-8b1c-0d9e8f7a6b5c";
    private static final Instant LATER = Instant.parse("2031-01-02T03:04:05Z");

    private Emulator emulator;
    private GraphApplications applications;
    private GraphRequests graph;

    @AfterEach
    void stop() {
        emulator.close();
    }

    private void start() {
        start(EmulatorOptions.of(Estate.sample()));
    }

    private void start(EmulatorOptions options) {
        emulator = Emulator.start(options);
        Azure azure = AzureAt.emulator(emulator);
        applications = new GraphApplications(azure, emulator.clock(), Samples.VERSION);
        graph = new GraphRequests(azure);
    }

    @Test
    void nothingIsFoundBeforeItIsMade() {
        start();
        assertThat(applications.find(KEY, TERMS, List.of())).isInstanceOf(Lookup.Absent.class);
        assertThat(remove()).isInstanceOf(Lookup.Absent.class);
        assertThat(all()).isEmpty();
    }

    @Test
    void makesAnApplicationWithItsServicePrincipal() {
        start();
        PullCredential made = found(make());
        assertThat(made.complete()).isTrue();
        assertThat(made.principal()).isPresent();
        assertThat(made.passwords()).isEmpty();
        assertThat(found(find(made))).isEqualTo(made);
        JsonNode application = graph.get(NAMED).json();
        assertThat(application.path("appId").asText()).isEqualTo(made.username());
        assertThat(application.path("id").asText()).isEqualTo(made.issuerId());
        assertThat(application.path("displayName").asText()).isEqualTo(KEY.name());
        assertThat(application.path("signInAudience").asText()).isEqualTo("AzureADMyOrg");
        assertThat(application.path("notes").asText()).contains(CLUSTER.toString(), REGISTRY.toString());
    }

    /** Whether it was finished is not known: a run may just be about to give it its role. */
    @Test
    void whatWasMadeAMomentAgoIsWaitedFor() {
        start();
        found(make());
        assertThatThrownBy(this::make).isInstanceOfSatisfying(CloudUnavailable.class, unavailable -> {
            assertThat(unavailable.problem().kind()).isEqualTo(Kind.IN_PROGRESS);
            assertThat(unavailable.retryAfter()).contains(Duration.ofSeconds(60));
        });
        assertThat(ours()).hasSize(1);
    }

    @Test
    void whatWasMadeAndNeverGivenItsRoleIsMadeAgain() {
        start();
        PullCredential before = found(make());
        emulator.clock().advance(Duration.ofMinutes(2));
        PullCredential after = found(make());
        assertThat(after.username()).isNotEqualTo(before.username());
        assertThat(ours()).extracting(each -> each.path("appId").asText()).containsExactly(after.username());
        assertThat(find(before)).isInstanceOf(Lookup.Absent.class);
    }

    /** It has a password, so it had a role: what lists roles may not know it yet. */
    @Test
    void whatMayHoldARoleThatIsNotListedYetIsWaitedFor() {
        start();
        PullCredential before = found(make());
        found(addPassword(before));
        emulator.clock().advance(Duration.ofMinutes(2));
        assertThatThrownBy(this::make).isInstanceOfSatisfying(CloudUnavailable.class, unavailable -> assertThat(
                        unavailable.problem().kind())
                .isEqualTo(Kind.IN_PROGRESS));
        emulator.clock().advance(Duration.ofMinutes(14));
        assertThat(found(make()).passwords()).isEmpty();
        assertThat(find(before)).isInstanceOf(Lookup.Absent.class);
    }

    @Test
    void whatHoldsARoleIsLeftAloneAndTheNextNameIsTaken() {
        start();
        PullCredential before = found(make());
        emulator.clock().advance(Duration.ofMinutes(2));
        MadeCredential made =
                found(applications.make(KEY, TERMS, Set.of(before.principal().orElseThrow())));
        assertThat(made.credential().username()).isNotEqualTo(before.username());
        assertThat(made.leftAlone()).singleElement().satisfies(problem -> assertThat(problem.fix())
                .startsWith("az ad app owner list --id \"" + before.username() + '"'));
        assertThat(found(find(before))).isEqualTo(before);
    }

    @Test
    void madeByTwoAtOnceIsOne() {
        start();
        List<Boolean> made = SideBySide.both(this::isMade, this::isMade, List::of);
        assertThat(made).containsExactlyInAnyOrder(true, false);
        assertThat(ours()).hasSize(1);
    }

    private boolean isMade() {
        try {
            return found(make()) != null;
        } catch (CloudUnavailable inFlight) {
            assertThat(inFlight.problem().kind()).isEqualTo(Kind.IN_PROGRESS);
            return false;
        }
    }

    @Test
    void crashBeforeTheServicePrincipalIsMended() {
        start();
        emulator.faults()
                .add(Fault.reply("servicePrincipals$", error(400, "Broken", "No."))
                        .onlyFor("POST")
                        .times(1));
        assertThat(applications.make(KEY, TERMS, Set.of())).isInstanceOf(Lookup.Denied.class);
        emulator.clock().advance(Duration.ofMinutes(2));
        assertThat(found(find(found(make()))).complete()).isTrue();
        assertThat(ours()).hasSize(1);
    }

    /** To enable it is for whoever disabled it: what this program would make instead, nobody asked for. */
    @Test
    void disabledServicePrincipalIsToldAndNotReplaced() {
        start();
        PullCredential made = found(make());
        emulator.faults()
                .add(Fault.reply(
                                "servicePrincipals/",
                                Answer.text(
                                        200,
                                        Answer.JSON,
                                        "{\"id\":\"" + made.principal().orElseThrow() + "\",\"appId\":\""
                                                + made.username() + "\",\"accountEnabled\":false}"))
                        .onlyFor("GET"));
        PullCredential disabled = found(find(made));
        assertThat(disabled.flaw()).contains(PullCredential.Flaw.SIGN_IN_DISABLED);
        assertThat(disabled.complete()).isTrue();
    }

    /** A second request would be answered as if the first one had been somebody else's. */
    @Test
    void creationWhoseAnswerIsLostIsNotRepeated() {
        start();
        emulator.faults()
                .add(Fault.drop("applications").onlyFor("PATCH").times(1).afterTheOperation());
        assertThatThrownBy(this::make).isInstanceOf(CloudUnavailable.class);
        assertThatThrownBy(this::make).isInstanceOfSatisfying(CloudUnavailable.class, unavailable -> assertThat(
                        unavailable.problem().kind())
                .isEqualTo(Kind.IN_PROGRESS));
        emulator.clock().advance(Duration.ofMinutes(2));
        found(make());
        assertThat(ours()).hasSize(1);
    }

    @Test
    void servicePrincipalWhoseAnswerIsLostIsNotASecondOne() {
        start();
        emulator.faults()
                .add(Fault.drop("servicePrincipals$").onlyFor("POST").times(1).afterTheOperation());
        assertThat(found(make()).principal()).isPresent();
    }

    @Test
    void applicationThatIsTooYoungIsWaitedFor() {
        start(EmulatorOptions.of(Estate.sample()).withApplicationReplication(Duration.ofMinutes(3)));
        emulator.requests().watch((request, answer) -> {
            if (answer.status() >= 400) {
                emulator.clock().advance(Duration.ofMinutes(1));
            }
        });
        PullCredential made = found(make());
        assertThat(made.complete()).isTrue();
        assertThat(found(addPassword(made)).value().reveal()).isNotBlank();
    }

    @Test
    void applicationThatStaysUnknownIsHandedOnAsNotEffective() {
        start();
        emulator.faults().add(Fault.reply("addPassword", error(404, "Request_ResourceNotFound", "Unknown.")));
        PullCredential made = found(make());
        assertThatThrownBy(() -> addPassword(made))
                .isInstanceOfSatisfying(
                        CloudUnavailable.class,
                        unavailable -> assertThat(unavailable.problem().kind()).isEqualTo(Kind.NOT_EFFECTIVE));
    }

    /** What a stranger leaves under the name that the credential will have, before this program comes. */
    static Stream<Arguments> squatters() {
        String marks = "'tags':['acr-attach','" + KEY.name() + "'],'notes':'" + KEY.description(Samples.VERSION)
                + " Registry: " + REGISTRY + "'";
        return Stream.of(
                Arguments.of("the name alone", "'passwords':1"),
                Arguments.of("all marks, and a password of hers", marks + ",'passwords':1,'servicePrincipal':{}"),
                Arguments.of(
                        "this program among the owners",
                        marks + ",'servicePrincipal':{},'owners':['" + STRANGER + "','" + Estates.PROGRAM + "']"),
                Arguments.of("an hour ago", marks + ",'createdDateTime':'2026-01-01T00:00:00Z'"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("squatters")
    void somebodyElsesApplicationIsNotTouchedAndTheNextNameIsTaken(String who, String fields) {
        start();
        JsonNode theirs = plant("'uniqueName':'" + KEY.name() + "'," + fields);
        String clientId = theirs.path("appId").asText();
        JsonNode asRegistered = registered(KEY.name());
        emulator.requests().clear();
        MadeCredential made = found(applications.make(KEY, TERMS, Set.of()));
        assertThat(made.credential().username()).isNotEqualTo(clientId);
        assertThat(made.leftAlone()).singleElement().satisfies(problem -> {
            assertThat(problem.kind()).isEqualTo(Kind.FOREIGN_CREDENTIAL);
            assertThat(problem.cause()).contains(KEY.name(), "somebody else");
            assertThat(problem.fix()).startsWith("az ad app owner list --id \"" + clientId + '"');
        });
        assertThat(remove()).isEqualTo(new Lookup.Found<>(KEY));
        List<String> theirIds = theirs.findValuesAsText("id");
        assertThat(emulator.requests()
                        .matching(request -> !request.method().equals("GET")
                                && (request.path().contains(NAMED)
                                        || theirIds.stream().anyMatch(request.path()::contains))))
                .isEmpty();
        assertThat(registered(KEY.name())).isEqualTo(asRegistered);
    }

    /** Somebody may find a cluster's name that gives another pair's credential the same one: 48 bits tell them apart. */
    @Test
    void livingApplicationOfAnotherPairIsNotDeletedForItsName() {
        start();
        CredentialKey other = new CredentialKey(
                new Pairing(CLUSTER, ArmId.parse(Estates.registry("acrbilling"))), CredentialKind.SERVICE_PRINCIPAL);
        String theirs = plant("'uniqueName':'" + KEY.name() + "','tags':['acr-attach','" + KEY.name() + "'],'notes':'"
                        + other.description(Samples.VERSION) + " Registry: "
                        + other.pairing().registry() + "','owners':['"
                        + Estates.PROGRAM + "'],'servicePrincipal':{},'createdDateTime':'2026-01-01T00:00:00Z'")
                .path("appId")
                .asText();
        MadeCredential made = found(applications.make(KEY, TERMS, Set.of()));
        assertThat(made.credential().username()).isNotEqualTo(theirs);
        assertThat(made.leftAlone()).hasSize(1);
        found(remove());
        assertThat(applications.removeUnfinished(KEY, Set.of())).isInstanceOf(Lookup.Absent.class);
        assertThat(registered(KEY.name()).path("appId").asText()).isEqualTo(theirs);
        assertThat(registered(KEY.name()).path("deletedDateTime").isNull()).isTrue();
    }

    @Test
    void squatterOfEveryNameThatCanBeForetoldKeepsNothingFromBeingMade() {
        start();
        for (int number = 1; number <= 25; number++) {
            plant("'uniqueName':'" + KEY.name() + (number == 1 ? "" : "-" + number) + "'");
        }
        MadeCredential made = found(applications.make(KEY, TERMS, Set.of()));
        assertThat(made.leftAlone()).as("the first ones are enough to know").hasSize(3);
        assertThat(all()).containsExactly(KEY);
        found(remove());
        assertThat(all()).isEmpty();
    }

    @Test
    void nothingOfStrangersIsListedOrRemoved() {
        start();
        List<String> theirs = List.of(KEY.name(), KEY.name() + "-2", KEY.name() + "-3");
        for (String name : theirs) {
            plant("'uniqueName':'" + name + "','tags':['acr-attach','" + KEY.name() + "'],'notes':'"
                    + KEY.description(Samples.VERSION) + " Registry: " + REGISTRY + "','servicePrincipal':{}");
        }
        assertThat(all()).isEmpty();
        assertThat(remove()).isInstanceOf(Lookup.Absent.class);
        assertThat(theirs).allSatisfy(name -> assertThat(
                        registered(name).path("deletedDateTime").isNull())
                .isTrue());
    }

    /** Far more than a page of 1 MB would hold if passwords were asked for. */
    @Test
    void listingCostsNoMoreThanItsPagesHoweverMuchStrangersPlant() {
        start();
        for (int number = 0; number < 150; number++) {
            plant("'uniqueName':'planted-" + number + "','tags':['acr-attach'],'notes':'" + "x".repeat(1000)
                    + "','passwords':80");
        }
        emulator.requests().clear();
        assertThat(all()).isEmpty();
        assertThat(emulator.requests().matching(request -> request.path().startsWith("/v1.0/")))
                .hasSize(3);
    }

    @Test
    void nameOfADeletedApplicationIsLeftToIt() {
        start();
        String id = plant("'uniqueName':'" + KEY.name() + "','owners':['" + Estates.PROGRAM + "']")
                .path("id")
                .asText();
        assertThat(graph.delete("applications/" + id).status()).isEqualTo(204);
        MadeCredential made = found(applications.make(KEY, TERMS, Set.of()));
        assertThat(made.leftAlone()).singleElement().satisfies(problem -> assertThat(problem.cause())
                .contains("was deleted"));
    }

    @Test
    void whatWasRemovedLeavesItsNameFree() {
        start();
        found(make());
        found(remove());
        assertThat(found(applications.make(KEY, TERMS, Set.of())).leftAlone()).isEmpty();
    }

    /** What an owner, an administrator or an attacker with either's rights can leave on what this program made. */
    static Stream<Arguments> hands() {
        return Stream.of(
                Arguments.of("application", "'owners':['" + STRANGER + "']", "the owner " + STRANGER),
                Arguments.of("application", "'passwords':1", "a password"),
                Arguments.of("application", "'keyCredentials':1", "a key"),
                Arguments.of(
                        "application",
                        "'federatedIdentityCredentials':[{'name':'ci','issuer':'https://token.example','subject':'a'}]",
                        "a federated credential"),
                Arguments.of("principal", "'owners':['" + STRANGER + "']", "the owner " + STRANGER),
                Arguments.of("principal", "'passwords':1", "a password of somebody else's on the service principal"),
                Arguments.of("principal", "'keyCredentials':1", "a key on the service principal"));
    }

    @ParameterizedTest(name = "{1} on the {0}")
    @MethodSource
    void hands(String where, String fields, String told) {
        start();
        PullCredential made = found(make());
        found(addPassword(made));
        assertThat(applications.vouchFor(made)).isEqualTo(new Lookup.Found<>(made));
        String id = where.equals("application")
                ? made.issuerId()
                : made.principal().orElseThrow().toString();
        control("PATCH", "directoryObjects", "'id':'" + id + "'," + fields);
        assertThat(applications.vouchFor(made)).isInstanceOfSatisfying(Lookup.Denied.class, denied -> {
            assertThat(denied.problem().kind()).isEqualTo(Kind.FOREIGN_CREDENTIAL);
            assertThat(denied.problem().cause()).contains(told);
            assertThat(denied.problem().fix()).contains("az ad app delete --id \"" + made.username() + '"');
        });
    }

    @Test
    void unfinishedIsRemovedWhenNoRunCanBeAtItAnyMore() {
        start();
        found(make());
        assertThat(applications.removeUnfinished(KEY, Set.of())).isInstanceOf(Lookup.Absent.class);
        emulator.clock().advance(Duration.ofMinutes(2));
        assertThat(applications.removeUnfinished(KEY, Set.of()))
                .as("its role may not be listed yet")
                .isInstanceOf(Lookup.Absent.class);
        emulator.clock().advance(Duration.ofMinutes(14));
        assertThat(applications.removeUnfinished(KEY, Set.of())).isEqualTo(new Lookup.Found<>(KEY));
        assertThat(ours()).isEmpty();
    }

    @Test
    void passwordsAreAddedAndRemoved() {
        start();
        PullCredential made = found(make());
        NewPassword first = found(addPassword(made));
        NewPassword second = found(addPassword(made));
        assertThat(first.password().expires()).isEqualTo(LATER);
        assertThat(first.password().created()).isBetween(Instant.now().minusSeconds(60), Instant.now());
        PullCredential both = found(find(made));
        assertThat(both.passwords()).containsExactlyInAnyOrder(first.password(), second.password());
        assertThat(removePassword(both, first.password())).isEqualTo(new Lookup.Found<>(first.password()));
        assertThat(removePassword(both, first.password())).isEqualTo(new Lookup.Found<>(first.password()));
        assertThat(found(find(made)).passwords()).containsExactly(second.password());
    }

    @Test
    void additionWhoseAnswerIsLostIsNotRepeated() {
        start();
        PullCredential made = found(make());
        emulator.faults().add(Fault.drop("addPassword").onlyFor("POST").times(1).afterTheOperation());
        assertThatThrownBy(() -> addPassword(made)).isInstanceOf(CloudUnavailable.class);
        assertThat(found(find(made)).passwords()).as("each try makes one").hasSize(1);
    }

    @Test
    void passwordThatCannotBeRemovedIsTold() {
        start();
        PullCredential made = found(make());
        Password password = found(addPassword(made)).password();
        emulator.faults().add(Fault.reply("removePassword", error(400, "Request_BadRequest", "Not now.")));
        assertThat(removePassword(made, password)).isInstanceOfSatisfying(Lookup.Denied.class, denied -> assertThat(
                        denied.problem().cause())
                .contains("Not now."));
    }

    @Test
    void valueOfAPasswordIsToldOnlyByItsBirth() {
        start();
        PullCredential made = found(make());
        NewPassword born = found(addPassword(made));
        assertThat(born.toString()).doesNotContain(born.value().reveal());
        assertThat(found(find(made)).toString()).doesNotContain(born.value().reveal());
        assertThat(emulator.requests().list().toString())
                .doesNotContain(born.value().reveal());
    }

    @Test
    void removedWithItsServicePrincipalAndPasswords() {
        start();
        PullCredential made = found(make());
        found(addPassword(made));
        assertThat(remove()).isEqualTo(new Lookup.Found<>(KEY));
        assertThat(remove()).isInstanceOf(Lookup.Absent.class);
        assertThat(ours()).isEmpty();
        assertThat(graph.get("servicePrincipals(appId='" + made.username() + "')")
                        .status())
                .isEqualTo(404);
        assertThat(removePassword(made, new Password("gone", LATER, LATER))).isInstanceOf(Lookup.Found.class);
    }

    @Test
    void onlyTheDirectorysOwnWordMakesAnApplicationAbsent() {
        start();
        PullCredential made = found(make());
        int stray = emulator.faults().add(Fault.reply("applications", strayPage()));
        assertThatThrownBy(() -> find(made)).isInstanceOf(CloudUnavailable.class);
        assertThatThrownBy(this::remove).isInstanceOf(CloudUnavailable.class);
        assertThatThrownBy(() -> removePassword(made, new Password("gone", LATER, LATER)))
                .isInstanceOf(CloudUnavailable.class);
        assertThat(emulator.faults().strikes(stray)).isEqualTo(3);
        emulator.faults().clear();
        emulator.faults().add(Fault.reply("applications", error(404, "UnknownError", "")));
        assertThat(find(made)).isInstanceOf(Lookup.Denied.class);
        assertThat(remove()).isInstanceOf(Lookup.Denied.class);
        emulator.faults().clear();
        emulator.faults().add(Fault.reply("applications", strayPage()).onlyFor("DELETE"));
        assertThatThrownBy(this::remove).isInstanceOf(CloudUnavailable.class);
        emulator.faults().clear();
        emulator.faults().add(Fault.reply("servicePrincipals", strayPage()));
        assertThatThrownBy(() -> find(made)).isInstanceOf(CloudUnavailable.class);
    }

    @Test
    void listsAllThatItMadeAcrossPages() {
        start(EmulatorOptions.of(Estate.sample()).withPageSize(1));
        CredentialKey other = new CredentialKey(
                new Pairing(ArmId.parse(Estates.cluster("aks-data")), REGISTRY), CredentialKind.SERVICE_PRINCIPAL);
        CredentialKey elsewhere = new CredentialKey(
                new Pairing(CLUSTER, ArmId.parse(Estates.registry("acrbilling"))), CredentialKind.SERVICE_PRINCIPAL);
        for (CredentialKey each : List.of(KEY, other, elsewhere)) {
            found(applications.make(each, TERMS, Set.of()));
        }
        assertThat(all()).containsExactlyInAnyOrder(KEY, other, elsewhere);
    }

    @ParameterizedTest
    @ValueSource(strings = {"acr-attach", "acr-attach 9.0.0"})
    void whatAnotherVersionMadeIsTakenAsItIs(String maker) {
        start();
        plant("'uniqueName':'" + KEY.name() + "','tags':['acr-attach','" + KEY.name() + "'],'notes':'" + maker
                + ": lets " + CLUSTER + " pull. Registry: " + REGISTRY + "','servicePrincipal':{},'owners':['"
                + Estates.PROGRAM + "']");
        assertThat(all()).containsExactly(KEY);
        assertThat(remove()).isEqualTo(new Lookup.Found<>(KEY));
        assertThat(all()).isEmpty();
    }

    @Test
    void missingPermissionIsToldWithTheCommandThatGivesIt() {
        start(EmulatorOptions.of(
                Estates.changed(json -> ((ObjectNode) json.path("principals").path(0)).remove("graphPermissions"))));
        assertThat(applications.make(KEY, TERMS, Set.of())).isInstanceOfSatisfying(Lookup.Denied.class, denied -> {
            assertThat(denied.problem().kind()).isEqualTo(Kind.MISSING_RIGHT);
            assertThat(denied.problem().action()).contains("Application.ReadWrite.OwnedBy");
            assertThat(denied.problem().caller()).contains(Estates.PROGRAM);
            assertThat(denied.problem().fix())
                    .contains(
                            "/servicePrincipals/" + Estates.PROGRAM + "/appRoleAssignments",
                            "18a4783c-866b-4cc7-a460-3d5e5662c884");
        });
    }

    @Test
    void throttlingIsHandedOnWithItsTime() {
        start();
        emulator.faults()
                .add(Fault.reply(
                        "/v1.0/", error(429, "TooManyRequests", "Slow down.").with("Retry-After", "90")));
        assertThatThrownBy(this::all)
                .isInstanceOfSatisfying(CloudUnavailable.class, unavailable -> assertThat(unavailable.retryAfter())
                        .contains(Duration.ofSeconds(90)));
    }

    private Lookup<PullCredential> find(PullCredential made) {
        return applications.find(KEY, TERMS, List.of(made.principal().orElseThrow()));
    }

    private Lookup<PullCredential> make() {
        return applications.make(KEY, TERMS, Set.of()).map(MadeCredential::credential);
    }

    private JsonNode plant(String fields) {
        return control("POST", "applications", fields);
    }

    private JsonNode control(String method, String path, String fields) {
        return Client.of(emulator).control(method, path, "{" + fields + "}");
    }

    private JsonNode registered(String uniqueName) {
        return Client.of(emulator).registered(uniqueName);
    }

    private Lookup<NewPassword> addPassword(PullCredential credential) {
        return applications.addPassword(credential, LATER);
    }

    private Lookup<Password> removePassword(PullCredential credential, Password password) {
        return applications.removePassword(credential, password);
    }

    private Lookup<CredentialKey> remove() {
        return applications.remove(KEY);
    }

    private List<CredentialKey> all() {
        return found(applications.elsewhere());
    }

    private List<JsonNode> ours() {
        return graph.list("applications").stream()
                .filter(each -> each.path("displayName").asText().equals(KEY.name()))
                .toList();
    }
}
