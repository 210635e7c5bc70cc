package io.github.acrattach.adapter.graph;

import static io.github.acrattach.adapter.azure.Answered.error;
import static io.github.acrattach.adapter.azure.Answered.found;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.Estates;
import io.github.acrattach.adapter.azure.Azure;
import io.github.acrattach.adapter.azure.AzureAt;
import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.CredentialKey;
import io.github.acrattach.domain.CredentialKind;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.MadeCredential;
import io.github.acrattach.domain.Pairing;
import io.github.acrattach.domain.Problem;
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
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A name that no living application has may still be that of a deleted one, for 30 days. */
class DeletedApplicationsTest {

    private static final ArmId CLUSTER = ArmId.parse(Estates.cluster("aks-shop"));
    private static final ArmId REGISTRY = ArmId.parse(Estates.registry("acrshop"));
    private static final CredentialKey KEY =
            new CredentialKey(new Pairing(CLUSTER, REGISTRY), CredentialKind.SERVICE_PRINCIPAL);
    private static final String MARKS = "'uniqueName':'" + KEY.name() + "','tags':['acr-attach','" + KEY.name()
            + "'],'notes':'" + KEY.description(Samples.VERSION) + " Registry: " + REGISTRY + "'";
    private static final String STRANGER = "9c8b7a65-4d3e-4f2a-8b1c-0d9e8f7a6b5c";
    private static final String ADMINISTRATOR = "f5b6c7d8-e9f0-4a1b-8c2d-3e4f5a6b7c8d";
    private static final String ADMINISTRATORS_SECRET = "made-up-secret-of-you";
    private static final String DELETED = "directory/deletedItems/";

    private Emulator emulator;
    private GraphApplications applications;
    private GraphRequests graph;

    @AfterEach
    void stop() {
        if (emulator != null) {
            assertThat(emulator.requests().matching(request -> request.path().endsWith("/restore")))
                    .as("nothing is brought back that others may have had a hand in")
                    .isEmpty();
            emulator.close();
        }
    }

    private void start() {
        start(standard());
    }

    private void start(EmulatorOptions options) {
        emulator = Emulator.start(options);
        Azure azure = AzureAt.emulator(emulator);
        applications = new GraphApplications(azure, emulator.clock(), Samples.VERSION);
        graph = new GraphRequests(azure);
    }

    private static EmulatorOptions standard() {
        return EmulatorOptions.of(Estate.sample());
    }

    /** With no more than what the documentation of this program asks for. */
    private static EmulatorOptions withoutReading() {
        return EmulatorOptions.of(Estates.changed(
                estate -> ((ObjectNode) estate.path("principals").path(0)).put("directoryReader", false)));
    }

    /** With somebody in the tenant who may delete what others own. */
    private static EmulatorOptions administered() {
        return EmulatorOptions.of(Estates.changed(
                estate -> ((ObjectNode) estate.path("principals").path(1))
                        .withArray("graphPermissions")
                        .add("Application.ReadWrite.All")));
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of("Request_BadRequest", standard()),
                Arguments.of(
                        "Request_MultipleObjectsWithSameKeyValue", standard().withDeletedNamesLikeTaken()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    void whatWasDeletedAndNotForGoodIsEndedAndItsNameUsedAgain(String code, EmulatorOptions options) {
        start(options);
        PullCredential before = make().credential();
        delete(before);
        MadeCredential after = make();
        assertThat(after.leftAlone()).isEmpty();
        assertThat(after.credential().username()).isNotEqualTo(before.username());
        assertThat(living()).containsExactly(KEY.name());
        assertThat(deleted()).isEmpty();
    }

    @Test
    void refusalOfANameIsReadByItsDetailsWhateverItsWords() {
        start();
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ObjectNode told =
                answer.putObject("error").put("code", "Request_BadRequest").put("message", "Ein Konflikt.");
        told.putArray("details").addObject().put("code", "ObjectConflict").put("target", "uniqueName");
        emulator.faults()
                .add(Fault.reply("applications\\(", Answer.json(400, answer))
                        .onlyFor("PATCH")
                        .times(1));
        assertThat(make().leftAlone()).hasSize(1);
        assertThat(living()).containsExactly(KEY.name() + "-2");
    }

    /** Graph answers 404 for a moment. */
    @Test
    void deletionForGoodIsTriedAgainUntilTheDirectoryShowsWhatWasDeleted() {
        start(standard().withDeletionReplication(Duration.ofSeconds(5)));
        timePassesWithEachDeletionThatFindsNothing();
        make();
        assertThat(remove()).isEqualTo(new Lookup.Found<>(KEY));
        assertThat(deleted()).isEmpty();
        assertThat(make().leftAlone()).isEmpty();
    }

    @Test
    void whatIsDeletedBeforeItIsMadeAgainIsWaitedForToo() {
        start(standard().withDeletionReplication(Duration.ofSeconds(5)));
        timePassesWithEachDeletionThatFindsNothing();
        make();
        emulator.clock().advance(Duration.ofMinutes(2));
        assertThat(make().leftAlone()).isEmpty();
        assertThat(living()).containsExactly(KEY.name());
        assertThat(deleted()).isEmpty();
    }

    /** Somebody else has ended it, or the directory takes its time: the credential is gone either way. */
    @Test
    void whatTheDirectoryDoesNotShowIsNotWaitedForForEver() {
        start(standard().withDeletionReplication(Duration.ofDays(1)));
        make();
        assertThat(remove()).isEqualTo(new Lookup.Found<>(KEY));
        MadeCredential made = make();
        assertThat(living()).containsExactly(KEY.name() + "-2");
        assertThat(made.leftAlone()).singleElement().satisfies(problem -> assertThat(problem.cause())
                .contains(KEY.name(), "was deleted"));
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void deletionForGoodThatHasToWaitIsTakenUpByTheNextRun(int status) {
        start();
        make();
        int busy = emulator.faults()
                .add(Fault.reply(DELETED, error(status, "Busy", "Later.").with("Retry-After", "90"))
                        .onlyFor("DELETE"));
        assertThatThrownBy(this::remove).isInstanceOf(CloudUnavailable.class);
        assertThat(emulator.faults().strikes(busy)).isPositive();
        emulator.faults().clear();
        assertThat(remove()).isEqualTo(new Lookup.Found<>(KEY));
        assertThat(deleted()).isEmpty();
        assertThat(make().leftAlone()).isEmpty();
    }

    @Test
    void deletionForGoodThatHasToWaitPostponesWhatIsMade() {
        start();
        delete(make().credential());
        emulator.faults()
                .add(Fault.reply(
                                DELETED,
                                error(429, "TooManyRequests", "Slow down.").with("Retry-After", "90"))
                        .onlyFor("DELETE"));
        assertThatThrownBy(this::make)
                .isInstanceOfSatisfying(CloudUnavailable.class, unavailable -> assertThat(unavailable.retryAfter())
                        .contains(Duration.ofSeconds(90)));
        assertThat(living()).isEmpty();
        emulator.faults().clear();
        assertThat(make().leftAlone()).isEmpty();
        assertThat(living()).containsExactly(KEY.name());
    }

    /** Without the right, or within the first days where the directory protects what was deleted. */
    @ParameterizedTest
    @ValueSource(ints = {403, 400})
    void whereItMayNotBeDeletedForGoodTheNextNameIsUsedAndTheAnswerSaysWhy(int status) {
        start();
        PullCredential before = make().credential();
        emulator.faults()
                .add(Fault.reply(
                                DELETED,
                                error(
                                        status,
                                        status == 403 ? "Authorization_RequestDenied" : "Request_BadRequest",
                                        "No."))
                        .onlyFor("DELETE"));
        assertThat(remove()).isEqualTo(new Lookup.Found<>(KEY));
        MadeCredential after = make();
        assertThat(living()).containsExactly(KEY.name() + "-2");
        assertThat(after.leftAlone()).singleElement().satisfies(problem -> {
            assertThat(problem.kind()).isEqualTo(Kind.FOREIGN_CREDENTIAL);
            assertThat(problem.cause())
                    .contains(
                            KEY.name(),
                            "this program",
                            "was deleted",
                            "for good",
                            "the credential has the name " + KEY.name() + "-2");
            assertThat(problem.fix())
                    .contains("az rest --method DELETE", DELETED + before.issuerId())
                    .contains("30 days");
        });
    }

    @Test
    void whereDeletedOnesMayNotBeReadTheNextNameIsUsedAndTheAnswerNamesTheRight() {
        start(withoutReading());
        delete(make().credential());
        MadeCredential made = make();
        assertThat(living()).containsExactly(KEY.name() + "-2");
        assertThat(made.leftAlone()).singleElement().satisfies(problem -> {
            assertThat(problem.cause()).contains(KEY.name(), "was deleted", "Application.Read.All");
            assertThat(problem.fix()).contains("9a5d68dd-52b0-4cc2-bd40-abcf44ac3a30", Estates.PROGRAM, "30 days");
        });
        assertThat(remove()).isEqualTo(new Lookup.Found<>(KEY));
        assertThat(remove()).isInstanceOf(Lookup.Absent.class);
    }

    @Test
    void ownersRightsAreEnoughWhereNoRunWasKilled() {
        start(withoutReading());
        make();
        assertThat(remove()).isEqualTo(new Lookup.Found<>(KEY));
        assertThat(make().leftAlone()).isEmpty();
        assertThat(living()).containsExactly(KEY.name());
    }

    /** What others left behind, who may want it back. */
    static Stream<Arguments> others() {
        return Stream.of(
                Arguments.of("a stranger's alone", MARKS),
                Arguments.of(
                        "hers and this program's", MARKS + ",'owners':['" + STRANGER + "','" + Estates.PROGRAM + "']"),
                Arguments.of(
                        "this program's, of another pair",
                        MARKS.replace("/registries/acrshop'", "/registries/acrbilling'") + ",'owners':['"
                                + Estates.PROGRAM + "']"),
                Arguments.of("nobody's", MARKS + ",'owners':[]"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("others")
    void whatIsNotProvablyOursStaysDeletedAndTheNextNameIsUsed(String whose, String fields) {
        start(administered());
        String id = deleteAsAdministrator(plant(fields));
        MadeCredential made = make();
        assertThat(living()).containsExactly(KEY.name() + "-2");
        assertThat(made.leftAlone()).singleElement().satisfies(problem -> {
            assertThat(problem.cause()).contains(KEY.name(), "was deleted");
            assertThat(problem.fix()).startsWith("Nothing needs to be done");
        });
        assertThat(remove()).isEqualTo(new Lookup.Found<>(KEY));
        assertThat(remove()).isInstanceOf(Lookup.Absent.class);
        assertThat(graph.get(DELETED + id).status()).isEqualTo(200);
    }

    @Test
    void everyNameThatCanBeForetoldMayBeHeldAndTheDeletedOnesAreListedOnce() {
        start(administered());
        for (int number = 1; number <= 25; number++) {
            String name = KEY.name() + (number == 1 ? "" : "-" + number);
            deleteAsAdministrator(plant(MARKS.replace("'uniqueName':'" + KEY.name(), "'uniqueName':'" + name)));
        }
        emulator.requests().clear();
        assertThat(make().leftAlone()).as("the first ones are enough to know").hasSize(3);
        assertThat(living()).hasSize(1);
        assertThat(emulator.requests().matching(request -> request.path().contains(DELETED)))
                .hasSize(1);
    }

    @Test
    void whatAPersonRestoresMeanwhileIsTreatedLikeWhatLives() {
        start();
        PullCredential before = make().credential();
        delete(before);
        emulator.clock().advance(Duration.ofMinutes(2));
        AtomicBoolean restored = new AtomicBoolean();
        emulator.requests().watch((request, answer) -> {
            if (request.path().endsWith("microsoft.graph.application") && restored.compareAndSet(false, true)) {
                restore(before.issuerId());
            }
        });
        make();
        assertThat(living()).hasSize(1);
        emulator.requests().clear();
        assertThat(remove()).isEqualTo(new Lookup.Found<>(KEY));
        assertThat(living()).isEmpty();
    }

    /** In the portal, under enterprise applications: the application lives on, and nobody can sign in as it. */
    @Test
    void applicationWhoseServicePrincipalSomebodyDeletedIsMadeAgainUnderItsName() {
        start();
        PullCredential before = make().credential();
        String principal = before.principal().orElseThrow().toString();
        assertThat(graph.delete("servicePrincipals/" + principal).status()).isEqualTo(204);
        emulator.clock().advance(Duration.ofMinutes(2));
        assertThat(applications.find(
                        KEY, PullSecretTerms.DEFAULT, List.of(before.principal().orElseThrow())))
                .isInstanceOf(Lookup.Absent.class);
        MadeCredential after = make();
        assertThat(after.leftAlone()).isEmpty();
        assertThat(after.credential().principal()).isNotEqualTo(before.principal());
        assertThat(living()).containsExactly(KEY.name());
        assertThat(deleted()).isEmpty();
    }

    @Test
    void takingBackEndsWhatARunThatWasKilledLeftDeleted() {
        start();
        delete(make().credential());
        assertThat(remove()).isEqualTo(new Lookup.Found<>(KEY));
        assertThat(deleted()).isEmpty();
        assertThat(remove()).isInstanceOf(Lookup.Absent.class);
    }

    @Test
    void fullDirectoryIsExplainedWithWhatFillsIt() {
        start(standard().withDirectoryQuota(1));
        Lookup<MadeCredential> made = applications.make(KEY, PullSecretTerms.DEFAULT, Set.of());
        assertThat(made).isInstanceOfSatisfying(Lookup.Denied.class, denied -> {
            Problem problem = denied.problem();
            assertThat(problem.kind()).isEqualTo(Kind.LIMIT_EXCEEDED);
            assertThat(problem.cause()).contains("deleted", "30 days", "Directory_QuotaExceeded");
            assertThat(problem.fix()).contains("directory/deletedItems/microsoft.graph.application");
        });
    }

    private void timePassesWithEachDeletionThatFindsNothing() {
        emulator.requests().watch((request, answer) -> {
            if (request.path().contains(DELETED) && answer.status() == 404) {
                emulator.clock().advance(Duration.ofSeconds(3));
            }
        });
    }

    private MadeCredential make() {
        return found(applications.make(KEY, PullSecretTerms.DEFAULT, Set.of()));
    }

    private Lookup<CredentialKey> remove() {
        return applications.remove(KEY);
    }

    /** As a person does it in the portal, and a run that is killed before it has deleted it for good. */
    private void delete(PullCredential credential) {
        assertThat(graph.delete("applications/" + credential.issuerId()).status())
                .isEqualTo(204);
    }

    private void restore(String id) {
        as(Estates.PROGRAM_CLIENT, Estates.PROGRAM_SECRET).post("/v1.0/" + DELETED + id + "/restore", "{}");
    }

    /** The id of what was deleted. */
    private String deleteAsAdministrator(JsonNode application) {
        String id = application.path("id").asText();
        assertThat(as(ADMINISTRATOR, ADMINISTRATORS_SECRET)
                        .send("DELETE", "/v1.0/applications/" + id, "")
                        .status())
                .isEqualTo(204);
        return id;
    }

    private Client as(String clientId, String secret) {
        return Client.of(emulator).signedIn(clientId, secret, "https://graph.microsoft.com/.default");
    }

    private JsonNode plant(String fields) {
        return Client.of(emulator).control("POST", "applications", "{" + fields + "}");
    }

    private List<String> living() {
        return registered()
                .filter(each -> each.path("deletedDateTime").isNull())
                .map(this::name)
                .toList();
    }

    private List<String> deleted() {
        return registered()
                .filter(each -> !each.path("deletedDateTime").isNull())
                .map(this::name)
                .toList();
    }

    private String name(JsonNode application) {
        return application.path("uniqueName").asText();
    }

    private Stream<JsonNode> registered() {
        return Stream.of(Client.of(emulator).get("/_emulator/applications").json())
                .flatMap(all -> all.findParents("uniqueName").stream())
                .filter(each -> each.path("uniqueName").asText().startsWith(KEY.name()));
    }
}
