package io.github.acrattach.port;

import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.installation.HostStorage;
import java.time.Instant;
import java.util.List;

/** What the Functions host keeps in the storage account of its app. */
public interface HostStorages {

    /** About how many messages a queue holds; absent when there is no such queue. */
    Lookup<Long> waiting(HostStorage storage, String queue);

    /** When the host last called a timer's function; absent when it never has. */
    Lookup<Instant> lastRun(HostStorage storage, List<String> hostIds, String function);
}
