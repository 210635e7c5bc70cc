package io.github.acrattach.adapter.storage;

import com.azure.core.http.HttpHeaderName;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.acrattach.adapter.azure.Answers;
import io.github.acrattach.adapter.azure.Azure;
import io.github.acrattach.adapter.azure.Operation;
import io.github.acrattach.adapter.azure.Reply;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.installation.HostStorage;
import io.github.acrattach.domain.installation.Right;
import io.github.acrattach.port.HostStorages;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/**
 * Reads what the Functions host keeps in the storage account of its app.
 *
 * <p>Queues: learn.microsoft.com/rest/api/storageservices/get-queue-metadata. The timer: the host writes each run into the
 * blob {@code timers/(host id)/Host.Functions.(function)/status} (azure-webjobs-sdk-extensions:
 * StorageScheduleMonitorV2.GetStatusBlobReference).
 */
@ApplicationScoped
class RestHostStorages implements HostStorages {

    private static final String MESSAGES = "x-ms-approximate-messages-count";

    private final Azure azure;

    RestHostStorages(Azure azure) {
        this.azure = azure;
    }

    @Override
    public Lookup<Long> waiting(HostStorage storage, String queue) {
        StorageService service = StorageService.queues(storage, azure);
        return read(service, '/' + queue + "?comp=metadata", Right.READ_QUEUES).flatMap(RestHostStorages::count);
    }

    private static Lookup<Long> count(Reply reply) {
        try {
            return new Lookup.Found<>(
                    Long.parseLong(Optional.ofNullable(reply.headers().getValue(HttpHeaderName.fromString(MESSAGES)))
                            .orElse("")
                            .strip()));
        } catch (NumberFormatException none) {
            throw Answers.useless("the queue does not say how many messages it holds");
        }
    }

    @Override
    public Lookup<Instant> lastRun(HostStorage storage, List<String> hostIds, String function) {
        StorageService service = StorageService.blobs(storage, azure);
        Lookup<Instant> answer = new Lookup.Absent<>();
        for (String hostId : hostIds) {
            answer = read(
                            service,
                            "/azure-webjobs-hosts/timers/" + hostId + "/Host.Functions." + function + "/status",
                            Right.READ_BLOBS)
                    .flatMap(RestHostStorages::last);
            if (!(answer instanceof Lookup.Absent)) {
                break;
            }
        }
        return answer;
    }

    /** Before the first run, it is in the year 1. */
    private static Lookup<Instant> last(Reply reply) {
        JsonNode status = reply.json();
        try {
            Instant last = OffsetDateTime.parse(status.path("Last").asText("")).toInstant();
            return last.isBefore(Instant.EPOCH) ? new Lookup.Absent<>() : new Lookup.Found<>(last);
        } catch (DateTimeException unreadable) {
            return new Lookup.Absent<>();
        }
    }

    private Lookup<Reply> read(StorageService service, String path, Right right) {
        Operation operation = azure.operation(right.action(), service.scope());
        return Answers.unlessRefused(() -> service.read(path, operation), operation);
    }
}
