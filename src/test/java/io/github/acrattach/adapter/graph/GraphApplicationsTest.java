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
import io.github.acrattach.concurrent.SideBySide;
import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.CredentialKey;
import io.github.acrattach.domain.CredentialKind;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.NewPassword;
import io.github.acrattach.domain.Pairing;
import io.github.acrattach.domain.Password;
import io.github.acrattach.domain.Problem.Kind;
import io.github.acrattach.domain.PullCredential;
import io.github.acrattach.domain.PullSecretTerms;
import io.github.acrattach.emulator.Emulator;
import io.github.acrattach.emulator.EmulatorOptions;
import io.github.acrattach.emulator.estate.Estate;
import io.github.acrattach.emulator.frontdoor.Fault;
import io.github.acrattach.port.CloudUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Graph as the emulator has it. */
class GraphApplicationsTest {

    private static final ArmId CLUSTER = ArmId.parse(Estates.cluster("aks-shop"));
    private static final ArmId REGISTRY = ArmId.parse(Estates.registry("acrshop"));
    private static final CredentialKey KEY =
            new CredentialKey(new Pairing(CLUSTER, REGISTRY), CredentialKind.SERVICE_PRINCIPAL);
    private static final PullSecretTerms TERMS = PullSecretTerms.DEFAULT;
    private static final String NAMED = "applications(uniqueName='" + KEY.name() + "')";
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
        applications = new GraphApplications(azure);
        graph = new GraphRequests(azure);
    }

    @Test
    void nothingIsFoundBeforeItIsMade() {
        start();
        assertThat(find()).isInstanceOf(Lookup.Absent.class);
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
        assertThat(found(find())).isEqualTo(made);
        JsonNode application = graph.get(NAMED).json();
        assertThat(application.path("appId").asText()).isEqualTo(made.userName());
        assertThat(application.path("id").asText()).isEqualTo(made.issuerId());
        assertThat(application.path("displayName").asText()).isEqualTo(KEY.name());
        assertThat(application.path("signInAudience").asText()).isEqualTo("AzureADMyOrg");
        assertThat(application.path("notes").asText()).contains(CLUSTER.toString(), REGISTRY.toString());
    }

    @Test
    void madeTwiceIsOneAndKeepsItsPassword() {
        start();
        PullCredential made = found(make());
        Password password = found(addPassword(made)).password();
        assertThat(found(make()).passwords()).containsExactly(password);
        assertThat(ours()).hasSize(1);
    }

    @Test
    void madeByTwoAtOnceIsOne() {
        start();
        List<Lookup<PullCredential>> both = SideBySide.both(this::make, this::make, List::of);
        assertThat(found(both.get(0))).isEqualTo(found(both.get(1)));
        assertThat(ours()).hasSize(1);
    }

    @Test
    void crashBeforeTheServicePrincipalIsMended() {
        start();
        emulator.faults()
                .add(Fault.reply("servicePrincipals$", error(400, "Broken", "No."))
                        .onlyFor("POST")
                        .times(1));
        assertThat(make()).isInstanceOf(Lookup.Denied.class);
        assertThat(found(find())).satisfies(half -> {
            assertThat(half.complete()).isFalse();
            assertThat(half.principal()).isEmpty();
        });
        assertThat(found(make()).complete()).isTrue();
        assertThat(ours()).hasSize(1);
    }

    @Test
    void answerThatIsLostAfterTheCreationIsNotASecondOne() {
        start();
        emulator.faults()
                .add(Fault.drop("applications").onlyFor("PATCH").times(1).afterTheOperation());
        emulator.faults()
                .add(Fault.drop("servicePrincipals$").onlyFor("POST").times(1).afterTheOperation());
        assertThat(found(make()).complete()).isTrue();
        assertThat(ours()).hasSize(1);
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

    @Test
    void somebodyElsesApplicationIsNotTouched() {
        start();
        ObjectNode foreign = JsonNodeFactory.instance.objectNode().put("displayName", "mine");
        graph.upsert(NAMED, foreign);
        emulator.requests().clear();
        for (Lookup<?> answer : List.of(find(), make(), remove())) {
            assertThat(answer).isInstanceOfSatisfying(Lookup.Denied.class, denied -> {
                assertThat(denied.problem().cause()).contains(KEY.name(), "did not make");
                assertThat(denied.problem().fix()).contains("az ad app delete");
            });
        }
        assertThat(emulator.requests()
                        .matching(request -> request.path().startsWith("/v1.0/")
                                && !request.method().equals("GET")))
                .isEmpty();
    }

    @Test
    void passwordsAreAddedAndRemoved() {
        start();
        PullCredential made = found(make());
        NewPassword first = found(addPassword(made));
        NewPassword second = found(addPassword(made));
        assertThat(first.password().expires()).isEqualTo(LATER);
        assertThat(first.password().created()).isBetween(Instant.now().minusSeconds(60), Instant.now());
        PullCredential both = found(find());
        assertThat(both.passwords()).containsExactlyInAnyOrder(first.password(), second.password());
        assertThat(removePassword(both, first.password())).isEqualTo(new Lookup.Found<>(first.password()));
        assertThat(removePassword(both, first.password())).isEqualTo(new Lookup.Found<>(first.password()));
        assertThat(found(find()).passwords()).containsExactly(second.password());
    }

    @Test
    void additionWhoseAnswerIsLostIsNotRepeated() {
        start();
        PullCredential made = found(make());
        emulator.faults().add(Fault.drop("addPassword").onlyFor("POST").times(1).afterTheOperation());
        assertThatThrownBy(() -> addPassword(made)).isInstanceOf(CloudUnavailable.class);
        assertThat(found(find()).passwords()).as("each try makes one").hasSize(1);
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
        assertThat(found(find()).toString()).doesNotContain(born.value().reveal());
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
        assertThat(graph.get("servicePrincipals(appId='" + made.userName() + "')")
                        .status())
                .isEqualTo(404);
        assertThat(removePassword(made, new Password("gone", LATER, LATER))).isInstanceOf(Lookup.Found.class);
    }

    @Test
    void listsAllThatItMadeAcrossPages() {
        start(EmulatorOptions.of(Estate.sample()).withPageSize(1));
        CredentialKey other = new CredentialKey(
                new Pairing(ArmId.parse(Estates.cluster("aks-data")), REGISTRY), CredentialKind.SERVICE_PRINCIPAL);
        CredentialKey elsewhere = new CredentialKey(
                new Pairing(CLUSTER, ArmId.parse(Estates.registry("acrbilling"))), CredentialKind.SERVICE_PRINCIPAL);
        for (CredentialKey each : List.of(KEY, other, elsewhere)) {
            found(applications.make(each, TERMS));
        }
        assertThat(all()).containsExactlyInAnyOrder(KEY, other, elsewhere);
    }

    @Test
    void missingPermissionIsToldWithTheCommandThatGivesIt() {
        start(EmulatorOptions.of(
                Estates.changed(json -> ((ObjectNode) json.path("principals").path(0)).remove("graphPermissions"))));
        assertThat(make()).isInstanceOfSatisfying(Lookup.Denied.class, denied -> {
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
        assertThatThrownBy(this::find)
                .isInstanceOfSatisfying(CloudUnavailable.class, unavailable -> assertThat(unavailable.retryAfter())
                        .contains(Duration.ofSeconds(90)));
    }

    private Lookup<PullCredential> find() {
        return applications.find(KEY, TERMS);
    }

    private Lookup<PullCredential> make() {
        return applications.make(KEY, TERMS);
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
