package io.github.acrattach.adapter.storage;

import static io.github.acrattach.adapter.azure.Answered.found;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.acrattach.Estates;
import io.github.acrattach.adapter.InstalledApp;
import io.github.acrattach.adapter.azure.AzureAt;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.Problem.Kind;
import io.github.acrattach.domain.installation.HostStorage;
import io.github.acrattach.domain.installation.HostStorage.Access;
import io.github.acrattach.domain.installation.Right;
import io.github.acrattach.emulator.Emulator;
import io.github.acrattach.emulator.EmulatorOptions;
import io.github.acrattach.emulator.storage.StorageAccount;
import io.github.acrattach.port.CloudUnavailable;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The storage account of the app, in which this program reads with its own token. */
class RestHostStoragesTest {

    private static final String QUEUE = "acr-attach-events";
    private static final String STATUS = "timers/b/Host.Functions.RotatePullSecrets/status";
    private static final String FUNCTION = "RotatePullSecrets";

    private static Emulator emulator;
    private StorageAccount account;

    @BeforeAll
    static void start() {
        emulator = Emulator.start(EmulatorOptions.of(
                Estates.changed(estate -> Stream.of("Storage Queue Data Reader", "Storage Blob Data Owner")
                        .forEach(role -> Estates.assign(estate, Estates.PROGRAM, role, InstalledApp.ACCOUNT_ID)))));
    }

    @AfterAll
    static void stop() {
        emulator.close();
    }

    @BeforeEach
    void reset() {
        emulator.reset();
        account = emulator.storage().create(InstalledApp.ACCOUNT_ID);
    }

    @Test
    void lengthOfAQueueIsRead() {
        account.queue(QUEUE, 3);
        assertThat(found(waiting())).isEqualTo(3);
    }

    @Test
    void queueThatIsNotThereIsAbsent() {
        assertThat(waiting()).isInstanceOf(Lookup.Absent.class);
    }

    /** The host calls itself by the name of the app, or by its hash; it depends on the plan. */
    @Test
    void lastRunOfTheTimerIsReadUnderWhicheverNameTheHostHas() {
        account.blob(
                "azure-webjobs-hosts",
                STATUS,
                "{\"Last\":\"2026-11-27T15:17:00.0012345+00:00\",\"Next\":\"2026-11-27T16:17:00+00:00\","
                        + "\"LastUpdated\":\"2026-11-27T15:17:00.0012345+00:00\"}");
        assertThat(found(lastRun("a", "b"))).isEqualTo(Instant.parse("2026-11-27T15:17:00.001234500Z"));
        assertThat(lastRun("a")).isInstanceOf(Lookup.Absent.class);
    }

    @Test
    void timerThatNeverRanIsAbsent() {
        assertThat(lastRun("b")).isInstanceOf(Lookup.Absent.class);
        account.blob(
                "azure-webjobs-hosts", STATUS, "{\"Last\":\"0001-01-01T00:00:00\",\"Next\":\"2026-11-27T16:17:00Z\"}");
        assertThat(lastRun("b")).isInstanceOf(Lookup.Absent.class);
        account.blob("azure-webjobs-hosts", STATUS, "{\"Last\":\"0001-01-01T00:00:00Z\"}");
        assertThat(lastRun("b")).isInstanceOf(Lookup.Absent.class);
        account.blob("azure-webjobs-hosts", STATUS, "no JSON");
        assertThat(lastRun("b")).isInstanceOf(Lookup.Absent.class);
    }

    @Test
    void missingRightIsToldWithTheRoleThatGivesIt() {
        emulator.storage()
                .create(InstalledApp.ACCOUNT_ID.replace(Estates.PRODUCTION, Estates.TENANT) + "2")
                .queue(QUEUE, 1);
        Problem queue = denied(storages().waiting(storage(InstalledApp.ACCOUNT + "2"), QUEUE));
        assertThat(queue.kind()).isEqualTo(Kind.MISSING_RIGHT);
        assertThat(queue.action()).contains(Right.READ_QUEUES.action());
        assertThat(queue.caller()).contains(Estates.PROGRAM);
        assertThat(queue.fix())
                .contains("--role \"Storage Queue Data Reader\"")
                .contains("--scope \"$(az storage account show --name " + InstalledApp.ACCOUNT + "2 --query id");
        Problem blob = denied(storages().lastRun(storage(InstalledApp.ACCOUNT + "2"), List.of("a"), FUNCTION));
        assertThat(blob.fix()).contains("--role \"Storage Blob Data Reader\"");
    }

    @Test
    void networkRulesAreToldFromAMissingRight() {
        account.queue(QUEUE, 1).close();
        Problem problem = denied(waiting());
        assertThat(problem.kind()).isEqualTo(Kind.REJECTED);
        assertThat(problem.cause()).contains("network rules", "AuthorizationFailure");
        assertThat(problem.fix()).contains("network-rule add");
    }

    @Test
    void storageThatIsNotReachedIsNotAnswered() {
        assertThatThrownBy(() -> storages().waiting(storage("nowhere"), QUEUE)).isInstanceOf(CloudUnavailable.class);
    }

    /** A token is as good as a password. */
    @Test
    void noTokenIsSentWithoutTls() {
        HostStorage plain = new HostStorage(
                Access.IDENTITY,
                "x",
                "http://127.0.0.1:1/x",
                emulator.identityEndpoint().toString());
        assertThat(denied(storages().waiting(plain, QUEUE)).kind()).isEqualTo(Kind.FOREIGN_ADDRESS);
        assertThat(denied(storages().lastRun(plain, List.of("a"), FUNCTION)).kind())
                .isEqualTo(Kind.FOREIGN_ADDRESS);
    }

    private static Lookup<Long> waiting() {
        return storages().waiting(storage(InstalledApp.ACCOUNT), QUEUE);
    }

    private static Lookup<Instant> lastRun(String... hostIds) {
        return storages().lastRun(storage(InstalledApp.ACCOUNT), List.of(hostIds), FUNCTION);
    }

    private static Problem denied(Lookup<?> answer) {
        assertThat(answer).isInstanceOf(Lookup.Denied.class);
        return answer.denied().orElseThrow();
    }

    private static HostStorage storage(String account) {
        return new HostStorage(
                Access.IDENTITY,
                account,
                emulator.storage().blobs(account) + "/",
                emulator.storage().queues(account) + "/");
    }

    private static RestHostStorages storages() {
        return new RestHostStorages(AzureAt.emulator(emulator));
    }
}
