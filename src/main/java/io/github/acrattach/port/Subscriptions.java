package io.github.acrattach.port;

import io.github.acrattach.domain.Lookup;
import java.util.List;
import java.util.UUID;

/** The subscriptions that this program may read; nobody is refused the list, but it is short of those that one may not. */
public interface Subscriptions {

    /** All of them. */
    Lookup<List<UUID>> visible();
}
