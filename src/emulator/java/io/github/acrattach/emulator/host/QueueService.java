package io.github.acrattach.emulator.host;

import java.time.Duration;
import java.util.List;

/** What the host asks of the queues of a storage account: learn.microsoft.com/rest/api/storageservices/queue-service-rest-api. */
public interface QueueService {

    /** Hands out messages that can be seen, the oldest first, and hides them for a time. */
    List<QueueMessage> receive(String queue, int most, Duration hidden);

    void put(String queue, String body);

    /** Lets it be seen again after a time, if nobody else was handed it out since. */
    void hide(String queue, QueueMessage message, Duration time);

    void delete(String queue, QueueMessage message);
}
