package io.github.acrattach.port;

import io.github.acrattach.domain.DirectoryPrincipal;
import io.github.acrattach.domain.Lookup;
import java.util.UUID;

/** The Entra ID directory; asked only for clusters that pull with a service principal. */
public interface Directory {

    /** The object id of the service principal with this client id. */
    Lookup<UUID> objectIdOf(UUID clientId);

    /**
     * The service principal with this client id, and whether it can sign in: one request, and a second one for its passwords.
     * That these cannot be read is told with them, whatever the reason, and takes nothing from what else is told.
     */
    Lookup<DirectoryPrincipal> servicePrincipal(UUID clientId);
}
