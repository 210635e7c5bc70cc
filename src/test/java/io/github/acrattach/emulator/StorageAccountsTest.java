package io.github.acrattach.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.acrattach.emulator.estate.Estate;
import io.github.acrattach.emulator.storage.StorageAccount;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StorageAccountsTest {
    private static final String ID = Sample.PLATFORM + "/providers/Microsoft.Storage/storageAccounts/stshop";
    private static final String AUDIENCE = "https://storage.azure.com";

    private final Emulator emulator = Emulator.start(EmulatorOptions.of(Estate.sample()));
    private StorageAccount account;

    @BeforeEach
    void create() {
        account = emulator.storage().create(ID).queue("events", 7).blob("hosts", "a/b", "content");
    }

    @AfterAll
    void stop() {
        emulator.close();
    }

    @Test
    void queueTellsItsLengthToWhoeverMayReadIt() {
        Client.Reply reply = send(queues("/events?comp=metadata"), Sample.YOU_OBJECT, AUDIENCE, "2021-12-02");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("x-ms-approximate-messages-count")).isEqualTo("7");
        assertThat(reply.text()).isEmpty();
    }

    /** An Owner may manage an account, and not read what is in it. */
    @Test
    void blobTakesARightOfData() {
        assertCode(
                403,
                "AuthorizationPermissionMismatch",
                send(blobs("/hosts/a/b"), Sample.YOU_OBJECT, AUDIENCE, "2021-12-02"));
        Client.you(emulator)
                .control(
                        "POST",
                        "roleAssignments",
                        "{'scope':'" + ID + "','principalId':'" + Sample.YOU_OBJECT
                                + "','role':'Storage Blob Data Reader'}");
        assertThat(send(blobs("/hosts/a/b"), Sample.YOU_OBJECT, AUDIENCE, "2021-12-02")
                        .text())
                .isEqualTo("content");
        assertCode(404, "BlobNotFound", send(blobs("/hosts/a"), Sample.YOU_OBJECT, AUDIENCE, "2021-12-02"));
        assertCode(404, "ContainerNotFound", send(blobs("/other/a"), Sample.YOU_OBJECT, AUDIENCE, "2021-12-02"));
    }

    @Test
    void tokenAndVersionAreAskedFor() {
        String queue = queues("/events?comp=metadata");
        assertCode(
                401,
                "InvalidAuthenticationInfo",
                send(queue, Sample.YOU_OBJECT, "https://management.azure.com", "2021-12-02"));
        assertCode(401, "NoAuthenticationInformation", send(queue, "", AUDIENCE, "2021-12-02"));
        assertCode(400, "MissingRequiredHeader", send(queue, Sample.YOU_OBJECT, AUDIENCE, ""));
        assertCode(400, "InvalidHeaderValue", send(queue, Sample.YOU_OBJECT, AUDIENCE, "2015-01-01"));
        assertCode(
                400, "InvalidQueryParameterValue", send(queues("/events"), Sample.YOU_OBJECT, AUDIENCE, "2021-12-02"));
        assertCode(
                404, "QueueNotFound", send(queues("/other?comp=metadata"), Sample.YOU_OBJECT, AUDIENCE, "2021-12-02"));
    }

    @Test
    void networkRulesShutOut() {
        account.close();
        assertCode(
                403,
                "AuthorizationFailure",
                send(queues("/events?comp=metadata"), Sample.YOU_OBJECT, AUDIENCE, "2021-12-02"));
    }

    @Test
    void accountThatDoesNotExistHasNoAddress() {
        assertThatThrownBy(() -> send(
                        emulator.storage().queues("nowhere") + "/events?comp=metadata",
                        Sample.YOU_OBJECT,
                        AUDIENCE,
                        "2021-12-02"))
                .isInstanceOf(UncheckedIOException.class);
    }

    private static void assertCode(int status, String code, Client.Reply reply) {
        assertThat(reply.header("x-ms-error-code")).isEqualTo(code);
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.text()).contains("<Code>" + code + "</Code>");
    }

    private String queues(String path) {
        return emulator.storage().queues("stshop") + path;
    }

    private String blobs(String path) {
        return emulator.storage().blobs("stshop") + path;
    }

    private Client.Reply send(String url, String caller, String audience, String version) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
        if (!caller.isEmpty()) {
            request.header("Authorization", "Bearer " + emulator.tokenOf(caller, audience));
        }
        if (!version.isEmpty()) {
            request.header("x-ms-version", version);
        }
        return Client.of(emulator).send(request.build());
    }
}
