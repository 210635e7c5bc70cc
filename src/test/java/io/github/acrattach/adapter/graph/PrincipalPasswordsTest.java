package io.github.acrattach.adapter.graph;

import static io.github.acrattach.adapter.azure.Answered.error;
import static io.github.acrattach.adapter.azure.Answered.found;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.Estates;
import io.github.acrattach.adapter.azure.AzureAt;
import io.github.acrattach.domain.DirectoryPrincipal;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.Password;
import io.github.acrattach.domain.Problem.Kind;
import io.github.acrattach.emulator.Client;
import io.github.acrattach.emulator.Emulator;
import io.github.acrattach.emulator.EmulatorOptions;
import io.github.acrattach.emulator.estate.Estate;
import io.github.acrattach.emulator.frontdoor.Fault;
import io.github.acrattach.emulator.http.Answer;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whether a service principal can sign in, as the emulator's Graph tells it. */
class PrincipalPasswordsTest {

    private static final UUID CLIENT = UUID.fromString("a9b8c7d6-e5f4-4321-8fed-cba987654321");
    private static final UUID OBJECT = UUID.fromString("d8e9f0a1-b2c3-4d4e-9f5a-6b7c8d9e0f1a");
    private static final UUID TENANT = UUID.fromString(Estates.TENANT);
    private static final UUID OTHER_TENANT = UUID.fromString("0a1b2c3d-4e5f-4061-8273-94a5b6c7d8e9");

    private Emulator emulator;

    @BeforeEach
    void start() {
        emulator = Emulator.start(EmulatorOptions.of(Estate.sample()));
    }

    @AfterEach
    void stop() {
        emulator.close();
    }

    @Test
    void twoRequestsTellAllOfIt() {
        DirectoryPrincipal principal = found(lookUp(CLIENT));
        assertThat(principal.objectId()).isEqualTo(OBJECT);
        assertThat(principal.enabled()).isTrue();
        assertThat(principal.home()).contains(TENANT);
        assertThat(principal.directory()).contains(TENANT);
        assertThat(found(principal.passwords()))
                .extracting(Password::expires)
                .containsExactly(Instant.EPOCH.plusSeconds(36500L * 24 * 3600));
        assertThat(emulator.requests().matching(request -> request.path().startsWith("/v1.0/")))
                .hasSize(2);
    }

    @Test
    void passwordsOfItsOwnCountAsWell() {
        Client.of(emulator).control("PATCH", "directoryObjects", "{'id': '" + OBJECT + "', 'passwords': 1}");
        assertThat(found(found(lookUp(CLIENT)).passwords())).hasSize(2);
    }

    @Test
    void oneThatIsNotKnownIsAbsent() {
        assertThat(lookUp(UUID.randomUUID())).isInstanceOf(Lookup.Absent.class);
    }

    @Test
    void oneThatMayNotSignInIsToldSo() {
        emulator.faults().add(Fault.reply("/v1.0/servicePrincipals", shown(false, TENANT)));
        assertThat(found(lookUp(CLIENT)).enabled()).isFalse();
    }

    /** Its application is not in this directory: it is not asked for. */
    @Test
    void passwordsOfAnotherTenantsApplicationAreNotLookedFor() {
        emulator.faults().add(Fault.reply("/v1.0/servicePrincipals", shown(true, OTHER_TENANT)));
        DirectoryPrincipal principal = found(lookUp(CLIENT));
        assertThat(principal.home()).contains(OTHER_TENANT);
        assertThat(principal.passwords()).isInstanceOf(Lookup.Absent.class);
        assertThat(emulator.requests().matching(request -> request.path().contains("/applications")))
                .isEmpty();
    }

    @Test
    void applicationThatIsGoneHasNoPasswords() {
        emulator.faults()
                .add(Fault.reply("/v1.0/applications", error(404, "Request_ResourceNotFound", "It does not exist.")));
        assertThat(found(found(lookUp(CLIENT)).passwords())).isEmpty();
    }

    @Test
    void refusedPasswordsTakeNothingFromTheRest() {
        emulator.faults()
                .add(Fault.reply(
                        "/v1.0/applications", error(403, "Authorization_RequestDenied", "Insufficient privileges.")));
        DirectoryPrincipal principal = found(lookUp(CLIENT));
        assertThat(principal.objectId()).isEqualTo(OBJECT);
        assertThat(principal.passwords()).isInstanceOfSatisfying(Lookup.Denied.class, denied -> {
            assertThat(denied.problem().kind()).isEqualTo(Kind.MISSING_RIGHT);
            assertThat(denied.problem().fix()).contains("Application.Read.All", Estates.PROGRAM);
        });
    }

    @Test
    void passwordsThatCannotBeReadNowTakeNothingFromTheRest() {
        emulator.faults().add(Fault.reply("/v1.0/applications", error(501, "NotImplemented", "Not today.")));
        assertThat(found(lookUp(CLIENT)).passwords()).isInstanceOf(Lookup.Denied.class);
        emulator.faults().clear();
        emulator.faults().add(Fault.drop("/v1.0/applications"));
        assertThat(found(lookUp(CLIENT)).passwords()).isInstanceOf(Lookup.Denied.class);
    }

    @Test
    void missingDirectoryRightIsToldWithTheCommandThatGivesIt() {
        emulator.close();
        emulator = Emulator.start(EmulatorOptions.of(
                Estates.changed(json -> ((ObjectNode) json.path("principals").path(0))
                        .put("directoryReader", false)
                        .remove("graphPermissions"))));
        assertThat(lookUp(CLIENT)).isInstanceOfSatisfying(Lookup.Denied.class, denied -> {
            assertThat(denied.problem().kind()).isEqualTo(Kind.MISSING_RIGHT);
            assertThat(denied.problem().action()).contains("Application.Read.All");
            assertThat(denied.problem().caller()).isEqualTo(Optional.of(Estates.PROGRAM));
        });
    }

    /** The documented shape of the list, of what is selected alone. */
    private static Answer shown(boolean enabled, UUID home) {
        return Answer.text(
                200,
                Answer.JSON,
                "{\"value\":[{\"id\":\"" + OBJECT + "\",\"appId\":\"" + CLIENT + "\",\"accountEnabled\":" + enabled
                        + ",\"appOwnerOrganizationId\":\"" + home + "\",\"passwordCredentials\":[]}]}");
    }

    private Lookup<DirectoryPrincipal> lookUp(UUID clientId) {
        return new GraphDirectory(AzureAt.emulator(emulator)).servicePrincipal(clientId);
    }
}
