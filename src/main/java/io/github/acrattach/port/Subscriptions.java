package io.github.acrattach.port;

import io.github.acrattach.domain.Lookup;
import java.util.List;
import java.util.UUID;

/** The subscriptions that this program can see anything of; it takes no right of its own to ask. */
public interface Subscriptions {

    /** All of them. */
    Lookup<List<UUID>> visible();
}
