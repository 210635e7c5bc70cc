package io.github.acrattach.port;

import io.github.acrattach.domain.Lookup;
import java.util.UUID;

/** The Entra ID directory; asked only for clusters that pull with a service principal. */
public interface Directory {

    /** The object id of the service principal with this client id. */
    Lookup<UUID> objectIdOf(UUID clientId);
}
